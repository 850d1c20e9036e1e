/** Every table, as Drizzle knows it. The applied truth is in `../migrations`; a test holds the two together. */
export { appealMessages, appealNotes, appeals } from './appeals.ts';
export {
  auditCheckpoints,
  auditEntries,
  auditIndex,
  auditKeys,
  auditLogs,
  auditPeople,
  auditTiles,
} from './audit-log.ts';
export { personBlocks, personMutes } from './blocks.ts';
export { channelMembers, channels, follows, streamKeys } from './channels.ts';
export { videoComments } from './comments.ts';
export { deskLooks, deskSettings, deskShifts } from './desk.ts';
export { conversations, directMessages, unreadMessages } from './direct-messages.ts';
export { dmcaCounterNotices, dmcaEvidence, dmcaNotices, dmcaSteps } from './dmca.ts';
export { jobs } from './jobs.ts';
export {
  currencies,
  ledgerAccounts,
  ledgerChecks,
  ledgerDigests,
  ledgerEntries,
  ledgerSnapshots,
  ledgerTransfers,
} from './ledger.ts';
export {
  livestreams,
  NO_CHAT_MODES,
  type StoredChatModes,
  streamReactions,
  streamVisits,
  videos,
} from './livestreams.ts';
export { moderationActions } from './moderation-actions.ts';
export { mailPreferences, noticeMails, notifications } from './notifications.ts';
export { auditOutbox, outbox, outboxDeliveries } from './outbox.ts';
export {
  paymentDisputes,
  paymentEvents,
  paymentRefunds,
  payments,
  payoutAccounts,
  payouts,
  sandboxEvents,
  sandboxObjects,
  savedPayers,
} from './payments.ts';
export { policyDrafts, policyVersions } from './policies.ts';
export { dataExports, erasures, legalHolds } from './privacy.ts';
export { profiles, setupTokens } from './profiles.ts';
export { contentRemovals, type StoredPrevious } from './removals.ts';
export { reportMutes, reports, reportVoices } from './reports.ts';
export { channelThresholds, moderatorReviewQueue, userViolations } from './review.ts';
export { adminPenalties, bannedViewers, timedOutUsers } from './sanctions.ts';
export { platformSettings } from './settings.ts';
export { statementExports, statementsOfReasons } from './statements.ts';
export { streamMessages } from './stream-messages.ts';
export { contentSafetyStrikes, strikeEscalations } from './strikes.ts';
export { subscriptionCharges, subscriptions } from './subscriptions.ts';
export { tips } from './tips.ts';
