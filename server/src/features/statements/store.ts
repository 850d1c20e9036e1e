/** SQL of statements of reasons. */
import { and, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { statementsOfReasons } from '../../db/schema/index.ts';

type NewRow = typeof statementsOfReasons.$inferInsert;
/** Who issued it is not for the person concerned: row security's roles may not even read the column. */
const { issuedBy: _issuedBy, ...shown } = getTableColumns(statementsOfReasons);
export type StatementRow = Omit<typeof statementsOfReasons.$inferSelect, 'issuedBy'>;

const ofDecision = (decision: { readonly kind: string; readonly id: string }) =>
  and(eq(statementsOfReasons.decisionKind, decision.kind), eq(statementsOfReasons.decisionId, decision.id));

export async function findByDecision(
  tx: Tx,
  decision: { readonly kind: string; readonly id: string },
): Promise<string | null> {
  const [row] = await tx.select({ id: statementsOfReasons.id }).from(statementsOfReasons).where(ofDecision(decision));
  return row?.id ?? null;
}

/** Found by the insert itself: a decision waits for nothing more. Null where no rule is about it. */
export const ruleInForce = (category: string, at: Date) =>
  sql`app_policy_rule(${category}::text, null, ${at.toISOString().slice(0, 10)}::date)`;

type WithRule = Omit<NewRow, 'policyReference'> & { readonly policyReference: string | SQL };

export async function insertStatement(tx: Tx, row: WithRule): Promise<void> {
  await tx.insert(statementsOfReasons).values(row);
}

export async function findIssued(
  tx: Tx,
  decision: { readonly kind: string; readonly id: string },
): Promise<{ readonly id: string; readonly notificationId: string } | null> {
  const { id, notificationId } = statementsOfReasons;
  const [row] = await tx.select({ id, notificationId }).from(statementsOfReasons).where(ofDecision(decision));
  return row ?? null;
}

export async function deleteStatement(tx: Tx, id: string): Promise<void> {
  await tx.delete(statementsOfReasons).where(eq(statementsOfReasons.id, id));
}

export async function releaseStatement(tx: Tx, id: string): Promise<void> {
  await tx.update(statementsOfReasons).set({ heldUntil: null }).where(eq(statementsOfReasons.id, id));
}

/** The first reversal stays. */
export async function setReversed(
  tx: Tx,
  decision: { readonly kind: string; readonly id: string },
  reversal: { readonly at: Date; readonly because: string },
): Promise<void> {
  await tx
    .update(statementsOfReasons)
    .set({ reversedAt: reversal.at, reversedBecause: reversal.because })
    .where(and(ofDecision(decision), isNull(statementsOfReasons.reversedAt)));
}

export async function setEnd(
  tx: Tx,
  decision: { readonly kind: string; readonly id: string },
  at: Date,
): Promise<void> {
  await tx
    .update(statementsOfReasons)
    .set({ endsAt: at })
    .where(and(ofDecision(decision), isNull(statementsOfReasons.endsAt)));
}

export async function findStatement(tx: Tx, id: string): Promise<StatementRow | null> {
  const [row] = await tx.select(shown).from(statementsOfReasons).where(eq(statementsOfReasons.id, id));
  return row ?? null;
}
