/** A moderator approves a text: it is published at its place with its original time, and nothing counts against its author. */
import type { BodyOf, review as contract, desk } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { ReviewDeps } from './deps.ts';
import { type CarryOut, judge } from './judge.ts';
import { clearAuthor, publishText, recordDecision } from './judgement.ts';
import { tellApproved } from './tell-author.ts';

type Body = BodyOf<typeof contract.approveItem>;

export function moderatorApprove(deps: ReviewDeps, actor: Actor, id: desk.ReviewItemId, body: Body) {
  return judge(deps, actor, id, { kind: 'approve', undoable: body.undoable, carryOut: approve(body) });
}

export function approve({ reason }: Pick<Body, 'reason'>): CarryOut {
  return async (tx, judgement) => {
    const contentBefore = await publishText(tx, judgement);
    await clearAuthor(tx, judgement);
    const receipt = await recordDecision(tx, judgement, 'REVIEW_APPROVED', { reason });
    // Of what people reported its author was never told, and a text that is gone has nothing to be told about.
    const notificationId = contentBefore === null ? null : await tellApproved(tx, judgement, reason);
    return { kind: 'approve', reason, contentBefore, notificationId, receipt };
  };
}
