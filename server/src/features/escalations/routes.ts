import { escalations } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import type { EscalationDeps } from './deps.ts';
import { getAdminEscalationQueue } from './get-admin-escalation-queue.ts';
import { getEscalation } from './get-escalation.ts';
import { resolveEscalation } from './resolve-escalation.ts';
import { getEscalationTimes, setEscalationTimes } from './set-escalation-times.ts';

export function escalationRoutes(deps: EscalationDeps): Binding[] {
  return [
    bind(escalations.listEscalations, ({ caller, query }) => getAdminEscalationQueue(deps, caller.actor, query)),
    bind(escalations.getEscalation, ({ caller, params }) => getEscalation(deps, caller.actor, params.id)),
    bind(escalations.resolveEscalation, ({ body, caller, params }) =>
      resolveEscalation(deps, caller.actor, params.id, body),
    ),
    bind(escalations.getEscalationTimes, () => getEscalationTimes(deps)),
    bind(escalations.setEscalationTimes, ({ body, caller }) => setEscalationTimes(deps, caller.actor, body)),
  ];
}
