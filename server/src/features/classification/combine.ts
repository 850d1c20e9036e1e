/** Two opinions of one text: the higher score of each category counts, so that neither can make the other milder. */
import type { Category } from '@virgil/contract';
import type { Assessment } from './classifier.ts';

export function combine(own: Assessment, other: Assessment): Assessment {
  const breakdown: Partial<Record<Category, number>> = { ...own.breakdown };
  for (const [name, score] of Object.entries(other.breakdown)) {
    const category = name as Category;
    breakdown[category] = Math.max(breakdown[category] ?? 0, score);
  }
  // Of two alike, the own rule can be explained in full.
  const { category, reason, score } = other.score > own.score ? other : own;
  return {
    score,
    category,
    reason,
    breakdown,
    version: `${own.version}, ${other.version}`,
    normalised: own.normalised,
  };
}
