/** The door of the audit log. */
export { AuditLog } from './audit-log.ts';
export { type EntryAbout, entriesAbout } from './entries-about.ts';
export { destroyKeyOf, holdKeyOf, releaseKeyOf } from './erase-person.ts';
export { registerPublicLog } from './public-routes.ts';
export { auditRoutes } from './routes.ts';
