/** The door of appeals. */
export { appealOf } from './describe-appeal.ts';
export { type AppealReactions, appealReactions } from './follow-events.ts';
export { appealRoutes } from './routes.ts';
export { appealsOf } from './store.ts';
