/**
 * A moderator punishes the author of a text, which is hidden for good: a warning, a strike of 90 days, or a ban from
 * the channel. Where there is no stream to keep them out of, a ban is passed on to the admins.
 */
import type { BodyOf, ChannelId, review as contract, desk } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { resolvePolicyReference } from '../policies/index.ts';
import { banFromChannel } from '../sanctions/index.ts';
import { issueStrike } from '../strikes/index.ts';
import type { ReviewDeps } from './deps.ts';
import { escalate } from './escalate-to-admin.ts';
import { type CarryOut, judge } from './judge.ts';
import { authorOf, blameAuthor, hideText, recordDecision, refuseErased } from './judgement.ts';
import { canBan, triggerOf } from './policy.ts';
import { giveReasons } from './tell-author.ts';

type Body = BodyOf<typeof contract.punishAuthor>;
type Words = Pick<Body, 'reason' | 'policyReference'>;

export function applyPunishment(deps: ReviewDeps, actor: Actor, id: desk.ReviewItemId, body: Body) {
  return judge(deps, actor, id, { kind: body.type, undoable: body.undoable, carryOut: PUNISHMENTS[body.type](body) });
}

export const PUNISHMENTS: Readonly<Record<Body['type'], (words: Words) => CarryOut>> = { warning, strike, ban };

function warning({ policyReference, reason }: Words): CarryOut {
  return async (tx, judgement) => {
    refuseErased(judgement);
    await refuseUnknownRule(tx, policyReference, judgement.at);
    const contentBefore = await hideText(tx, judgement);
    const { made, violationId } = await blameAuthor(tx, judgement, 'warned');
    const details = { punishment: 'warning', ...ruleIn(policyReference) };
    const receipt = await recordDecision(tx, judgement, 'PUNISHMENT_APPLIED', { reason, details });
    const statementId = await giveReasons(tx, judgement, {
      restriction: 'warning',
      reason,
      appeal: { type: 'violation', id: violationId },
      receipt,
      ...ruleIn(policyReference),
    });
    const columns = { violationId: made, statementId, ...ruleIn(policyReference) };
    return { kind: 'warning', reason, contentBefore, receipt, ...columns };
  };
}

function strike({ policyReference, reason }: Words): CarryOut {
  return async (tx, judgement, { decider }) => {
    refuseErased(judgement);
    await refuseUnknownRule(tx, policyReference, judgement.at);
    const { at, by, item, undoableUntil } = judgement;
    const isChannels = decider.capacity === 'owner' || decider.capacity === 'moderator';
    const contentBefore = await hideText(tx, judgement);
    const { made } = await blameAuthor(tx, judgement, 'struck');
    const issued = await issueStrike(tx, {
      userId: authorOf(judgement),
      reason,
      category: item.category,
      // Of the item, not of the decision: at most one strike each.
      source: { kind: 'review', id: item.id, channelId: isChannels ? (item.channelId as ChannelId | null) : null },
      issuedBy: by,
      at,
      deliverAt: undoableUntil ?? undefined,
    });
    const details = { punishment: 'strike', strikeId: issued.strikeId, ...ruleIn(policyReference) };
    const receipt = await recordDecision(tx, judgement, 'PUNISHMENT_APPLIED', { reason, details });
    const statementId = await giveReasons(tx, judgement, {
      restriction: 'strike',
      reason,
      appeal: { type: 'strike', id: issued.strikeId },
      warning: issued.warning,
      receipt,
      ...ruleIn(policyReference),
    });
    return {
      kind: 'strike',
      reason,
      contentBefore,
      receipt,
      violationId: made,
      statementId,
      strikeId: issued.strikeId,
      penaltyId: issued.bannedBy,
      ...ruleIn(policyReference),
      strikeNumber: issued.number,
      closesAccount: issued.bannedBy !== null,
    };
  };
}

function ban({ policyReference, reason }: Words): CarryOut {
  return async (tx, judgement, sides) => {
    const { at, by, item } = judgement;
    if (!canBan(item)) {
      const note = `A ban was asked for. Reason: ${reason}`;
      return escalate({ trigger: triggerOf(item.category), note })(tx, judgement, sides);
    }
    refuseErased(judgement);
    refuseOwner(sides.author.rank);
    await refuseUnknownRule(tx, policyReference, judgement.at);
    const contentBefore = await hideText(tx, judgement);
    const { made, violationId } = await blameAuthor(tx, judgement, 'rejected');
    const {
      banId,
      isNew,
      receipt: ofBan,
    } = await banFromChannel(tx, {
      // `canBan` says that there is one.
      channelId: item.channelId as ChannelId,
      userId: authorOf(judgement),
      reason,
      category: item.category,
      by,
      at,
      reviewItemId: item.id,
    });
    const details = { punishment: 'ban', banId, ...ruleIn(policyReference) };
    const receipt = ofBan ?? (await recordDecision(tx, judgement, 'PUNISHMENT_APPLIED', { reason, details }));
    const statementId = await giveReasons(tx, judgement, {
      restriction: 'channel_ban',
      reason,
      // Who was banned before appeals that ban where it was given; what is new here is the text.
      appeal: isNew ? { type: 'ban', id: banId } : { type: 'violation', id: violationId },
      receipt,
      ...ruleIn(policyReference),
    });
    const columns = { violationId: made, statementId, banId: isNew ? banId : null, ...ruleIn(policyReference) };
    return { kind: 'ban', reason, contentBefore, receipt, ...columns };
  };
}

const ruleIn = (policyReference: string | undefined) => (policyReference === undefined ? {} : { policyReference });

async function refuseUnknownRule(tx: Tx, policyReference: string | undefined, at: Date): Promise<void> {
  if (policyReference === undefined || (await resolvePolicyReference(tx, policyReference, at)) !== null) return;
  throw new AppError('invalid', { errors: [{ path: 'policyReference', message: 'there is no such rule' }] });
}

function refuseOwner(author: string): void {
  if (author !== 'owner') return;
  throw new AppError('not_allowed', {
    detail: 'Nobody is banned from their own channel. Give a strike, or escalate it.',
  });
}
