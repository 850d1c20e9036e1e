/** What a text can be a breach of. One closed list for classifier, violations, penalties and statements of reasons. */
import { z } from 'zod';

export const category = z.enum([
  'hate',
  'harassment',
  'threat',
  'sexual',
  'minors',
  'self_harm',
  'spam',
  'impersonation',
  'pii',
  'toxicity',
  'terror',
  'fraud',
]);
export type Category = z.infer<typeof category>;
export const CATEGORIES = category.options;

/** Veiled until asked for. Ours: what people who moderate report as the hardest to see. */
export const HARSH: ReadonlySet<Category> = new Set(['minors', 'sexual', 'self_harm', 'terror', 'hate']);

/** Below it a text was not even held: its category is a guess. */
const SURE_FROM = 0.6;

/** How a line beside a judged text is veiled: it may wait for a decision itself. */
export const veil = z.enum(['none', 'harsh', 'minors']);

export function veilOf(line: { readonly category: Category | null; readonly riskScore: number }): z.infer<typeof veil> {
  if (line.category === null || line.riskScore < SURE_FROM || !HARSH.has(line.category)) return 'none';
  return line.category === 'minors' ? 'minors' : 'harsh';
}
