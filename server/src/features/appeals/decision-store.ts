/** Decisions about people that can be appealed: five kinds, read alike. */
import type { appeals as contract, PenaltyItem, StatementId } from '@virgil/contract';
import { and, desc, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  bannedViewers as bans,
  adminPenalties as penalties,
  profiles,
  statementsOfReasons as statements,
  contentSafetyStrikes as strikes,
  timedOutUsers as timeouts,
  userViolations as violations,
} from '../../db/schema/index.ts';
import { holdsAt, isAppealable } from '../penalties/index.ts';

export interface Decision {
  readonly subject: contract.AppealSubject;
  readonly userId: string;
  /** The words of whoever decided; of a violation they stand with what was decided on it. */
  readonly reason: string;
  readonly category: string | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date | null;
  /** When it was taken back before its time. */
  readonly endedAt: Date | null;
  readonly endedBecause: NonNullable<PenaltyItem['endedBecause']> | null;
  readonly isInForce: boolean;
  readonly canBeAppealed: boolean;
  /** By rule or by a program. */
  readonly isAutomatic: boolean;
  readonly channel: { readonly id: string; readonly displayName: string } | null;
  readonly violation: ViolationFacts | null;
}

export interface ViolationFacts {
  readonly sourceType: 'live' | 'comment' | 'inboxMessage';
  readonly content: string;
  readonly riskScore: number;
  readonly category: string;
  readonly holdAt: number;
  readonly blockAt: number;
  readonly source: 'auto' | 'moderator' | 'report';
  readonly action: NonNullable<PenaltyItem['action']>;
  readonly createdAt: Date;
}

/** Of one kind, the newest are enough: nobody reads on, and appeals are about what is in force. */
const MOST = 200;

const instantOf = (at: Date) => sql`${at.toISOString()}::timestamptz`;
const channelOf = { id: profiles.id, displayName: profiles.displayName };
/** Taken back within the seconds in which that can be done, as if it had never been. */
const wasUndone = (cause: typeof strikes.liftedCause | typeof timeouts.liftedCause | typeof bans.liftedCause): SQL =>
  or(isNull(cause), ne(cause, 'undone')) as SQL;

/** Newest first. */
export async function decisionsAbout(tx: Tx, userId: string, at: Date): Promise<Decision[]> {
  const found = [
    ...(await penaltiesWhere(tx, eq(penalties.userId, userId), at)),
    ...(await strikesWhere(tx, eq(strikes.userId, userId), at)),
    ...(await violationsWhere(tx, eq(violations.userId, userId))),
    ...(await timeoutsWhere(tx, eq(timeouts.userId, userId), at)),
    ...(await bansWhere(tx, eq(bans.userId, userId), at)),
  ];
  return found.sort(
    (one, other) => other.issuedAt.getTime() - one.issuedAt.getTime() || (other.subject.id < one.subject.id ? -1 : 1),
  );
}

export async function findDecision(tx: Tx, { id, type }: contract.AppealSubject, at: Date): Promise<Decision | null> {
  const [found] = await {
    penalty: () => penaltiesWhere(tx, eq(penalties.id, id), at),
    strike: () => strikesWhere(tx, eq(strikes.id, id), at),
    violation: () => violationsWhere(tx, eq(violations.id, id)),
    timeout: () => timeoutsWhere(tx, eq(timeouts.id, id), at),
    ban: () => bansWhere(tx, eq(bans.id, id), at),
  }[type]();
  return found ?? null;
}

async function penaltiesWhere(tx: Tx, which: SQL, at: Date): Promise<Decision[]> {
  const rows = await tx
    .select({
      id: penalties.id,
      userId: penalties.userId,
      severity: penalties.severity,
      reason: penalties.reason,
      category: penalties.category,
      issuedAt: penalties.issuedAt,
      expiresAt: penalties.expiresAt,
      endedAt: penalties.deactivatedAt,
      cause: penalties.cause,
      isInForce: holdsAt(at),
    })
    .from(penalties)
    .where(which)
    .orderBy(desc(penalties.issuedAt))
    .limit(MOST);
  return rows.map(({ cause, id, severity, ...facts }) => ({
    ...facts,
    ...plain('penalty', id),
    endedBecause: facts.endedAt === null ? null : 'other',
    canBeAppealed: isAppealable({ severity, category: facts.category }),
    isAutomatic: cause === 'strikes',
  }));
}

async function strikesWhere(tx: Tx, which: SQL, at: Date): Promise<Decision[]> {
  const rows = await tx
    .select({
      id: strikes.id,
      userId: strikes.userId,
      reason: strikes.reason,
      category: strikes.category,
      issuedAt: strikes.issuedAt,
      expiresAt: strikes.expiresAt,
      endedAt: strikes.liftedAt,
      cause: strikes.liftedCause,
      isInForce: sql<boolean>`(${strikes.liftedAt} is null and ${strikes.expiresAt} > ${instantOf(at)})`,
    })
    .from(strikes)
    .where(and(which, wasUndone(strikes.liftedCause)))
    .orderBy(desc(strikes.issuedAt))
    .limit(MOST);
  return rows.map(({ cause, id, ...facts }) => ({ ...facts, ...plain('strike', id), endedBecause: because(cause) }));
}

async function timeoutsWhere(tx: Tx, which: SQL, at: Date): Promise<Decision[]> {
  const rows = await tx
    .select({
      id: timeouts.id,
      userId: timeouts.userId,
      reason: timeouts.reason,
      issuedAt: timeouts.createdAt,
      expiresAt: timeouts.expiresAt,
      endedAt: timeouts.liftedAt,
      cause: timeouts.liftedCause,
      isInForce: sql<boolean>`(${timeouts.liftedAt} is null and ${timeouts.expiresAt} > ${instantOf(at)})`,
      channel: channelOf,
    })
    .from(timeouts)
    .innerJoin(profiles, eq(profiles.id, timeouts.channelId))
    .where(and(which, wasUndone(timeouts.liftedCause)))
    .orderBy(desc(timeouts.createdAt))
    .limit(MOST);
  return rows.map(({ cause, channel, id, ...facts }) => ({
    ...facts,
    ...plain('timeout', id),
    category: null,
    endedBecause: facts.endedAt === null ? null : because(cause),
    channel,
  }));
}

async function bansWhere(tx: Tx, which: SQL, at: Date): Promise<Decision[]> {
  const inForce = sql<boolean>`(${bans.liftedAt} is null
    and (${bans.expiresAt} is null or ${bans.expiresAt} > ${instantOf(at)}))`;
  const rows = await tx
    .select({
      id: bans.id,
      userId: bans.userId,
      reason: bans.reason,
      category: bans.category,
      issuedAt: bans.createdAt,
      expiresAt: bans.expiresAt,
      endedAt: bans.liftedAt,
      cause: bans.liftedCause,
      isInForce: inForce,
      channel: channelOf,
    })
    .from(bans)
    .innerJoin(profiles, eq(profiles.id, bans.channelId))
    .where(and(which, wasUndone(bans.liftedCause)))
    .orderBy(desc(bans.createdAt))
    .limit(MOST);
  return rows.map(({ cause, channel, id, ...facts }) => ({
    ...facts,
    ...plain('ban', id),
    endedBecause: facts.endedAt === null ? null : because(cause),
    channel,
  }));
}

/** A text that waits for a moderator, or that people reported, is not decided yet: nothing stands against its author. */
const isDecided = or(
  sql`${violations.action} in ('blocked', 'rejected', 'warned', 'struck')`,
  isNotNull(violations.resolvedAt),
);

async function violationsWhere(tx: Tx, which: SQL): Promise<Decision[]> {
  const rows = await tx
    .select({ row: violations, channel: channelOf })
    .from(violations)
    .leftJoin(profiles, eq(profiles.id, violations.channelId))
    .where(and(which, isDecided, or(isNull(violations.resolvedBecause), ne(violations.resolvedBecause, 'undone'))))
    .orderBy(desc(violations.createdAt))
    .limit(MOST);
  return rows.map(({ channel, row }) => ({
    ...plain('violation', row.id),
    userId: row.userId,
    reason: '',
    category: row.category,
    issuedAt: row.createdAt,
    expiresAt: null,
    endedAt: row.resolvedAt,
    endedBecause: row.resolvedBecause === 'approved' ? ('approved' as const) : because(row.resolvedBecause),
    isInForce: row.resolvedAt === null,
    isAutomatic: row.source === 'auto' && row.action === 'blocked',
    channel,
    violation: row,
  }));
}

const plain = <const T extends contract.AppealSubject['type']>(type: T, id: string) => ({
  subject: { type, id },
  canBeAppealed: true,
  isAutomatic: false,
  channel: null,
  violation: null,
});

const because = (cause: string | null): 'appeal' | 'other' | null =>
  cause === null ? null : cause === 'appeal' ? 'appeal' : 'other';

/** The statement of reasons of each decision, by the decision's id, with the reason it gives. */
export async function statementsAbout(
  tx: Tx,
  userId: string,
): Promise<ReadonlyMap<string, { readonly id: StatementId; readonly reason: string }>> {
  const rows = await tx
    .select({
      id: statements.id,
      reason: statements.reason,
      kind: statements.decisionKind,
      of: statements.decisionId,
      about: statements.appealId,
    })
    .from(statements)
    .where(eq(statements.userId, userId))
    .orderBy(desc(statements.createdAt));
  const byDecision = new Map<string, { id: StatementId; reason: string }>();
  for (const { about, id, kind, of, reason } of rows) {
    const statement = { id: id as StatementId, reason };
    if (kind === 'penalty' || kind === 'classifier') byDecision.set(of, statement);
    if (about !== null) byDecision.set(about, statement);
  }
  return byDecision;
}

/** Who decided; only for whoever may know. */
export async function deciderOf(tx: Tx, { id, type }: contract.AppealSubject): Promise<string | null> {
  const found = (table: typeof penalties | typeof strikes) =>
    tx.select({ by: table.issuedBy }).from(table).where(eq(table.id, id));
  const [row] = await {
    penalty: () => found(penalties),
    strike: () => found(strikes),
    timeout: () => tx.select({ by: timeouts.moderatorId }).from(timeouts).where(eq(timeouts.id, id)),
    ban: () => tx.select({ by: bans.bannedBy }).from(bans).where(eq(bans.id, id)),
    // Who decided on a text stands with the action, not with the violation.
    violation: async () => [],
  }[type]();
  return row?.by ?? null;
}

/** The rule of the classifier that fired. */
export async function ruleThatFired(tx: Tx, violationIds: readonly string[]): Promise<string | null> {
  const [id] = violationIds;
  if (id === undefined) return null;
  const [row] = await tx.select({ rule: violations.rule }).from(violations).where(eq(violations.id, id));
  return row?.rule ?? null;
}
