/**
 * Closes an account, for a time or for good, in the transaction of whoever decides: an admin in their own name, or the
 * system for three strikes. The person is told; what they have open ends after the commit (see subscriptions.ts).
 */
import type { Category, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { schedule } from '../../jobs/index.ts';
import { type ResolvedReference, ruleCalled } from '../policies/index.ts';
import { issueStatement, type NewStatement } from '../statements/index.ts';
import { signalClosed } from './close-accounts.ts';
import { ofPenalty, type PenaltyIssued } from './events.ts';
import { END_PENALTY } from './job-kinds.ts';
import { withoutFullStop } from './letters.ts';
import { type DurationHours, endOfPenalty, isAppealable } from './policy.ts';
import { findBanForStrikes, insertPenalty, lockStanding } from './store.ts';

export interface NewPenalty {
  readonly userId: UserId;
  readonly reason: string;
  /** Null: permanent. */
  readonly durationHours: DurationHours | null;
  readonly category: Category | null;
  readonly evidenceLink?: string | null;
  /** The rule that was broken, as it was published. */
  readonly reference?: ResolvedReference | null;
  /** Null: the system, for three strikes. */
  readonly issuedBy: UserId | null;
  readonly at: Date;
  /** As of `notify`: until then the decision behind it can be undone, and the person is not told in words. */
  readonly deliverAt?: Date | undefined;
  /** The escalated item that it resolves. */
  readonly escalationId?: string;
}

export interface IssuedPenalty {
  readonly penaltyId: string;
  /** Its entry in the audit log. */
  readonly receipt: string;
}

/** Whether it may be issued is decided before (`mayBan`). */
export async function issuePenalty(tx: Tx, penalty: NewPenalty): Promise<IssuedPenalty> {
  const { at, issuedBy, userId } = penalty;
  await lockStanding(tx, userId);
  const reference =
    issuedBy === null ? await ruleCalled(tx, 'three-strikes', at) : (penalty.reference?.reference ?? null);
  const row = {
    id: uuidv7(),
    userId,
    severity: penalty.durationHours === null ? ('permanent' as const) : ('temporary' as const),
    reason: penalty.reason,
    category: penalty.category,
    durationHours: penalty.durationHours,
    evidenceLink: penalty.evidenceLink ?? null,
    policyReference: reference,
    issuedBy,
    issuedAt: at,
    expiresAt: endOfPenalty(at, penalty.durationHours),
    cause: issuedBy === null ? ('strikes' as const) : ('decision' as const),
  };
  await insertPenalty(tx, row);
  if (row.expiresAt !== null) {
    await schedule(tx, { kind: END_PENALTY, key: row.id, runAt: row.expiresAt, payload: { penaltyId: row.id } });
  }
  const [receipt] = await recordAudit(tx, {
    type: 'USER_BANNED',
    entity: 'profile',
    entityId: userId,
    actorId: issuedBy,
    at,
    details: {
      penaltyId: row.id,
      cause: row.cause,
      severity: row.severity,
      category: row.category,
      durationHours: row.durationHours,
      ...(reference === null ? {} : { policyReference: reference }),
      ...(penalty.escalationId === undefined ? {} : { escalationId: penalty.escalationId }),
    },
    personal: [{ userId, data: { reason: row.reason, evidenceLink: row.evidenceLink } }],
  });
  const appealable = isAppealable(row);
  await issueStatement(tx, {
    userId,
    decision: { kind: 'penalty', id: row.id },
    restriction: row.expiresAt === null ? 'account_terminated' : 'account_suspended',
    subject: null,
    reason: row.reason,
    category: row.category ?? penalty.reference?.rule?.category ?? 'other',
    ...groundOf(penalty),
    policyReference: reference,
    source: 'own_initiative',
    automated: { detection: false, decision: row.cause === 'strikes' ? 'fully' : 'none' },
    until: row.expiresAt,
    warning: null,
    appeal: appealable ? { type: 'penalty', id: row.id } : null,
    issuedBy,
    at,
    deliverAt: penalty.deliverAt,
    letter: {
      kind: 'penalty_issued',
      data: { penaltyId: row.id, reason: withoutFullStop(row.reason), cause: row.cause },
    },
    receipt,
  });
  const event: PenaltyIssued = { type: 'penalty.issued', ...ofPenalty(row, at) };
  await announce(tx, event);
  await signalClosed(tx, userId);
  return { penaltyId: row.id, receipt };
}

const THREE_STRIKES = {
  kind: 'terms',
  rule: 'Community rules: three strikes',
  explanation: 'Three strikes that are active at the same time close an account until fewer than three are.',
} as const;

/** The rule by name and text, as it was published; without one the platform's rule for the category. */
function groundOf({ issuedBy, reference }: NewPenalty): Pick<NewStatement, 'ground'> {
  if (issuedBy === null) return { ground: THREE_STRIKES };
  if (reference?.rule == null) return {};
  const { number, text, title } = reference.rule;
  return {
    ground: { kind: 'terms', rule: `${reference.policyTitle.en} ${number}: ${title.en}`, explanation: text.en },
  };
}

/** The ban for three strikes that is in force, made when there is none. The person's standing is locked. */
export async function banForStrikes(
  tx: Tx,
  userId: UserId,
  { at, deliverAt }: Pick<NewPenalty, 'at' | 'deliverAt'>,
): Promise<string> {
  const existing = await findBanForStrikes(tx, userId);
  if (existing !== null) return existing.id;
  const reason = 'Three strikes are active at the same time.';
  const { penaltyId } = await issuePenalty(tx, {
    userId,
    reason,
    durationHours: null,
    category: null,
    issuedBy: null,
    at,
    deliverAt,
  });
  return penaltyId;
}
