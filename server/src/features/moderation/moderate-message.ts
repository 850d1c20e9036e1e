/** The one path of every text that somebody else will read: scored, and measured by the thresholds of its place. */
import type { Category, ChannelId } from '@virgil/contract';
import type { Score, TextScoring } from '../classification/index.ts';
import { decideModeration, determineCategory, type ModerationDecision, type Thresholds } from './policy.ts';
import type { ThresholdsInForce } from './thresholds-in-force.ts';

export interface TextToModerate {
  readonly text: string;
  /** Whose place it stands on; null: nobody's, as between two people. */
  readonly channelId: ChannelId | null;
}

export interface Judgement {
  /** Its category is what the decision is about, which need not be what scored highest (`policy.ts`). */
  readonly score: Score;
  /** Those applied. */
  readonly thresholds: Thresholds;
  readonly decision: ModerationDecision;
}

/** Of a text that is not published: then it has a category. */
export interface AdverseJudgement extends Judgement {
  readonly score: Score & { readonly category: Category };
  readonly decision: 'hold' | 'block';
}

export interface TextModeration {
  /** Never fails because a classifier does: the rules then decide alone. */
  moderateMessage(text: TextToModerate): Promise<Judgement>;
}

export function createTextModeration(
  scoring: TextScoring,
  inForce: Pick<ThresholdsInForce, 'of' | 'platform'>,
): TextModeration {
  return {
    async moderateMessage({ channelId, text }) {
      const [scored, thresholds, platform] = await Promise.all([
        scoring.classifyMessage(text),
        inForce.of(channelId),
        inForce.platform(),
      ]);
      const score = { ...scored, ...determineCategory(scored, platform) };
      return { score, thresholds, decision: decideModeration(score, thresholds) };
    },
  };
}

export function isAdverse(judgement: Judgement): judgement is AdverseJudgement {
  return judgement.decision !== 'publish';
}
