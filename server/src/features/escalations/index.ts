/** The door of what waits for admins. */
export { escalationRoutes } from './routes.ts';
