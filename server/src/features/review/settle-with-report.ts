/**
 * An admin resolves a report of a text that waits in the queue: that decides the item too. The report's audit entry and
 * its letter are the only ones, but for a held text that is published after all: its author waits for an answer.
 */
import type { ReportId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import type { HeldContents } from './held-content.ts';
import { blameAuthor, clearAuthor, type Judgement, type Outcome, publishText } from './judgement.ts';
import { findProfile, type ItemRow, lockOpenItemOn } from './store.ts';
import { tellApproved } from './tell-author.ts';
import { writeDown } from './write-down.ts';

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
  const { at, by, decision, item, reportId } = resolution;
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
    leavesReport: false,
  };
  const outcome =
    decision === 'rejected'
      ? await publish(tx, judgement, resolution)
      : await blame(tx, judgement, resolution, resolution.strikeId === null ? 'reject' : 'strike');
  // The report itself is resolved by then.
  await writeDown(tx, { reports: { resolve: async () => [] } }, judgement, outcome);
}

async function publish(tx: Tx, judgement: Judgement, { reason, receipt }: ReportResolution): Promise<Outcome> {
  const contentBefore = await publishText(tx, judgement);
  await clearAuthor(tx, judgement);
  const notificationId = contentBefore === null ? null : await tellApproved(tx, judgement, reason);
  return { kind: 'approve', reason, receipt, contentBefore, notificationId };
}

async function blame(
  tx: Tx,
  judgement: Judgement,
  { contentBefore, reason, receipt, statementId, strikeId }: ReportResolution,
  kind: 'reject' | 'strike',
): Promise<Outcome> {
  const { made } = await blameAuthor(tx, judgement, kind === 'strike' ? 'struck' : 'rejected');
  return { kind, reason, receipt, contentBefore, violationId: made, statementId, strikeId };
}
