/** A moderator passes a text on to the admins. It stays as it is, and its author hears of it when they have decided. */
import type { BodyOf, review as contract, desk } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { ReviewDeps } from './deps.ts';
import { type CarryOut, judge } from './judge.ts';
import { recordDecision } from './judgement.ts';

type Body = BodyOf<typeof contract.escalateItem>;

export function escalateToAdmin(deps: ReviewDeps, actor: Actor, id: desk.ReviewItemId, body: Body) {
  return judge(deps, actor, id, { kind: 'escalate', undoable: body.undoable, carryOut: escalate(body) });
}

export function escalate({ note = '', trigger }: Pick<Body, 'note' | 'trigger'>): CarryOut {
  return async (tx, judgement) => {
    const receipt = await recordDecision(tx, judgement, 'REVIEW_ESCALATED', { reason: note, details: { trigger } });
    return { kind: 'escalate', reason: note, escalationTrigger: trigger, contentBefore: null, receipt };
  };
}
