/** A moderator rejects a text: it is hidden for good, and its author is told why. */
import type { BodyOf, review as contract, desk } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { ReviewDeps } from './deps.ts';
import { type CarryOut, judge } from './judge.ts';
import { blameAuthor, hideText, recordDecision } from './judgement.ts';
import { giveReasons } from './tell-author.ts';

type Body = BodyOf<typeof contract.rejectItem>;

export function moderatorReject(deps: ReviewDeps, actor: Actor, id: desk.ReviewItemId, body: Body) {
  return judge(deps, actor, id, { kind: 'reject', undoable: body.undoable, carryOut: reject(body) });
}

export function reject({ reason }: Pick<Body, 'reason'>): CarryOut {
  return async (tx, judgement) => {
    const contentBefore = await hideText(tx, judgement);
    const { made, violationId } = await blameAuthor(tx, judgement, 'rejected');
    const receipt = await recordDecision(tx, judgement, 'REVIEW_REJECTED', { reason });
    const statementId = await giveReasons(tx, judgement, {
      restriction: 'message_rejected',
      reason,
      appeal: { type: 'violation', id: violationId },
      receipt,
    });
    return { kind: 'reject', reason, contentBefore, violationId: made, statementId, receipt };
  };
}
