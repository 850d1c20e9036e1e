/** The door of the moderator's desk. */
export type { DeskDeps } from './deps.ts';
export { getReviewItem } from './get-review-item.ts';
export { LiveDesk } from './live-desk.ts';
export { deskRoutes } from './routes.ts';
export { deskCommands } from './socket.ts';
