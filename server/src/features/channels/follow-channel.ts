/** Following and no longer following. Repeating either changes nothing and says so by the same answer. */
import type { ChannelId, channels as contract, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { enforce, personOfActor } from './caller.ts';
import type { ChannelDeps } from './deps.ts';
import { describeChannel } from './describe-channel.ts';
import type { ChannelFollowing } from './events.ts';
import { mayFollow } from './policy.ts';
import { deleteFollow, findChannel, insertFollow, readStanding } from './store.ts';

export async function followChannel(deps: ChannelDeps, actor: Actor, channelId: ChannelId): Promise<contract.Channel> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  return deps.database.asActor(actor, async (tx) => {
    if ((await findChannel(tx, channelId)) === null) throw new AppError('not_found');
    enforce(mayFollow(await readStanding(tx, channelId, actor)));
    if (await insertFollow(tx, channelId, userId, at)) {
      const entry = { entity: 'channel', entityId: channelId, actorId: userId, at, details: {} } as const;
      await recordAudit(tx, { ...entry, type: 'CHANNEL_FOLLOWED' });
      await announce(tx, following('channel.followed', channelId, userId, at));
    }
    return describeChannel(deps, tx, channelId, actor);
  });
}

export async function unfollowChannel(
  deps: ChannelDeps,
  actor: Actor,
  channelId: ChannelId,
): Promise<contract.Channel> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  return deps.database.asActor(actor, async (tx) => {
    if (await deleteFollow(tx, channelId, userId)) {
      const entry = { entity: 'channel', entityId: channelId, actorId: userId, at, details: {} } as const;
      await recordAudit(tx, { ...entry, type: 'CHANNEL_UNFOLLOWED' });
      await announce(tx, following('channel.unfollowed', channelId, userId, at));
    }
    return describeChannel(deps, tx, channelId, actor);
  });
}

function following(type: ChannelFollowing['type'], channelId: ChannelId, userId: UserId, at: Date): ChannelFollowing {
  return { type, key: channelId, at: at.toISOString(), channelId, userId };
}
