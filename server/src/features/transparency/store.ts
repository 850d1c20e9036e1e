/**
 * SQL of the transparency report: numbers by period. Every query sorts rows into the same list of periods by the
 * moment that counts for it; what lies outside is left out.
 */
import { type Column, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  adminPenalties,
  appeals,
  dmcaNotices,
  reportMutes,
  reports,
  reportVoices,
  statementsOfReasons as statements,
  contentSafetyStrikes as strikes,
} from '../../db/schema/index.ts';

type Table = Parameters<ReturnType<Tx['select']>['from']>[0];

/** Edges of the periods, oldest first: one more than there are periods. */
export type Edges = readonly Date[];

const edgesOf = (edges: Edges): SQL =>
  sql`array[${sql.join(
    edges.map((edge) => sql`${edge.toISOString()}::timestamptz`),
    sql`, `,
  )}]`;

/** 0 for the first period. */
const indexOf = (at: Column, edges: Edges): SQL<number> => sql<number>`width_bucket(${at}, ${edgesOf(edges)}) - 1`;

const within = (at: Column, edges: Edges): SQL =>
  sql`${at} >= ${edges[0]?.toISOString()}::timestamptz and ${at} < ${edges.at(-1)?.toISOString()}::timestamptz`;

/** Rows by period and one more column; `key` empty when there is none. */
async function counted(
  tx: Tx,
  table: Table,
  at: Column,
  edges: Edges,
  { key = sql`''`, where }: { readonly key?: SQL | Column; readonly where?: SQL } = {},
): Promise<Tally> {
  const rows = await tx
    .select({
      period: indexOf(at, edges),
      key: sql<string>`${key}::text`,
      rows: sql<number>`count(*)::integer`,
    })
    .from(table)
    .where(where === undefined ? within(at, edges) : sql`${within(at, edges)} and ${where}`)
    .groupBy(sql`1`, sql`2`);
  return new Tally(rows);
}

interface CountedRow {
  readonly period: number;
  readonly key: string;
  readonly rows: number;
}

/** Counts by period and word. */
export class Tally {
  readonly #rows: readonly CountedRow[];

  constructor(rows: readonly CountedRow[]) {
    this.#rows = rows;
  }

  of(period: number, key?: string): number {
    return this.#rows
      .filter((row) => row.period === period && (key === undefined || row.key === key))
      .reduce((sum, { rows }) => sum + rows, 0);
  }
  byKey(period: number): Record<string, number> {
    return Object.fromEntries(this.#rows.filter((row) => row.period === period).map(({ key, rows }) => [key, rows]));
  }
}

/** Minutes that half of the decisions of each period took less than. */
async function medians(
  tx: Tx,
  table: Table,
  [from, to]: readonly [Column, Column],
  edges: Edges,
  where: SQL = sql`true`,
): Promise<ReadonlyMap<number, number>> {
  const rows = await tx
    .select({
      period: indexOf(to, edges),
      minutes: sql<number>`(percentile_cont(0.5) within group (order by extract(epoch from ${to} - ${from})) / 60)::float8`,
    })
    .from(table)
    .where(sql`${within(to, edges)} and ${where}`)
    .groupBy(sql`1`);
  return new Map(rows.map(({ minutes, period }) => [period, Math.max(0, Math.round(minutes * 10) / 10)]));
}

export async function countEverything(tx: Tx, edges: Edges) {
  const heard = sql`not ${reports.setAside}`;
  const decided = sql`${reports.resolvedAt} is not null and ${heard}`;
  // One that waits may still be undone, and then was never given.
  const told = sql`${statements.heldUntil} is null`;
  return {
    received: await counted(tx, reports, reports.createdAt, edges, { key: reports.reason, where: heard }),
    subjects: await counted(tx, reports, reports.createdAt, edges, { key: reports.subjectType, where: heard }),
    voices: await counted(tx, reportVoices, reportVoices.createdAt, edges),
    resolved: await counted(tx, reports, reports.resolvedAt, edges, { key: reports.status, where: decided }),
    abusive: await counted(tx, reports, reports.resolvedAt, edges, { where: sql`${reports.isAbusive}` }),
    reportMinutes: await medians(tx, reports, [reports.createdAt, reports.resolvedAt], edges, decided),
    mutes: await counted(tx, reportMutes, reportMutes.createdAt, edges),
    kinds: await counted(tx, statements, statements.createdAt, edges, { key: statements.restriction, where: told }),
    categories: await counted(tx, statements, statements.createdAt, edges, { key: statements.category, where: told }),
    sources: await counted(tx, statements, statements.createdAt, edges, { key: statements.source, where: told }),
    automated: await counted(tx, statements, statements.createdAt, edges, {
      key: statements.automatedDecision,
      where: told,
    }),
    reversed: await counted(tx, statements, statements.createdAt, edges, {
      key: statements.automatedDecision,
      where: sql`${statements.reversedAt} is not null`,
    }),
    strikes: await counted(tx, strikes, strikes.issuedAt, edges),
    lifted: await counted(tx, strikes, strikes.liftedAt, edges),
    penalties: await counted(tx, adminPenalties, adminPenalties.issuedAt, edges, { key: adminPenalties.severity }),
    ended: await counted(tx, adminPenalties, adminPenalties.deactivatedAt, edges),
    appeals: await counted(tx, appeals, appeals.createdAt, edges),
    reviewed: await counted(tx, appeals, appeals.reviewedAt, edges, { key: appeals.status }),
    appealMinutes: await medians(tx, appeals, [appeals.createdAt, appeals.reviewedAt], edges),
    notices: await counted(tx, dmcaNotices, dmcaNotices.receivedAt, edges),
    noticeDecisions: await counted(tx, dmcaNotices, dmcaNotices.decidedAt, edges, { key: dmcaNotices.decision }),
    counterNotices: await counted(tx, dmcaNotices, dmcaNotices.counterReceivedAt, edges),
    putBack: await counted(tx, dmcaNotices, dmcaNotices.restoredAt, edges),
    noticeMinutes: await medians(tx, dmcaNotices, [dmcaNotices.receivedAt, dmcaNotices.decidedAt], edges),
  };
}
