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
