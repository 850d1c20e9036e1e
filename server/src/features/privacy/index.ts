/** The door of privacy. */
export type { AuditOfPerson, AuthData, PersonalFile, PersonalFiles, PrivacyDeps } from './deps.ts';
export type { PersonClosed } from './events.ts';
export { ExportWorker } from './export-worker.ts';
export { privacyJobs } from './jobs.ts';
export { privacyRoutes } from './routes.ts';
