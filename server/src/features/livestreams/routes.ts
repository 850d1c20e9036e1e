import { livestreams } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { getChat, getLivestream, listActive, listByCreator } from './browse.ts';
import type { LivestreamDeps } from './deps.ts';
import { endLivestream } from './end-livestream.ts';
import { getHealth } from './get-health.ts';
import { startLivestream } from './start-livestream.ts';
import { updateLivestream } from './update-livestream.ts';

/** Starting and ending in a loop is nobody's livestream. */
const START_LIMIT = { points: 30, seconds: 60 };

/** `livestreams.report` is bound with the other reports. */
export function livestreamRoutes(deps: LivestreamDeps): Binding[] {
  return [
    bind(livestreams.startLivestream, ({ caller, body }) => startLivestream(deps, caller.actor, body), {
      limit: START_LIMIT,
    }),
    bind(livestreams.endLivestream, ({ caller, params }) => endLivestream(deps, caller.actor, params.id)),
    bind(livestreams.updateLivestream, ({ caller, params, body }) =>
      updateLivestream(deps, caller.actor, params.id, body),
    ),
    bind(livestreams.listActive, ({ query }) => listActive(deps, query)),
    bind(livestreams.getLivestream, ({ caller, params }) => getLivestream(deps, caller.actor, params.id)),
    bind(livestreams.getChatHistory, ({ caller, params, query }) => getChat(deps, caller.actor, params.id, query)),
    bind(livestreams.listByCreator, ({ caller, params, query }) =>
      listByCreator(deps, caller.actor, params.creatorId, query),
    ),
    bind(livestreams.getLivestreamHealth, ({ caller, params }) => getHealth(deps, caller.actor, params.id)),
  ];
}
