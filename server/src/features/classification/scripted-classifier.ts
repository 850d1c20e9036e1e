/**
 * Says what the text tells it to: `[[score=0.72 category=hate]]`, several marks for several categories. For tests and
 * demos, where a verdict must be known beforehand; configuration refuses it in production. A text without a mark is
 * harmless.
 */
import { type Category, category } from '@virgil/contract';
import type { Assessment, Classifier } from './classifier.ts';
import { comparableText } from './normalise-text.ts';

const MARK = /\[\[score=(?<score>0(?:\.\d{1,6})?|1(?:\.0{1,6})?)(?: category=(?<category>[a-z_]{1,20}))?\]\]/g;
const VERSION = '1';

export const scriptedClassifier: Classifier = {
  name: 'scripted',
  version: VERSION,
  assess: async (text) => assessByScript(text),
};

function assessByScript(text: string): Assessment {
  const breakdown: Partial<Record<Category, number>> = {};
  let score = 0;
  let worst: Category | null = null;
  for (const { groups } of text.matchAll(MARK)) {
    const marked = Number(groups?.score);
    const parsed = category.safeParse(groups?.category);
    const of: Category = parsed.success ? parsed.data : 'toxicity';
    breakdown[of] = Math.max(breakdown[of] ?? 0, marked);
    if (worst === null || marked > score) worst = of;
    score = Math.max(score, marked);
  }
  const reason = worst === null ? 'nothing found' : 'scripted';
  return { score, category: worst, reason, breakdown, version: VERSION, normalised: comparableText(text) };
}
