import { tips } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { TipDeps } from './deps.ts';
import { getGivenTip, listGivenTips, listTips } from './list-tips.ts';
import { sendTip } from './send-tip.ts';

export function tipRoutes(deps: TipDeps): Binding[] {
  return [
    bind(tips.tipLivestream, ({ caller, params, body }) =>
      sendTip(deps, personOfActor(caller.actor), { ...body, streamId: params.id }),
    ),
    bind(tips.listTips, ({ caller, params, query }) => listTips(deps, caller.actor, params.id, query)),
    bind(tips.listGivenTips, ({ caller, query }) => listGivenTips(deps, caller.actor, query)),
    bind(tips.getGivenTip, ({ caller, params }) => getGivenTip(deps, caller.actor, params.id)),
  ];
}
