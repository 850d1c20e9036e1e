/** The door of penalties. */
export type { PenaltyEnded, PenaltyEvent, PenaltyIssued } from './events.ts';
export { banForStrikes, issuePenalty, type NewPenalty } from './issue-penalty.ts';
export { liftPenalty, type PenaltyLift } from './lift-penalty.ts';
export { CANNOT_BE_APPEALED, isAppealable } from './policy.ts';
export { findBanForStrikes, isLastAdmin } from './store.ts';
