import { penalties } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { adminApplyPenalty } from './admin-apply-penalty.ts';
import { deactivatePenalty, unbanUser } from './deactivate-penalty.ts';
import type { PenaltyDeps } from './deps.ts';
import { getAllAdminPenalties } from './get-all-admin-penalties.ts';

export function penaltyRoutes(deps: PenaltyDeps): Binding[] {
  return [
    bind(penalties.listPenalties, ({ caller, query }) => getAllAdminPenalties(deps, caller.actor, query)),
    bind(penalties.issuePenalty, ({ caller, body }) =>
      adminApplyPenalty(deps, caller.actor, {
        ...body,
        durationHours: body.severity === 'temporary' ? body.durationHours : null,
      }),
    ),
    bind(penalties.deactivatePenalty, ({ caller, params, body }) =>
      deactivatePenalty(deps, caller.actor, params.id, body.reason),
    ),
    bind(penalties.banUser, ({ caller, params, body }) =>
      adminApplyPenalty(deps, caller.actor, { ...body, userId: params.id, durationHours: null }),
    ),
    bind(penalties.unbanUser, ({ caller, params, body }) => unbanUser(deps, caller.actor, params.id, body.reason)),
  ];
}
