/**
 * Why an item is here, in sentences made of what is known: the rule that fired, the scores, the thresholds of that
 * moment, the reports. Nothing is claimed that no one found. Pure: keys of the words and what stands in them.
 */
import type { Category, desk, ReportReason } from '@virgil/contract';
import { cutScore } from '../../ui/risk-score.ts';

export type Sentence =
  | { readonly key: 'rule'; readonly rule: string; readonly category: Category; readonly score: number }
  | { readonly key: 'scripted'; readonly category: Category; readonly score: number }
  | {
      readonly key: 'held';
      readonly hold: number;
      readonly above: number;
      readonly block: number;
      readonly below: number;
    }
  | { readonly key: 'leftToPeople'; readonly block: number; readonly category: Category }
  | { readonly key: 'blocked'; readonly block: number }
  | { readonly key: 'also'; readonly found: readonly { readonly category: Category; readonly score: number }[] }
  | { readonly key: 'nothingElse' }
  | {
      readonly key: 'reported';
      readonly voices: number;
      readonly reasons: readonly (readonly [ReportReason, number])[];
    }
  | { readonly key: 'notFound' }
  | { readonly key: 'nobodyBlamed' };

/** Held from the threshold up and never blocked by a program, whatever the score. */
const LEFT_TO_PEOPLE: ReadonlySet<Category> = new Set(['minors', 'self_harm', 'toxicity']);
const WORTH_NAMING = 0.3;
const MOST_NAMED = 3;

export function inWords({ item, reports, score }: Pick<desk.ReviewDetails, 'item' | 'reports' | 'score'>): Sentence[] {
  const sentences: Sentence[] = [];
  if (!item.foundByClassifier) {
    const reasons = (Object.entries(reports.reasons) as [ReportReason, number][]).toSorted(([, a], [, b]) => b - a);
    sentences.push({ key: 'reported', voices: Math.max(1, reports.voices), reasons });
    if (score === null) return [...sentences, { key: 'notFound' }];
  }
  const { category, riskScore, thresholds } = item;
  if (score === null) {
    return category === 'self_harm' ? [...sentences, { key: 'nobodyBlamed' }] : sentences;
  }
  sentences.push(
    score.rule === 'scripted'
      ? { key: 'scripted', category, score: riskScore }
      : { key: 'rule', rule: score.rule, category, score: riskScore },
  );
  if (item.foundByClassifier && thresholds !== null) sentences.push(placeOf(riskScore, category, thresholds));
  return [...sentences, ...alsoFound(score.breakdown, category)];
}

function placeOf(
  score: number,
  category: Category,
  { block, hold }: { readonly block: number; readonly hold: number },
): Sentence {
  if (score >= block)
    return LEFT_TO_PEOPLE.has(category) ? { key: 'leftToPeople', block, category } : { key: 'blocked', block };
  // The difference of what is shown, so that a reader can check it.
  const difference = (a: number, b: number) => Math.round((cutScore(a) - cutScore(b)) * 100) / 100;
  return { key: 'held', hold, above: difference(score, hold), block, below: difference(block, score) };
}

function alsoFound(breakdown: Partial<Record<Category, number>>, category: Category): Sentence[] {
  const others = (Object.entries(breakdown) as [Category, number][])
    .filter(([other, score]) => other !== category && score >= WORTH_NAMING)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_NAMED)
    .map(([other, score]) => ({ category: other, score }));
  if (others.length > 0) return [{ key: 'also', found: others }];
  return Object.keys(breakdown).length > 1 ? [{ key: 'nothingElse' }] : [];
}
