/** The door of the review queue: texts that wait for people, and what they decide. */
export type { ReportsOfItems, ReviewDeps } from './deps.ts';
export { escalateToModerator, type NewReviewItem } from './escalate-to-moderator.ts';
export { followStaff } from './follow-staff.ts';
export type { ContentContext, ContentState, HeldContent, HeldContents } from './held-content.ts';
export { sidesOf } from './matter.ts';
export { canBan, mayDecide } from './policy.ts';
export { reviewRoutes } from './routes.ts';
export { type AdminVerdict, type LockedItem, lockEscalatedItem, type SettledItem } from './settle-escalated.ts';
export { lockItemOfReport, type ReportResolution, settleWithReport } from './settle-with-report.ts';
