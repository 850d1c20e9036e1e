/** What server and browser agree on. Each noun has its own file; this is the door. */
export * as accounts from './accounts.ts';
export * as appealDesk from './appeal-desk.ts';
export * as appeals from './appeals.ts';
export * as audit from './audit.ts';
export { AUDIT_ENTITIES, AUDIT_TYPES, type AuditEntity, type Audited, type AuditType } from './audit-types.ts';
export * as blocks from './blocks.ts';
export { BROADCASTS, COMMANDS, OPERATIONS } from './catalogue.ts';
export { CATEGORIES, type Category, category, HARSH, veilOf } from './categories.ts';
export * as channels from './channels.ts';
export * as chat from './chat.ts';
export { type ChatMessage, type ChatModes, chatMessage, chatModes } from './chat-shapes.ts';
export * as comments from './comments.ts';
export * as connections from './connections.ts';
export * as desk from './desk.ts';
export * as dmca from './dmca.ts';
export {
  COUNTER_ELEMENTS,
  type CounterElement,
  type CounterNotice,
  type CounterNoticeBody,
  type DmcaDossier,
  type DmcaListItem,
  type DmcaMatter,
  type DmcaNoticeBody,
  type DmcaSettings,
  type DmcaStatus,
  type DmcaStep,
  type DmcaTarget,
  dmcaStatus,
  NOTICE_ELEMENTS,
  type NoticeElement,
  type RestoredCause,
} from './dmca-shapes.ts';
export * as dossiers from './dossiers.ts';
export { DSA_BATCH, DSA_LISTS, type DsaStatement, dsaStatement } from './dsa-statement.ts';
export * as escalations from './escalations.ts';
export * as instance from './instance.ts';
export type {
  BookedTransfer,
  BooksCheck,
  BooksOverview,
  EarningsBalance,
  EarningsEntry,
  EarningsKind,
  EarningsOfPeriod,
  EarningsSource,
  InvariantId,
  PlatformPurpose,
  TransferKind,
} from './ledger.ts';
export * as ledger from './ledger.ts';
export * as letters from './letters.ts';
export {
  type LivestreamSummary,
  livestreamSummary,
  type MediaState,
  mediaState,
} from './livestream-shapes.ts';
export * as livestreams from './livestreams.ts';
export * as mails from './mails.ts';
export * as messages from './messages.ts';
export * as moderation from './moderation.ts';
export * as notifications from './notifications.ts';
export * from './operations.ts';
export * as payments from './payments.ts';
export * as penalties from './penalties.ts';
export type { InBoth, PolicyContent, PolicyRule } from './policies.ts';
export * as policies from './policies.ts';
export { changesBetween, type PolicyChange } from './policy-changes.ts';
export * from './primitives.ts';
export * as privacy from './privacy.ts';
export * from './problems.ts';
export {
  type Report,
  type ReportReason,
  type ReportSubject,
  report,
  reportReason,
  reportSubject,
} from './report-shapes.ts';
export * as reports from './reports.ts';
export * as review from './review.ts';
export * from './socket-events.ts';
export {
  type AdminPenalty,
  type AdminStrike,
  type AppealStatus,
  appealStatus,
  type DecisionSubjectKind,
  decisionSubjectKind,
  type PenaltyItem,
  type Standing,
  standing,
} from './standing-shapes.ts';
export {
  type DecisionKind,
  decisionKind,
  type RemovalNote,
  type Restriction,
  removalNote,
  restriction,
  type StatementCategory,
  type StatementSource,
  type StatementSubject,
  statementCategory,
  statementSource,
  statementSubject,
} from './statement-shapes.ts';
export * as statements from './statements.ts';
export * as strikes from './strikes.ts';
export * as subscriptions from './subscriptions.ts';
export * as testing from './testing.ts';
export { type Tip, type TipId, tip, tipId } from './tip-shapes.ts';
export * as tips from './tips.ts';
export * as transparency from './transparency.ts';
export * as videos from './videos.ts';
