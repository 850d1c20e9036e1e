/** A moderator hides a text for good and lets its author not write on the channel for a while. */
import type { BodyOf, ChannelId, review as contract, desk } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { timeOut } from '../sanctions/index.ts';
import type { ReviewDeps } from './deps.ts';
import { type CarryOut, judge } from './judge.ts';
import { authorOf, blameAuthor, hideText, type Judgement, refuseErased } from './judgement.ts';
import { giveReasons } from './tell-author.ts';

type Body = BodyOf<typeof contract.timeOutAuthor>;

export function moderatorTimeout(deps: ReviewDeps, actor: Actor, id: desk.ReviewItemId, body: Body) {
  return judge(deps, actor, id, { kind: 'timeout', undoable: body.undoable, carryOut: timeoutFor(body) });
}

export function timeoutFor({ minutes, reason }: Pick<Body, 'minutes' | 'reason'>): CarryOut {
  return async (tx, judgement, sides) => {
    refuseErased(judgement);
    const channelId = channelOf(judgement);
    if (channelId === null) {
      throw new AppError('not_allowed', {
        detail: 'This text stands on no channel that its author could be timed out on. Warn them, or escalate it.',
      });
    }
    const { at, by, item } = judgement;
    // Under a recording the platform decides, and a creator may have written there too.
    if (sides.author.rank === 'owner' || item.userId === channelId) {
      throw new AppError('not_allowed', {
        detail: 'Nobody is timed out on their own channel. Warn them, give a strike, or escalate it.',
      });
    }
    const contentBefore = await hideText(tx, judgement);
    const { made } = await blameAuthor(tx, judgement, 'rejected');
    const userId = authorOf(judgement);
    const { receipt, timeoutId, until } = await timeOut(tx, {
      channelId,
      userId,
      minutes,
      reason,
      by,
      at,
      reviewItemId: item.id,
    });
    const statementId = await giveReasons(tx, judgement, {
      restriction: 'chat_timeout',
      reason,
      appeal: { type: 'timeout', id: timeoutId },
      until,
      receipt,
    });
    const columns = { minutes, violationId: made, timeoutId, statementId, timedOutUntil: until };
    return { kind: 'timeout', reason, contentBefore, receipt, ...columns };
  };
}

/** Of a comment the channel of its video, although no moderator of that channel decides on it. */
function channelOf({ context, item }: Judgement): ChannelId | null {
  // From our own row.
  if (item.channelId !== null) return item.channelId as ChannelId;
  return item.sourceType === 'comment' ? (context?.channelId ?? null) : null;
}
