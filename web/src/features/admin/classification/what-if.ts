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

/** One bar a hundredth from `CHART_FROM` on, empty ones too; what scored 1 stands with the last. */
export function barsOf({ buckets }: Pick<moderation.ScoreDistribution, 'buckets'>): readonly Bar[] {
  const texts = new Map<number, number>();
  for (const bucket of buckets) {
    const hundredths = Math.min(99, Math.round(bucket.score * 100));
    texts.set(hundredths, (texts.get(hundredths) ?? 0) + bucket.texts);
  }
  const first = CHART_FROM * 100;
  return Array.from({ length: 100 - first }, (_, n) => ({
    score: (first + n) / 100,
    texts: texts.get(first + n) ?? 0,
  }));
}

export const textsBelowChart = ({ buckets }: Pick<moderation.ScoreDistribution, 'buckets'>): number =>
  buckets.reduce((sum, { score, texts }) => (score < CHART_FROM ? sum + texts : sum), 0);
