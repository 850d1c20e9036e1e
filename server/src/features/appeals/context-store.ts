/** SQL of what surrounds an appeal: the violations, what was decided on the item, the lines around the text. */
import type { Category } from '@virgil/contract';
import { aliasedTable, and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  moderationActions as actions,
  moderatorReviewQueue as items,
  profiles,
  statementsOfReasons as statements,
  streamMessages,
  userViolations as violations,
} from '../../db/schema/index.ts';
import { type AppealWithPeople, findAppeals } from './store.ts';
import type { Step } from './undo-plan.ts';

const author = aliasedTable(profiles, 'author');
const person = { id: author.id, displayName: author.displayName, avatarKey: author.avatarKey };
/** Around the text, on each side. */
const NEIGHBOURS = 20;

export async function violationsWithChannels(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return tx
    .select({ violation: violations, channel: { id: profiles.id, displayName: profiles.displayName } })
    .from(violations)
    .leftJoin(profiles, eq(profiles.id, violations.channelId))
    .where(inArray(violations.id, [...ids]))
    .orderBy(asc(violations.createdAt));
}

/** All of it, also what was taken back; oldest first. */
export async function stepsOn(tx: Tx, itemIds: readonly string[]) {
  if (itemIds.length === 0) return [];
  return tx
    .select({ action: actions, by: person })
    .from(actions)
    .leftJoin(author, eq(author.id, actions.actorId))
    .where(inArray(actions.itemId, [...itemIds]))
    .orderBy(asc(actions.createdAt), asc(actions.id));
}

export async function moderatorNotesOn(tx: Tx, itemIds: readonly string[]): Promise<string[]> {
  if (itemIds.length === 0) return [];
  const rows = await tx
    .select({ notes: items.moderatorNotes, escalation: items.escalationNote })
    .from(items)
    .where(inArray(items.id, [...itemIds]));
  return rows.flatMap(({ escalation, notes }) => [notes ?? '', escalation ?? ''].filter((each) => each !== ''));
}

const line = {
  id: streamMessages.id,
  userId: streamMessages.userId,
  displayName: streamMessages.displayName,
  text: streamMessages.message,
  createdAt: streamMessages.createdAt,
  status: streamMessages.status,
  riskScore: streamMessages.riskScore,
  category: sql<Category | null>`${streamMessages.category}`,
};

/** A line of chat with what was written before and after it, oldest first; empty when it is gone. */
export async function chatAround(tx: Tx, messageId: string) {
  const [subject] = await tx.select().from(streamMessages).where(eq(streamMessages.id, messageId));
  if (subject === undefined) return [];
  const sameRoom = eq(streamMessages.streamId, subject.streamId);
  const before = await tx
    .select(line)
    .from(streamMessages)
    .where(and(sameRoom, lt(streamMessages.id, messageId)))
    .orderBy(desc(streamMessages.id))
    .limit(NEIGHBOURS);
  const from = await tx
    .select(line)
    .from(streamMessages)
    .where(and(sameRoom, gte(streamMessages.id, messageId)))
    .orderBy(asc(streamMessages.id))
    .limit(NEIGHBOURS + 1);
  return [...before.reverse(), ...from].map((row) => ({ ...row, isSubject: row.id === messageId }));
}

/** The statement that told the person, of several the one an appeal would be about. */
export async function statementIn(tx: Tx, steps: readonly Step[]) {
  const ids = steps.filter(({ what }) => what === 'statement').map(({ id }) => id);
  if (ids.length === 0) return null;
  const [row] = await tx
    .select()
    .from(statements)
    .where(inArray(statements.id, ids))
    .orderBy(desc(statements.createdAt))
    .limit(1);
  return row ?? null;
}

/** A chat line that a strike was given for without a violation: the report was about it. */
export async function lineReported(tx: Tx, steps: readonly Step[]): Promise<string | null> {
  const row = await statementIn(tx, steps);
  return row?.subjectType === 'message' ? row.subjectId : null;
}

export async function findWithPeople(tx: Tx, id: string): Promise<AppealWithPeople | null> {
  const [found] = await findAppeals(tx, [id]);
  return found ?? null;
}
