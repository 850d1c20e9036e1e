/** The door of penalties. */
export { describePenalty, penaltyOf, searchPenalties } from './admin-store.ts';
export { applyPenalty, type WantedPenalty } from './apply-penalty.ts';
export { type CloseAccounts, closeAccounts } from './close-accounts.ts';
export type { PenaltyEnded, PenaltyEvent, PenaltyIssued } from './events.ts';
export { banForStrikes } from './issue-penalty.ts';
export { penaltyJobs } from './jobs.ts';
export { liftPenalty, type PenaltyLift } from './lift-penalty.ts';
export { CANNOT_BE_APPEALED, isAppealable } from './policy.ts';
export { penaltyRoutes } from './routes.ts';
export { activeStrikes, countStandings, isKeptOut, standingOf, standsAs } from './standing-store.ts';
export {
  actingAdmins,
  findBanForStrikes,
  findDecisionInForce,
  holdsAt,
  isLastAdmin,
  lockStanding,
  nameOf,
  refuseBanned,
} from './store.ts';
