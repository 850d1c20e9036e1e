/** The door of policies. */
export { policyRoutes } from './routes.ts';
