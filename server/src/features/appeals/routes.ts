import { appealDesk, appeals, penalties, strikes } from '@virgil/contract';
import { type Binding, bind, type Limit } from '../../http/index.ts';
import { createAppeal } from './create-appeal.ts';
import { decideAppeal, decideStrikeAppeal } from './decide-appeal.ts';
import type { AppealDeps } from './deps.ts';
import { listAppeals, listOwnAppeals } from './list-appeals.ts';
import { listOwnPenalties } from './list-own-penalties.ts';

/** Nobody has that many decisions against them. */
const APPEALS: Limit = { points: 20, seconds: 3600 };

export function appealRoutes(deps: AppealDeps): Binding[] {
  return [
    bind(penalties.listOwnPenalties, ({ caller }) => listOwnPenalties(deps, caller.actor)),
    bind(appeals.getUserAppeals, ({ caller, query }) => listOwnAppeals(deps, caller.actor, query)),
    bind(appeals.submitAppeal, ({ caller, body }) => createAppeal(deps, caller.actor, body), { limit: APPEALS }),
    bind(appealDesk.getPendingAppeals, ({ caller, query }) => listAppeals(deps, caller.actor, query)),
    bind(appealDesk.acceptAppeal, ({ caller, params, body }) =>
      decideAppeal(deps, caller.actor, params.id, { decision: 'accepted', reason: body.resolution }),
    ),
    bind(appealDesk.denyAppeal, ({ caller, params, body }) =>
      decideAppeal(deps, caller.actor, params.id, { decision: 'denied', reason: body.resolution }),
    ),
    bind(strikes.decideStrikeAppeal, ({ caller, params, body }) =>
      decideStrikeAppeal(deps, caller.actor, params.id, body),
    ),
  ];
}
