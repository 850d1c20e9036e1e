/** Deleting for oneself: the other person keeps theirs. What neither keeps, and no matter needs, is gone. */
import type { DirectMessageId, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { deleteSide, dropDeleted, forgetConversation } from './deletion-store.ts';
import { signalDeleted } from './deliver-message.ts';
import type { MessageDeps } from './deps.ts';
import { lockMessage } from './store.ts';

type Deps = Pick<MessageDeps, 'database' | 'clock'>;

export async function deleteMessage(deps: Deps, actor: Actor, otherId: UserId, id: DirectMessageId): Promise<void> {
  const { userId } = personOfActor(actor);
  await deps.database.asSystem('delete a message for one of the two', async (tx) => {
    const message = await lockMessage(tx, id);
    const isSender = message?.fromUserId === userId && message.toUserId === otherId;
    const isRecipient = message?.toUserId === userId && message.fromUserId === otherId;
    // What never reached them is not theirs to know of.
    const isKnown =
      isSender || (isRecipient && (message.status === 'published' || message.recipientDeletedAt !== null));
    if (message === null || !isKnown) throw new AppError('not_found');
    await deleteSide(tx, { userId, otherId, at: deps.clock.now() }, id);
    await dropDeleted(tx, userId, otherId);
    await signalDeleted(tx, userId, otherId, [id]);
  });
}

export async function deleteConversation(deps: Deps, actor: Actor, otherId: UserId): Promise<void> {
  const { userId } = personOfActor(actor);
  await deps.database.asSystem('delete a conversation for one of the two', async (tx) => {
    const deleted = await deleteSide(tx, { userId, otherId, at: deps.clock.now() });
    await forgetConversation(tx, userId, otherId);
    await dropDeleted(tx, userId, otherId);
    await signalDeleted(tx, userId, otherId, deleted);
  });
}
