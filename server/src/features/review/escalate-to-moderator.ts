/**
 * A text goes to people who judge it: the moderators of its channel, or, where there is none, the platform moderator
 * who has the least to do. Runs in the transaction of whatever found it, with the system's rights.
 */
import type { Category, ChannelId, desk, StreamId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { leastBusyModerator } from './assignment-store.ts';
import { insertItem, lockOpenItemOn, updateItem } from './store.ts';

export interface NewReviewItem {
  /** Null: nobody is blamed, as for self-harm, or people reported what nobody has judged yet. */
  readonly violationId: string | null;
  /** The author. */
  readonly userId: UserId;
  /** False: people reported it. */
  readonly reportedByAi: boolean;
  readonly source: {
    readonly type: 'live' | 'comment' | 'inboxMessage';
    readonly contentId: string;
    readonly streamId: StreamId | null;
    /** Whose moderators decide; null: it is assigned to a moderator of the platform. */
    readonly channelId: ChannelId | null;
    readonly videoId: string | null;
    readonly createdAt: Date;
  };
  /** The text; shortened here. */
  readonly preview: string;
  readonly riskScore: number;
  readonly category: Category;
  /** Straight to the admins. */
  readonly escalation?: { readonly trigger: desk.EscalationTrigger; readonly note: string | null };
  readonly at: Date;
}

const PREVIEW_LENGTH = 500;

/** The item's id. A text that waits already keeps the item it has. */
export async function escalateToModerator(tx: Tx, item: NewReviewItem): Promise<string> {
  const { at, escalation, source } = item;
  for (;;) {
    const isAssigned = source.channelId === null && escalation === undefined;
    const row = await insertItem(tx, {
      id: uuidv7(),
      violationId: item.violationId,
      userId: item.userId,
      reportedByAi: item.reportedByAi,
      sourceType: source.type,
      contentId: source.contentId,
      contentPreview: shortened(item.preview),
      contentCreatedAt: source.createdAt,
      riskScore: item.riskScore,
      category: item.category,
      headsQueue: item.category === 'minors',
      channelId: source.channelId,
      streamId: source.streamId,
      videoId: source.videoId,
      assignedModeratorId: isAssigned
        ? await leastBusyModerator(tx, { authorId: item.userId, contentId: source.contentId }, at)
        : null,
      ...(escalation === undefined
        ? {}
        : {
            resolutionStatus: 'escalated' as const,
            escalatedAt: at,
            escalationTrigger: escalation.trigger,
            escalationNote: escalation.note,
          }),
      createdAt: at,
      updatedAt: at,
    });
    if (row !== null) return row.id;
    const open = await lockOpenItemOn(tx, source.contentId);
    // Decided between the two statements: then this is another matter, and gets an item of its own.
    if (open === null) continue;
    // Whoever says it first: children may be in danger.
    if (item.category === 'minors' && !open.headsQueue) {
      await updateItem(tx, open.id, { headsQueue: true, category: 'minors', updatedAt: at });
    }
    return open.id;
  }
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length <= PREVIEW_LENGTH ? text : `${letters.slice(0, PREVIEW_LENGTH - 1).join('')}…`;
}
