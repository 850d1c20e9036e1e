import { review } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { applyPunishment } from './apply-punishment.ts';
import { decideSeveral } from './decide-several.ts';
import type { ReviewDeps } from './deps.ts';
import { escalateToAdmin } from './escalate-to-admin.ts';
import { moderatorApprove } from './moderator-approve.ts';
import { moderatorReject } from './moderator-reject.ts';
import { moderatorTimeout } from './moderator-timeout.ts';
import { undoDecision } from './undo-decision.ts';

export function reviewRoutes(deps: ReviewDeps): Binding[] {
  return [
    bind(review.approveItem, ({ caller, params, body }) => moderatorApprove(deps, caller.actor, params.id, body)),
    bind(review.rejectItem, ({ caller, params, body }) => moderatorReject(deps, caller.actor, params.id, body)),
    bind(review.timeOutAuthor, ({ caller, params, body }) => moderatorTimeout(deps, caller.actor, params.id, body)),
    bind(review.punishAuthor, ({ caller, params, body }) => applyPunishment(deps, caller.actor, params.id, body)),
    bind(review.escalateItem, ({ caller, params, body }) => escalateToAdmin(deps, caller.actor, params.id, body)),
    bind(review.undoDecision, ({ caller, params }) => undoDecision(deps, caller.actor, params.id)),
    bind(review.decideSeveral, ({ caller, body }) => decideSeveral(deps, caller.actor, body)),
  ];
}
