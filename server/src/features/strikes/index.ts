/** The door of strikes. */
export type { StrikeEvent, StrikeIssued, StrikeLifted, StrikesEscalated } from './events.ts';
export { type IssuedStrike, issueStrike, type NewStrike } from './issue-strike.ts';
export { type LiftedStrike, liftStrike, type StrikeLift } from './lift-strike.ts';
export type { StrikeWarning } from './strike-warning.ts';
