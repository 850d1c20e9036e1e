/** The door of appeals. */
export { closeAppeals } from './close-appeals.ts';
export { appealOf } from './describe-appeal.ts';
export type { AppealChanged } from './events.ts';
export { type AppealReactions, appealReactions } from './follow-events.ts';
export { appealJobs } from './jobs.ts';
export { appealRoutes } from './routes.ts';
export { createScreenshotStore, keyOfScreenshot } from './screenshot-store.ts';
export { showAppealChange } from './show-changes.ts';
export { appealsOf } from './store.ts';
