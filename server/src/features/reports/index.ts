/** The door of reports. */
export type { ReportDeps } from './deps.ts';
export { reportRoutes } from './routes.ts';
