/** SQL of what the public database is told. */
import { type Restriction, restriction, type StatementCategory, type StatementSource } from '@virgil/contract';
import { and, asc, count, desc, eq, inArray, isNull, max, notInArray, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { profiles, statementExports, statementsOfReasons as statements } from '../../db/schema/index.ts';
import type { RecordedStatement } from './dsa-record.ts';

/** As `dsaRecordOf` decides; and nothing that waits, which may still be undone. */
const WARNINGS: Restriction[] = ['warning', 'strike'];
const OF_TEXTS: Restriction[] = ['message_removed', 'message_blocked', 'message_rejected'];
const isExported = and(
  isNull(statements.heldUntil),
  or(notInArray(statements.restriction, WARNINGS), inArray(statements.subjectType, ['message', 'comment'])),
  or(notInArray(statements.restriction, OF_TEXTS), sql`${statements.subjectType} is distinct from 'direct_message'`),
);

const columns = { statement: statements, displayName: profiles.displayName };

function recorded(row: { statement: typeof statements.$inferSelect; displayName: string | null }): RecordedStatement {
  const { statement } = row;
  return {
    ...statement,
    restriction: restriction.parse(statement.restriction),
    // Both were written from these closed lists.
    category: statement.category as StatementCategory,
    source: statement.source as StatementSource,
    displayName: row.displayName,
  };
}

/** In the order they were issued; one more than `limit` when there are more. */
export async function listExported(
  tx: Tx,
  after: readonly [string] | null,
  limit: number,
): Promise<RecordedStatement[]> {
  const rows = await tx
    .select(columns)
    .from(statements)
    .leftJoin(profiles, eq(profiles.id, statements.userId))
    .where(and(isExported, after === null ? undefined : sql`${statements.id} > ${after[0]}`))
    .orderBy(asc(statements.id))
    .limit(limit + 1);
  return rows.map(recorded);
}

export async function listWaiting(tx: Tx, limit: number): Promise<RecordedStatement[]> {
  const rows = await tx
    .select(columns)
    .from(statements)
    .leftJoin(profiles, eq(profiles.id, statements.userId))
    .leftJoin(statementExports, eq(statementExports.statementId, statements.id))
    .where(and(isExported, isNull(statementExports.statementId)))
    .orderBy(asc(statements.id))
    .limit(limit);
  return rows.map(recorded);
}

export async function storeOutcomes(
  tx: Tx,
  outcomes: readonly { readonly puid: string; readonly state: 'sent' | 'refused'; readonly problem: string | null }[],
  triedAt: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ problem, puid, state }) => ({ statementId: puid, state, problem, triedAt }));
  await tx.insert(statementExports).values(rows).onConflictDoNothing();
}

export async function exportState(tx: Tx) {
  const [total] = await tx.select({ all: count() }).from(statements).where(isExported);
  const states = await tx
    .select({ state: statementExports.state, statements: count(), last: max(statementExports.triedAt) })
    .from(statementExports)
    .groupBy(statementExports.state);
  const problems = await tx
    .select()
    .from(statementExports)
    .where(eq(statementExports.state, 'refused'))
    .orderBy(desc(statementExports.triedAt), desc(statementExports.statementId))
    .limit(20);
  const of = (state: 'sent' | 'refused') => states.find((row) => row.state === state)?.statements ?? 0;
  const tried = states.flatMap(({ last }) => (last === null ? [] : [last.getTime()]));
  return {
    waiting: (total?.all ?? 0) - of('sent') - of('refused'),
    sent: of('sent'),
    refused: of('refused'),
    lastTriedAt: tried.length === 0 ? null : new Date(Math.max(...tried)),
    problems,
  };
}
