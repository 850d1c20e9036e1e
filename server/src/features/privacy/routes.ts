/** One's own data, erasure, holds and retention over HTTP. */
import { privacy } from '@virgil/contract';
import type { Caller, Person } from '../../actor.ts';
import { type Binding, bind } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import { cancelErasure, eraseMe, getErasurePlan } from './ask-erasure.ts';
import type { PrivacyDeps } from './deps.ts';
import { listHolds, placeHold, releaseHold } from './legal-holds.ts';
import { downloadExport, getExport, listExports, requestExport } from './request-export.ts';
import { getRetention, setRetention } from './retention.ts';

/** A copy costs the machine minutes. */
const COPIES = { points: 5, seconds: 86_400 };
const GUESSES = { points: 10, seconds: 300 };

export function privacyRoutes(deps: PrivacyDeps): Binding[] {
  return [
    bind(privacy.requestExport, ({ caller }) => requestExport(deps, personOf(caller)), { limit: COPIES }),
    bind(privacy.listExports, ({ caller }) => listExports(deps, personOf(caller))),
    bind(privacy.getExport, ({ caller, params }) => getExport(deps, personOf(caller), params.id)),
    bind(privacy.downloadExport, ({ caller, params }) => downloadExport(deps, personOf(caller), params.id)),
    bind(privacy.getErasurePlan, ({ caller }) => getErasurePlan(deps, personOf(caller))),
    bind(privacy.eraseMe, ({ caller, body }) => eraseMe(deps, caller, personOf(caller), body.password), {
      limit: GUESSES,
    }),
    bind(privacy.cancelErasure, ({ caller }) => cancelErasure(deps, personOf(caller))),
    bind(privacy.listHolds, ({ caller, query }) => listHolds(deps, personOf(caller), query)),
    bind(privacy.placeHold, ({ caller, params, body }) => placeHold(deps, personOf(caller), params.id, body)),
    bind(privacy.releaseHold, ({ caller, params, body }) =>
      releaseHold(deps, personOf(caller), params.id, body.reason),
    ),
    bind(privacy.getRetention, () => getRetention(deps)),
    bind(privacy.setRetention, ({ caller, body }) => setRetention(deps, personOf(caller), body)),
  ];
}

const personOf = ({ actor }: Caller): Person => personOfActor(actor);
