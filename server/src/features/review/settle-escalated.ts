/**
 * An admin decides what moderators passed on. For the slice of escalations, in its transaction, with the system's rights:
 * it has decided that this admin may, and leaves the one audit entry of the act.
 */
import type { ChannelId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import type { ReviewDeps } from './deps.ts';
import { blameAuthor, clearAuthor, hideText, type Judgement, type Outcome, publishText } from './judgement.ts';
import { lockMatter } from './matter.ts';
import { findProfile, type ItemRow } from './store.ts';
import { giveReasons, tellApproved } from './tell-author.ts';
import { writeDown } from './write-down.ts';

/** The item with its report and its text, locked until the commit. Null: there is none. */
export interface LockedItem {
  readonly item: ItemRow;
  readonly settle: (tx: Tx, verdict: AdminVerdict) => Promise<SettledItem>;
}

export interface AdminVerdict {
  /** `penalty`: the penalty's own letter is the one that the person gets. */
  readonly kind: 'approve' | 'reject' | 'penalty';
  readonly reason: string;
  readonly by: UserId;
  readonly at: Date;
  readonly receipt: string;
  /** With `penalty`. */
  readonly penaltyId?: string;
  /** The rule that was broken; resolved before. */
  readonly policyReference?: string | null;
}

export interface SettledItem {
  /** In `moderation_actions`. */
  readonly actionId: string;
  readonly statementId: string | null;
  /** Where it can still be felt, for pages that show it. */
  readonly channelId: ChannelId | null;
}

export async function lockEscalatedItem(
  tx: Tx,
  deps: Pick<ReviewDeps, 'content' | 'reports'>,
  itemId: string,
): Promise<LockedItem | null> {
  const matter = await lockMatter(tx, deps, itemId);
  if (matter === null) return null;
  return {
    item: matter.item,
    async settle(same, { by, at, kind, penaltyId, policyReference = null, reason, receipt }) {
      const author = await findProfile(same, matter.item.userId);
      const judgement: Judgement = {
        ...matter,
        actionId: uuidv7(),
        by,
        at,
        undoableUntil: null,
        authorIsThere: author !== null && author.erasedAt === null,
        leavesReport: false,
      };
      const outcome: Outcome = {
        ...(await (kind === 'approve' ? publish : takeAway)(same, judgement, {
          kind,
          policyReference,
          reason,
          receipt,
        })),
        kind,
        reason,
        receipt,
        policyReference,
        ...(penaltyId === undefined ? {} : { penaltyId }),
      };
      await writeDown(same, deps, judgement, outcome);
      // From our own row.
      const channelId = matter.item.channelId as ChannelId | null;
      return { actionId: judgement.actionId, statementId: outcome.statementId ?? null, channelId };
    },
  };
}

type Verdict = Pick<AdminVerdict, 'kind' | 'policyReference' | 'reason' | 'receipt'>;

async function publish(tx: Tx, judgement: Judgement, { reason }: Verdict) {
  const contentBefore = await publishText(tx, judgement);
  await clearAuthor(tx, judgement);
  const notificationId = contentBefore === null ? null : await tellApproved(tx, judgement, reason);
  return { contentBefore, notificationId };
}

async function takeAway(tx: Tx, judgement: Judgement, { kind, policyReference, reason, receipt }: Verdict) {
  const contentBefore = await hideText(tx, judgement);
  const { made, violationId } = await blameAuthor(tx, judgement, 'rejected');
  if (kind === 'penalty') return { contentBefore, violationId: made };
  const statementId = await giveReasons(tx, judgement, {
    restriction: 'message_rejected',
    reason,
    appeal: { type: 'violation', id: violationId },
    receipt,
    ...(policyReference == null ? {} : { policyReference }),
  });
  return { contentBefore, violationId: made, statementId };
}
