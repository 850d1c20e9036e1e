/** The words with a tip are judged before it is charged, and what follows is recorded when it is paid. */
import { category, type StreamId } from '@virgil/contract';
import { z } from 'zod';
import { type AdverseJudgement, isAdverse, type Judgement, type ModeratedText } from '../moderation/index.ts';
import type { TipRow } from './store.ts';

const unit = z.number().min(0).max(1);
const stored = z.object({
  version: z.literal(1),
  decision: z.enum(['publish', 'hold', 'block']),
  score: z.object({
    score: unit,
    category: category.nullable(),
    reason: z.string(),
    breakdown: z.partialRecord(category, unit),
    version: z.string(),
    normalised: z.string(),
    by: z.string(),
  }),
  thresholds: z.object({ hold: unit, block: unit }),
});
export type StoredJudgement = z.input<typeof stored>;

const STATUS = { publish: 'published', hold: 'held', block: 'blocked' } as const;

/** Columns of a tip with words. */
export function judged(judgement: Judgement) {
  const { decision, score, thresholds } = judgement;
  return {
    messageStatus: STATUS[decision],
    riskScore: score.score,
    category: score.category,
    scoredBy: score.by,
    reason: score.reason,
    judgement: { version: 1, decision, score: { ...score }, thresholds } satisfies StoredJudgement,
  };
}

/** Null for words that are shown, and for a tip whose giver or room is gone. */
export function moderatedTip(
  row: TipRow,
  facts: { readonly streamTitle: string; readonly receipt: string; readonly at: Date },
): ModeratedText | null {
  const judgement = adverseOf(row);
  const { channelId, message, streamId, tipperId } = row;
  if (judgement === null || tipperId === null || streamId === null || channelId === null) return null;
  const { at, receipt, streamTitle } = facts;
  return {
    // All ids come from our own row.
    source: {
      type: 'live',
      contentId: row.id,
      streamId: streamId as StreamId,
      channelId: channelId as NonNullable<ModeratedText['source']['channelId']>,
      videoId: null,
      createdAt: row.createdAt,
    },
    author: tipperId as ModeratedText['author'],
    text: message,
    judgement,
    letter: {
      kind: 'tip_message',
      subject: `The message with your tip in the livestream “${streamTitle}”`,
      more: 'Your tip has arrived and is shown without it.',
      data: { tipId: row.id, streamId, streamTitle },
    },
    receipt,
    at,
  };
}

function adverseOf(row: TipRow): AdverseJudgement | null {
  if (row.messageStatus !== 'held' && row.messageStatus !== 'blocked') return null;
  const judgement = stored.parse(row.judgement);
  return isAdverse(judgement) ? judgement : null;
}
