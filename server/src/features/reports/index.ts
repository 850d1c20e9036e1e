/** The door of reports. */
export type { ReportDeps } from './deps.ts';
export { strikeLifted } from './follow-strikes.ts';
export { reportsOfItems } from './review-items.ts';
export { reportRoutes } from './routes.ts';
