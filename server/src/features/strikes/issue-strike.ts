/**
 * A decision gives someone a strike. For every slice that decides; it runs in their transaction, which must be the
 * system's (`asSystem`): a third strike makes the platform itself act, in nobody's name. Whoever calls tells the
 * person, with `warning` as a paragraph of its own; a ban that follows tells of itself.
 */
import type { ChannelId, StatementCategory, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { schedule } from '../../jobs/index.ts';
import { findBanForStrikes, lockStanding } from '../penalties/index.ts';
import { escalate } from './escalate.ts';
import { ofStrike, type StrikeIssued } from './events.ts';
import { END_STRIKE } from './job-kinds.ts';
import { closeIfThree, openIfFewer, readStanding } from './settle-standing.ts';
import { findSame, insertStrike, type StrikeRow } from './store.ts';
import { endOfStrike, type Step } from './strike-ladder-policy.ts';
import { type StrikeWarning, strikeWarning } from './strike-warning.ts';

export interface NewStrike {
  readonly userId: UserId;
  readonly reason: string;
  readonly category: StatementCategory | null;
  readonly source: {
    readonly kind: StrikeRow['sourceKind'];
    /** The decision's id: it gives this person one strike, however often it is carried out. */
    readonly id: string;
    /** Only when the channel's own moderators decided, not the platform's people. */
    readonly channelId?: ChannelId | null;
  };
  /** Null: the system. */
  readonly issuedBy: UserId | null;
  readonly at: Date;
  /** The decision can be undone until then: a ban that follows tells of itself no sooner. */
  readonly deliverAt?: Date | undefined;
  /** One strike a person, work and UTC day: a second notice of the same work joins the first one's. */
  readonly lineageKey?: string | null;
}

export interface IssuedStrike {
  readonly strikeId: string;
  /** False: this decision, or this day's other notice of the work, had made it already. */
  readonly isNew: boolean;
  /** How many are active with it. */
  readonly number: number;
  readonly step: Step;
  readonly expiresAt: Date;
  readonly warning: StrikeWarning;
  /** The penalty that closes the account now. */
  readonly bannedBy: string | null;
}

export async function issueStrike(tx: Tx, strike: NewStrike): Promise<IssuedStrike> {
  const { at, issuedBy, reason, source, userId } = strike;
  await lockStanding(tx, userId);
  const origin = { userId, source, lineageKey: strike.lineageKey ?? null, issuedOn: at.toISOString().slice(0, 10) };
  const same = await findSame(tx, origin);
  if (same !== null) return answer(tx, same, at);

  // A ban whose strikes have run out but whose end was not announced yet is another ban than the one that may follow.
  await openIfFewer(tx, userId, { at, by: null, cause: 'time' });
  const before = await readStanding(tx, userId, at);
  const row = await insertStrike(tx, {
    id: uuidv7(),
    userId,
    reason,
    category: strike.category,
    sourceKind: source.kind,
    sourceId: source.id,
    sourceChannelId: source.channelId ?? null,
    lineageKey: origin.lineageKey,
    issuedBy,
    issuedAt: at,
    issuedOn: origin.issuedOn,
    expiresAt: endOfStrike(at),
  });
  await schedule(tx, { kind: END_STRIKE, key: row.id, runAt: row.expiresAt, payload: { strikeId: row.id } });
  await recordAudit(tx, {
    type: 'STRIKE_ISSUED',
    entity: 'strike',
    entityId: row.id,
    actorId: issuedBy,
    at,
    details: { userId, category: strike.category, source, number: before.active + 1 },
    personal: [{ userId, data: { reason } }],
  });
  const issued: StrikeIssued = { type: 'strike.issued', ...ofStrike(row, at) };
  await announce(tx, issued);

  const { standing, penaltyId } = await closeIfThree(tx, userId, strike);
  if (standing.step === 'escalated') await escalate(tx, row, standing.active, at);
  return describe(row, true, standing.active, standing.step, penaltyId);
}

/** It changes nothing: not even a ban that an admin has lifted since comes back. */
async function answer(tx: Tx, row: StrikeRow, at: Date): Promise<IssuedStrike> {
  const { active, step } = await readStanding(tx, row.userId, at);
  const ban = step === 'banned' ? await findBanForStrikes(tx, row.userId) : null;
  return describe(row, false, active, step, ban?.id ?? null);
}

function describe(row: StrikeRow, isNew: boolean, number: number, step: Step, bannedBy: string | null): IssuedStrike {
  const { expiresAt, id: strikeId } = row;
  return { strikeId, isNew, number, step, expiresAt, warning: strikeWarning(number, step, expiresAt), bannedBy };
}
