/** Decisions about people that can be appealed: penalties and strikes, read alike. */
import type { appeals as contract, StatementId } from '@virgil/contract';
import { desc, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  adminPenalties as penalties,
  statementsOfReasons as statements,
  contentSafetyStrikes as strikes,
} from '../../db/schema/index.ts';
import { holdsAt, isAppealable } from '../penalties/index.ts';

export interface Decision {
  readonly subject: contract.AppealSubject;
  readonly userId: string;
  readonly reason: string;
  readonly category: string | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date | null;
  /** When it was taken back before its time. */
  readonly endedAt: Date | null;
  readonly isInForce: boolean;
  readonly canBeAppealed: boolean;
  /** By rule: three strikes were active. */
  readonly isAutomatic: boolean;
}

const penaltyColumns = (at: Date) => ({
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
});

/** What the person concerned may read of a strike. */
const strikeColumns = (at: Date) => ({
  id: strikes.id,
  userId: strikes.userId,
  reason: strikes.reason,
  category: strikes.category,
  issuedAt: strikes.issuedAt,
  expiresAt: strikes.expiresAt,
  endedAt: strikes.liftedAt,
  isInForce: sql<boolean>`(${strikes.liftedAt} is null and ${strikes.expiresAt} > ${at.toISOString()}::timestamptz)`,
});

type PenaltyFacts = Omit<Decision, 'subject' | 'canBeAppealed' | 'isAutomatic'> & {
  readonly id: string;
  readonly severity: 'temporary' | 'permanent';
  readonly cause: 'decision' | 'strikes';
};
type StrikeFacts = Omit<Decision, 'subject' | 'canBeAppealed' | 'isAutomatic'> & { readonly id: string };

function ofPenalty({ cause, id, severity, ...facts }: PenaltyFacts): Decision {
  const canBeAppealed = isAppealable({ severity, category: facts.category });
  return { ...facts, subject: { type: 'penalty', id }, canBeAppealed, isAutomatic: cause === 'strikes' };
}

function ofStrike({ id, ...facts }: StrikeFacts): Decision {
  return { ...facts, subject: { type: 'strike', id }, canBeAppealed: true, isAutomatic: false };
}

/** Newest first. */
export async function decisionsAbout(tx: Tx, userId: string, at: Date): Promise<Decision[]> {
  const penaltyRows = await tx.select(penaltyColumns(at)).from(penalties).where(eq(penalties.userId, userId));
  const strikeRows = await tx.select(strikeColumns(at)).from(strikes).where(eq(strikes.userId, userId));
  return [...penaltyRows.map(ofPenalty), ...strikeRows.map(ofStrike)].sort(
    (one, other) => other.issuedAt.getTime() - one.issuedAt.getTime() || (other.subject.id < one.subject.id ? -1 : 1),
  );
}

export async function findDecision(tx: Tx, subject: contract.AppealSubject, at: Date): Promise<Decision | null> {
  if (subject.type === 'penalty') {
    const [row] = await tx.select(penaltyColumns(at)).from(penalties).where(eq(penalties.id, subject.id));
    return row === undefined ? null : ofPenalty(row);
  }
  const [row] = await tx.select(strikeColumns(at)).from(strikes).where(eq(strikes.id, subject.id));
  return row === undefined ? null : ofStrike(row);
}

/** The statement of reasons of each decision, by the decision's id. */
export async function statementsAbout(tx: Tx, userId: string): Promise<ReadonlyMap<string, StatementId>> {
  const rows = await tx
    .select({ id: statements.id, kind: statements.decisionKind, of: statements.decisionId, about: statements.appealId })
    .from(statements)
    .where(eq(statements.userId, userId))
    .orderBy(desc(statements.createdAt));
  const byDecision = new Map<string, StatementId>();
  for (const { about, id, kind, of } of rows) {
    if (kind === 'penalty') byDecision.set(of, id as StatementId);
    if (about !== null) byDecision.set(about, id as StatementId);
  }
  return byDecision;
}

/** Who decided; only for whoever may know. */
export async function deciderOf(tx: Tx, subject: contract.AppealSubject): Promise<string | null> {
  const table = subject.type === 'penalty' ? penalties : strikes;
  const [row] = await tx.select({ by: table.issuedBy }).from(table).where(eq(table.id, subject.id));
  return row?.by ?? null;
}
