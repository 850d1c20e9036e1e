/** The door of the transparency report. */
export { transparencyRoutes } from './routes.ts';
