/**
 * One decision can do several things: it hides a text, gives a strike, silences its author. An appeal against one of
 * them is about all of them. This reads what belongs together, with the system's rights.
 */
import type { appeals as contract } from '@virgil/contract';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  moderationActions as actions,
  bannedViewers as bans,
  moderatorReviewQueue as items,
  reports,
  timedOutUsers as timeouts,
} from '../../db/schema/index.ts';

export type ActionRow = typeof actions.$inferSelect;

export interface Matter {
  /** Items of the review queue it was decided on. */
  readonly itemIds: readonly string[];
  /** What was decided there and still stands, oldest first. */
  readonly actions: readonly ActionRow[];
  readonly violationIds: readonly string[];
  readonly strikeIds: readonly string[];
  readonly penaltyIds: readonly string[];
  readonly timeoutIds: readonly string[];
  readonly banIds: readonly string[];
  /** Reports that were approved with it: what was removed for them is removed under their name. */
  readonly reportIds: readonly string[];
}

/** Decisions that did something to somebody. */
const DID = ['reject', 'timeout', 'warning', 'strike', 'ban', 'penalty'] as const;

export async function matterOf(tx: Tx, subject: contract.AppealSubject): Promise<Matter> {
  const itemIds = await itemsOf(tx, subject);
  const decided =
    itemIds.length === 0
      ? []
      : await tx
          .select()
          .from(actions)
          .where(and(inArray(actions.itemId, itemIds), isNull(actions.undoneAt), inArray(actions.kind, [...DID])))
          .orderBy(asc(actions.createdAt), asc(actions.id));
  const blamed =
    itemIds.length === 0
      ? []
      : await tx.select({ id: items.violationId }).from(items).where(inArray(items.id, itemIds));
  const ids = (type: contract.AppealSubject['type'], of: (row: ActionRow) => string | null) =>
    unique([subject.type === type ? subject.id : null, ...decided.map(of)]);
  const strikeIds = ids('strike', (row) => row.strikeId);
  return {
    itemIds,
    actions: decided,
    violationIds: unique([
      ...ids('violation', (row) => row.violationId),
      // Of an item that nobody decided yet only the violation appealed against is part of the matter.
      ...(decided.length === 0 ? [] : blamed.map(({ id }) => id)),
    ]),
    strikeIds,
    penaltyIds: ids('penalty', decidedPenalty),
    timeoutIds: ids('timeout', (row) => row.timeoutId),
    banIds: ids('ban', (row) => row.banId),
    reportIds: unique([...decided.map((row) => row.reportId), ...(await reportsOf(tx, strikeIds))]),
  };
}

/** The closing that follows from a third strike is a decision of its own: it falls with the strike, or by itself. */
const decidedPenalty = ({ kind, penaltyId }: ActionRow): string | null => (kind === 'penalty' ? penaltyId : null);

/** Everything of the matter that can be appealed, the subject itself among it. */
export function subjectsOf(matter: Matter): contract.AppealSubject[] {
  const all = (type: contract.AppealSubject['type'], ids: readonly string[]) => ids.map((id) => ({ type, id }));
  return [
    ...all('violation', matter.violationIds),
    ...all('strike', matter.strikeIds),
    ...all('penalty', matter.penaltyIds),
    ...all('timeout', matter.timeoutIds),
    ...all('ban', matter.banIds),
  ];
}

/** Locked in the order of every decision on items: before anybody's standing. */
export async function lockItems(tx: Tx, itemIds: readonly string[]): Promise<void> {
  if (itemIds.length === 0) return;
  await tx
    .select({ id: items.id })
    .from(items)
    .where(inArray(items.id, [...itemIds]))
    .orderBy(items.id)
    .for('update');
}

/** Against the jobs that end them at this moment: after this one knows whether they are over. */
export async function lockSilences(tx: Tx, { banIds, timeoutIds }: Matter): Promise<void> {
  for (const [table, ids] of [
    [timeouts, timeoutIds],
    [bans, banIds],
  ] as const) {
    if (ids.length > 0)
      await tx
        .select({ id: table.id })
        .from(table)
        .where(inArray(table.id, [...ids]))
        .for('update');
  }
}

async function itemsOf(tx: Tx, { type, id }: contract.AppealSubject): Promise<string[]> {
  const decided = await tx
    .select({ id: actions.itemId })
    .from(actions)
    .where(
      and(eq(COLUMN[type], id), isNull(actions.undoneAt), type === 'penalty' ? eq(actions.kind, 'penalty') : undefined),
    );
  return unique([...decided.map((row) => row.id), ...(await itemsNaming(tx, type, id))]);
}

const COLUMN = {
  violation: actions.violationId,
  strike: actions.strikeId,
  penalty: actions.penaltyId,
  timeout: actions.timeoutId,
  ban: actions.banId,
} as const;

async function itemsNaming(tx: Tx, type: contract.AppealSubject['type'], id: string): Promise<(string | null)[]> {
  switch (type) {
    case 'violation':
      return (await tx.select({ id: items.id }).from(items).where(eq(items.violationId, id))).map((row) => row.id);
    case 'timeout':
      return (await tx.select({ id: timeouts.reviewItemId }).from(timeouts).where(eq(timeouts.id, id))).map(
        (row) => row.id,
      );
    case 'ban':
      return (await tx.select({ id: bans.reviewItemId }).from(bans).where(eq(bans.id, id))).map((row) => row.id);
    case 'strike':
    case 'penalty':
      return [];
  }
}

async function reportsOf(tx: Tx, strikeIds: readonly string[]): Promise<string[]> {
  if (strikeIds.length === 0) return [];
  const rows = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(inArray(reports.strikeId, [...strikeIds]));
  return rows.map(({ id }) => id);
}

/** What links the decisions about one person: for their own list, in which one decision stands once. */
export interface Link {
  readonly violationId: string | null;
  readonly strikeId: string | null;
  readonly penaltyId: string | null;
  readonly timeoutId: string | null;
  readonly banId: string | null;
  readonly reason: string;
  readonly at: Date;
}

export async function linksAbout(tx: Tx, userId: string): Promise<Link[]> {
  const rows = await tx
    .select({ action: actions, blamed: items.violationId })
    .from(actions)
    .innerJoin(items, eq(items.id, actions.itemId))
    .where(and(eq(actions.userId, userId), isNull(actions.undoneAt), inArray(actions.kind, [...DID])))
    .orderBy(asc(actions.createdAt));
  return rows.map(({ action, blamed }) => ({
    violationId: action.violationId ?? blamed,
    strikeId: action.strikeId,
    penaltyId: decidedPenalty(action),
    timeoutId: action.timeoutId,
    banId: action.banId,
    reason: action.reason,
    at: action.createdAt,
  }));
}

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
