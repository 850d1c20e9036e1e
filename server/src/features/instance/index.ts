/** The door of instance. */
export { type InstanceDeps, instanceRoutes } from './routes.ts';
