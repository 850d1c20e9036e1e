/** The door of the moderator's desk. */
export type { DeskDeps } from './deps.ts';
export { LiveDesk } from './live-desk.ts';
export { deskRoutes } from './routes.ts';
export { deskCommands } from './socket.ts';
