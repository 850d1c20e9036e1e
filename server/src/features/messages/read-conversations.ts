/** One's conversations, one of them, and having read it. */
import type { messages as contract, OutputOf, QueryOf, UserId } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { towardsOf } from '../blocks/index.ts';
import { personOf, personOfActor } from '../channels/index.ts';
import { countUnread, countUnreadWith, newestOf, searchConversations } from './conversation-store.ts';
import { signalRead } from './deliver-message.ts';
import type { MessageDeps } from './deps.ts';
import { describeMessage } from './describe-message.ts';
import { findOther, markRead, readMessages } from './store.ts';

const onlyId = z.tuple([z.string().max(64)]);

export async function listConversations(
  { database }: Pick<MessageDeps, 'database'>,
  actor: Actor,
  { cursor, limit, q: words }: QueryOf<typeof contract.listConversations>,
): Promise<OutputOf<typeof contract.listConversations>> {
  const { userId } = personOfActor(actor);
  const after = decodeCursor(cursor, instantAndId);
  return database.asActor(actor, async (tx) => {
    const found = await searchConversations(tx, { userId, words, after, limit });
    const { rows, nextCursor } = pageOf(found, limit, ({ at, person }) => [at.toISOString(), person.id]);
    const newest = await newestOf(
      tx,
      userId,
      rows.map(({ person }) => person.id),
    );
    const items = rows.map(({ at, blocked, muted, person, unread }) => {
      const last = newest.get(person.id);
      return {
        person: personOf(person),
        last: last === undefined ? null : describeMessage(last, userId),
        at: at.toISOString(),
        unread,
        towards: { blocked, muted },
      };
    });
    return { items, nextCursor, counts: { unread: await countUnread(tx, userId) } };
  });
}

export async function getConversation(
  { database }: Pick<MessageDeps, 'database'>,
  actor: Actor,
  otherId: UserId,
  { cursor, limit }: QueryOf<typeof contract.getConversation>,
): Promise<OutputOf<typeof contract.getConversation>> {
  const { userId } = personOfActor(actor);
  const after = decodeCursor(cursor, onlyId);
  return database.asActor(actor, async (tx) => {
    const other = await findOther(tx, otherId);
    if (other === null || otherId === userId) throw new AppError('not_found');
    const found = await readMessages(tx, { userId, otherId, after, limit });
    const { rows, nextCursor } = pageOf(found, limit, ({ id }) => [id]);
    return {
      items: rows.map((row) => describeMessage(row, userId)),
      nextCursor,
      person: personOf(other.person),
      unread: await countUnreadWith(tx, userId, otherId),
      towards: await towardsOf(tx, { userId, otherId }),
      reachable: other.erasedAt === null,
    };
  });
}

export async function readConversation(
  { database }: Pick<MessageDeps, 'database'>,
  actor: Actor,
  otherId: UserId,
): Promise<{ unread: number }> {
  const { userId } = personOfActor(actor);
  // Beyond row security: nobody writes to what is unread by themselves, or they could mark another's.
  await database.asSystem('somebody read what another wrote to them', async (tx) => {
    if (await markRead(tx, userId, otherId)) await signalRead(tx, userId, otherId);
  });
  return { unread: await database.asActor(actor, (tx) => countUnread(tx, userId)) };
}
