/** The door of strikes. */
export { describeStrike, strikesOf } from './admin-store.ts';
export { lockEscalation, resolveEscalation, type StrikeEscalationRow } from './escalation-store.ts';
export type { StrikeEvent, StrikeIssued, StrikeLifted } from './events.ts';
export { type IssuedStrike, issueStrike, type NewStrike } from './issue-strike.ts';
export { strikeJobs } from './jobs.ts';
export { type LiftedStrike, liftStrike, type StrikeLift } from './lift-strike.ts';
export { strikeRoutes } from './routes.ts';
export { findStrike } from './store.ts';
export type { StrikeWarning } from './strike-warning.ts';
