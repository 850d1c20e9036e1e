import { channels } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { grantRole, revokeRole } from './change-members.ts';
import { changeSettings, getSettings } from './channel-settings.ts';
import type { ChannelDeps } from './deps.ts';
import { describeChannel } from './describe-channel.ts';
import { followChannel, unfollowChannel } from './follow-channel.ts';
import { listChannels } from './list-channels.ts';
import { listMembers } from './list-members.ts';
import type { GrantedRole } from './policy.ts';
import { readAs } from './reading.ts';

/** A new price is told to everybody who pays: it must not become a way to write to them all day. */
const SETTINGS_LIMIT = { points: 60, seconds: 3600 };

export function channelRoutes(deps: ChannelDeps): Binding[] {
  return [
    bind(channels.listChannels, ({ caller, query }) => listChannels(deps, caller.actor, query)),
    bind(channels.getChannel, ({ caller: { actor }, params }) =>
      readAs(deps.database, actor, (tx) => describeChannel(deps, tx, params.id, actor)),
    ),
    bind(channels.follow, ({ caller, params }) => followChannel(deps, caller.actor, params.id)),
    bind(channels.unfollow, ({ caller, params }) => unfollowChannel(deps, caller.actor, params.id)),
    bind(channels.listMembers, ({ caller, params, query }) => listMembers(deps, caller.actor, params.id, query)),
    ...grants(deps, 'moderator', channels.moderatorGrants),
    ...grants(deps, 'vip', channels.vipGrants),
    ...grants(deps, 'patron', channels.patronGrants),
    bind(channels.getChannelSettings, ({ caller, params }) => getSettings(deps, caller.actor, params.id)),
    bind(
      channels.updateChannelSettings,
      ({ caller, params, body }) => changeSettings(deps, caller.actor, params.id, body),
      { limit: SETTINGS_LIMIT },
    ),
  ];
}

function grants(deps: ChannelDeps, role: GrantedRole, operations: typeof channels.moderatorGrants): Binding[] {
  const changeOf = ({ id, userId }: { id: channels.Channel['id']; userId: channels.Member['person']['id'] }) => ({
    channelId: id,
    userId,
    role,
  });
  return [
    bind(operations.grant, ({ caller, params }) => grantRole(deps, caller.actor, changeOf(params))),
    bind(operations.revoke, async ({ caller, params }) => {
      await revokeRole(deps, caller.actor, changeOf(params));
      return undefined;
    }),
  ];
}
