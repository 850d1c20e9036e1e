/** Notices of claimed infringement, counter-notices, sealed evidence, and what happened when. */
import { sql } from 'drizzle-orm';
import { boolean, check, customType, index, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { adminReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const dmcaNotices = pgTable(
  'dmca_notices',
  {
    id: id().primaryKey(),
    status: text('status', {
      enum: [
        'incomplete',
        'chased',
        'void',
        'valid',
        'approved',
        'rejected',
        'counter_noticed',
        'in_court',
        'restored',
        'retracted',
      ],
    }).notNull(),
    source: text('source', { enum: ['form', 'mail', 'post'] }).notNull(),
    /** Null while an incomplete notice does not say what it is about. */
    targetType: text('target_type', { enum: ['video', 'livestream'] }),
    targetId: text('target_id'),
    targetOwnerId: id('target_owner_id').references(() => profiles.id, { onDelete: 'set null' }),
    /** As it was when the notice came. */
    targetTitle: text('target_title').notNull().default(''),
    /** The stream and what came of it share one; strikes are counted by it. */
    lineageKey: text('lineage_key'),
    claimantName: text('claimant_name').notNull().default(''),
    claimantAddress: text('claimant_address').notNull().default(''),
    claimantEmail: text('claimant_email').notNull().default(''),
    claimantPhone: text('claimant_phone').notNull().default(''),
    claimedWork: text('claimed_work').notNull().default(''),
    claimedWorkUrl: text('claimed_work_url'),
    materialUrl: text('material_url').notNull().default(''),
    goodFaith: boolean('good_faith').notNull().default(false),
    accuracyUnderPerjury: boolean('accuracy_under_perjury').notNull().default(false),
    signature: text('signature').notNull().default(''),
    tokenHash: text('token_hash').notNull(),
    receivedAt: instant('received_at').notNull(),
    enteredBy: id('entered_by').references(() => profiles.id, { onDelete: 'set null' }),
    decidedAt: instant('decided_at'),
    decidedBy: id('decided_by').references(() => profiles.id, { onDelete: 'set null' }),
    decision: text('decision', { enum: ['approved', 'rejected'] }),
    decisionReason: text('decision_reason'),
    /** Several notices of a day about one work share a strike. */
    strikeId: text('strike_id'),
    counterReceivedAt: instant('counter_received_at'),
    /** The end of the tenth, twelfth and fourteenth business day after the counter-notice. */
    putBackAt: instant('put_back_at'),
    lateAt: instant('late_at'),
    breachAt: instant('breach_at'),
    alarm: text('alarm', { enum: ['late', 'breach'] }),
    court: text('court'),
    courtReference: text('court_reference'),
    courtAt: instant('court_at'),
    restoredAt: instant('restored_at'),
    restoredCause: text('restored_cause', { enum: ['put_back', 'court', 'retraction', 'appeal'] }),
    retractedAt: instant('retracted_at'),
    retractionReason: text('retraction_reason'),
  },
  (table) => [
    uniqueIndex('dmca_notices_token').on(table.tokenHash),
    index('dmca_notices_by_status').on(table.status, table.receivedAt.desc(), table.id.desc()),
    index('dmca_notices_newest').on(table.receivedAt.desc(), table.id.desc()),
    index('dmca_notices_owner').on(table.targetOwnerId, table.decidedAt.desc()),
    index('dmca_notices_lineage').on(table.lineageKey),
    index('dmca_notices_strike').on(table.strikeId),
    check(
      'dmca_notices_status',
      sql`status in ('incomplete', 'chased', 'void', 'valid', 'approved', 'rejected', 'counter_noticed', 'in_court', 'restored', 'retracted')`,
    ),
    check('dmca_notices_source', sql`source in ('form', 'mail', 'post')`),
    check('dmca_notices_target', sql`target_type in ('video', 'livestream')`),
    check('dmca_notices_decided', sql`(decided_at is null) = (decision is null)`),
    check('dmca_notices_decision', sql`decision in ('approved', 'rejected')`),
    check('dmca_notices_clock', sql`(counter_received_at is null) = (put_back_at is null)`),
    check('dmca_notices_alarm', sql`alarm in ('late', 'breach')`),
    check('dmca_notices_restored', sql`(restored_at is null) = (restored_cause is null)`),
    // The columns a creator may read leave out where the claimant lives and what stands in a signature.
    pgPolicy('concerned_read', {
      for: 'select',
      to: USER,
      using: sql`target_owner_id = ${me} and decided_at is not null`,
    }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** One a notice. The claimant gets a copy (§ 512(g)(2)(B)). */
export const dmcaCounterNotices = pgTable(
  'dmca_counter_notices',
  {
    noticeId: text('notice_id')
      .primaryKey()
      .references(() => dmcaNotices.id, { onDelete: 'cascade' }),
    userId: id('user_id').references(() => profiles.id, { onDelete: 'set null' }),
    name: text('name').notNull(),
    address: text('address').notNull(),
    email: text('email').notNull(),
    phone: text('phone').notNull(),
    materialLocation: text('material_location').notNull(),
    signature: text('signature').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [
    index('dmca_counter_notices_person').on(table.userId),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** Sealed before it comes here; `sha256` is of the sealed bytes and stands in the audit log. */
export const dmcaEvidence = pgTable(
  'dmca_evidence',
  {
    id: id().primaryKey(),
    noticeId: text('notice_id')
      .notNull()
      .references(() => dmcaNotices.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['decision', 'recording'] }).notNull(),
    sealed: bytes('sealed').notNull(),
    sha256: text('sha256').notNull(),
    sealedAt: instant('sealed_at').notNull(),
  },
  (table) => [
    uniqueIndex('dmca_evidence_once').on(table.noticeId, table.kind),
    check('dmca_evidence_kind', sql`kind in ('decision', 'recording')`),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const dmcaSteps = pgTable(
  'dmca_steps',
  {
    id: id().primaryKey(),
    noticeId: text('notice_id')
      .notNull()
      .references(() => dmcaNotices.id, { onDelete: 'cascade' }),
    type: text('type').notNull(),
    at: instant('at').notNull(),
    byId: id('by_id').references(() => profiles.id, { onDelete: 'set null' }),
    note: text('note'),
  },
  (table) => [index('dmca_steps_notice').on(table.noticeId, table.id), adminReads(), systemDoesAll()],
).enableRLS();
