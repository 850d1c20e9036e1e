/** What thresholds would have made of texts whose scores are known. */
import type { moderation } from '@virgil/contract';
import type { Thresholds } from '../../../ui/risk-score.ts';

export interface Outcome {
  readonly held: number;
  readonly blocked: number;
}

/** Scores are known to a hundredth; categories that are never blocked automatically are held instead. */
export function outcomeWith({ buckets }: Pick<moderation.ScoreDistribution, 'buckets'>, limits: Thresholds): Outcome {
  let held = 0;
  let blocked = 0;
  for (const { neverBlocked, score, texts } of buckets) {
    if (score < limits.hold) continue;
    const isBlocked = score >= limits.block;
    blocked += isBlocked ? texts - neverBlocked : 0;
    held += isBlocked ? neverBlocked : texts;
  }
  return { held, blocked };
}

export interface Bar {
  /** The lower end. */
  readonly score: number;
  readonly texts: number;
}

/** Below this nearly everything lies, and nothing follows from it. */
export const CHART_FROM = 0.2;
const STEP = 2;

/** Bars of two hundredths from `CHART_FROM` on, empty ones too. */
export function barsOf({ buckets }: Pick<moderation.ScoreDistribution, 'buckets'>): readonly Bar[] {
  const bars: Bar[] = [];
  for (let hundredths = CHART_FROM * 100; hundredths < 100; hundredths += STEP) {
    const isIn = (score: number) => {
      const place = Math.min(99, Math.round(score * 100));
      return place >= hundredths && place < hundredths + STEP;
    };
    const texts = buckets.reduce((sum, bucket) => (isIn(bucket.score) ? sum + bucket.texts : sum), 0);
    bars.push({ score: hundredths / 100, texts });
  }
  return bars;
}

export const textsBelowChart = ({ buckets }: Pick<moderation.ScoreDistribution, 'buckets'>): number =>
  buckets.reduce((sum, { score, texts }) => (score < CHART_FROM ? sum + texts : sum), 0);
