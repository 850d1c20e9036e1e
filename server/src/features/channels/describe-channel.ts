/** A channel as the contract shows it to one caller. */
import type { ChannelId, channels as contract } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { ChannelDeps } from './deps.ts';
import { personOf } from './person.ts';
import { channelRoleOf, GUEST_STANDING } from './policy.ts';
import { type ChannelRow, findChannel, readStandings } from './store.ts';

export async function describeChannels(
  deps: ChannelDeps,
  tx: Tx,
  rows: readonly ChannelRow[],
  actor: Actor,
): Promise<contract.Channel[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ channel }) => channel.id);
  const live = await deps.liveOf(tx, ids);
  const standings = await readStandings(tx, ids, actor);
  return rows.map(({ channel, person }) => {
    const standing = standings.get(channel.id) ?? GUEST_STANDING;
    const { displayName, avatarUrl } = personOf(person);
    return {
      id: channel.id as ChannelId,
      displayName,
      avatarUrl,
      description: channel.description,
      defaultRealm: channel.defaultRealm,
      followers: channel.followers,
      live: live.get(channel.id) ?? null,
      me: { role: channelRoleOf(standing), following: standing.isFollowing },
    };
  });
}

export async function describeChannel(deps: ChannelDeps, tx: Tx, id: string, actor: Actor): Promise<contract.Channel> {
  const row = await findChannel(tx, id);
  const [described] = row === null ? [] : await describeChannels(deps, tx, [row], actor);
  if (described === undefined) throw new AppError('not_found');
  return described;
}
