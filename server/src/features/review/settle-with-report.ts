/**
 * An admin resolves a report of a text that waits in the queue: that decides the item too. The report's audit entry and
 * its letter are the only ones, but for a held text that is published after all: its author waits for an answer.
 */
import type { ReportId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import type { HeldContents } from './held-content.ts';
import { blameAuthor, clearAuthor, type Judgement, type Outcome, publishText, statusAfter } from './judgement.ts';
import { findProfile, type ItemRow, insertAction, lockOpenItemOn, updateItem } from './store.ts';
import { tellApproved } from './tell-author.ts';

/** What waits of the text, locked. Called after the report was locked and before the text is touched. Null: nothing. */
export function lockItemOfReport(tx: Tx, contentId: string): Promise<ItemRow | null> {
  return lockOpenItemOn(tx, contentId);
}

export interface ReportResolution {
  readonly item: ItemRow;
  readonly reportId: ReportId;
  /** `approved`: the text was taken away by then, and its author has a strike. */
  readonly decision: 'approved' | 'rejected';
  readonly reason: string;
  readonly by: UserId;
  readonly at: Date;
  readonly receipt: string;
  readonly strikeId: string | null;
  readonly statementId: string | null;
  /** What the text was before the report was resolved. */
  readonly contentBefore: Outcome['contentBefore'];
}

export async function settleWithReport(tx: Tx, contents: HeldContents, resolution: ReportResolution): Promise<void> {
  const { at, by, decision, item, reason, receipt, reportId, statementId, strikeId } = resolution;
  const content = contents[item.sourceType];
  const author = await findProfile(tx, item.userId);
  const judgement: Judgement = {
    item,
    reportId,
    content,
    context: await content.context(tx, item.contentId),
    actionId: uuidv7(),
    by,
    at,
    undoableUntil: null,
    authorIsThere: author !== null && author.erasedAt === null,
  };
  const kind = decision === 'rejected' ? 'approve' : strikeId === null ? 'reject' : 'strike';
  let contentBefore = resolution.contentBefore;
  let violationId: string | null = null;
  let notificationId: string | null = null;
  if (kind === 'approve') {
    contentBefore = await publishText(tx, judgement);
    await clearAuthor(tx, judgement);
    if (contentBefore !== null) notificationId = await tellApproved(tx, judgement, reason);
  } else {
    violationId = (await blameAuthor(tx, judgement, kind === 'strike' ? 'struck' : 'rejected')).made;
  }
  await updateItem(tx, item.id, {
    resolutionStatus: statusAfter(kind) === 'approved' ? 'approved' : 'rejected',
    resolutionTimestamp: at,
    resolvedBy: by,
    moderatorNotes: reason,
    claimedBy: null,
    claimedAt: null,
    claimExpiresAt: null,
    updatedAt: at,
  });
  await insertAction(tx, {
    id: judgement.actionId,
    itemId: item.id,
    userId: item.userId,
    channelId: item.channelId,
    kind,
    actorId: by,
    reason,
    statusBefore: item.resolutionStatus === 'escalated' ? 'escalated' : 'pending',
    contentBefore,
    violationId,
    notificationId,
    statementId,
    strikeId,
    reportId,
    receipt,
    createdAt: at,
  });
}
