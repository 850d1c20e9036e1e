/** SQL of what is said in an appeal, and of what admins note beside it. */
import { and, asc, count, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { appealMessages as messages, appealNotes as notes, profiles } from '../../db/schema/index.ts';

export type Side = (typeof messages.$inferSelect)['side'];

/** What its owner may read: not which admin wrote. */
const shown = {
  id: messages.id,
  side: messages.side,
  message: messages.message,
  createdAt: messages.createdAt,
  readAt: messages.readAt,
};
export type MessageRow = Pick<typeof messages.$inferSelect, keyof typeof shown>;

const person = { id: profiles.id, displayName: profiles.displayName, avatarKey: profiles.avatarKey };

export async function insertMessage(tx: Tx, row: typeof messages.$inferInsert): Promise<MessageRow> {
  const [written] = await tx.insert(messages).values(row).returning(shown);
  if (written === undefined) throw new Error('a message of an appeal was not written');
  return written;
}

/** Oldest first. */
export async function messagesOf(tx: Tx, appealId: string): Promise<MessageRow[]> {
  return tx.select(shown).from(messages).where(eq(messages.appealId, appealId)).orderBy(asc(messages.id));
}

/** With who wrote them: for admins. */
export async function messagesWithAuthors(tx: Tx, appealId: string) {
  return tx
    .select({ message: shown, author: person })
    .from(messages)
    .leftJoin(profiles, eq(profiles.id, messages.authorId))
    .where(eq(messages.appealId, appealId))
    .orderBy(asc(messages.id));
}

export async function countMessages(tx: Tx, appealId: string): Promise<number> {
  const [row] = await tx.select({ found: count() }).from(messages).where(eq(messages.appealId, appealId));
  return row?.found ?? 0;
}

/** Whether the other side has read everything of this side: then it is told of what comes next. */
export async function hasUnread(tx: Tx, appealId: string, side: Side): Promise<boolean> {
  const rows = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.appealId, appealId), eq(messages.side, side), isNull(messages.readAt)))
    .limit(1);
  return rows.length > 0;
}

/** What this side reads now; how many were new to it. */
export async function markRead(tx: Tx, appealId: string, reader: Side, at: Date): Promise<number> {
  const rows = await tx
    .update(messages)
    .set({ readAt: at })
    .where(and(eq(messages.appealId, appealId), ne(messages.side, reader), isNull(messages.readAt)))
    .returning({ id: messages.id });
  return rows.length;
}

/** Admins who asked something in it. */
export async function whoAsked(tx: Tx, appealId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: messages.authorId })
    .from(messages)
    .where(and(eq(messages.appealId, appealId), eq(messages.side, 'admin')));
  return rows.flatMap(({ id }) => id ?? []);
}

/** How much was said in each appeal, and how many answers no admin has read. */
export async function countsByAppeal(
  tx: Tx,
  appealIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly messages: number; readonly unread: number }>> {
  if (appealIds.length === 0) return new Map();
  const { rows } = await tx.execute<{ appeal_id: string; messages: number; unread: number }>(sql`
    select appeal_id, count(*)::integer as messages,
      (count(*) filter (where side = 'appellant' and read_at is null))::integer as unread
    from appeal_messages
    where appeal_id in (${sql.join(
      appealIds.map((id) => sql`${id}`),
      sql`, `,
    )})
    group by appeal_id`);
  return new Map(rows.map(({ appeal_id, ...counts }) => [appeal_id, counts]));
}

export async function insertNote(tx: Tx, row: typeof notes.$inferInsert): Promise<void> {
  await tx.insert(notes).values(row);
}

/** Oldest first; with the rights of whoever asks, so that nobody reads the notes on their own appeal. */
export async function notesOf(tx: Tx, appealId: string) {
  return tx
    .select({ note: notes, author: person })
    .from(notes)
    .leftJoin(profiles, eq(profiles.id, notes.authorId))
    .where(eq(notes.appealId, appealId))
    .orderBy(asc(notes.id));
}
