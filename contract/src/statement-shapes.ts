/** What a statement of reasons is made of: words that reports, rights notices, strikes and penalties share. */
import { z } from 'zod';
import { CATEGORIES } from './categories.ts';
import { instant, statementId } from './primitives.ts';

/** What a decision can be about: every category of text, and what only people and rights holders report. */
export const statementCategory = z.enum([...CATEGORIES, 'violence', 'copyright', 'rights', 'other']);
export type StatementCategory = z.infer<typeof statementCategory>;

/**
 * What was done. `strike` alone restricts nothing yet: it is told like the others and stays out of the public
 * database. `account_terminated` is a ban without an end.
 */
export const restriction = z.enum([
  'livestream_ended',
  'video_removed',
  'message_removed',
  'message_blocked',
  'strike',
  'account_suspended',
  'account_terminated',
]);
export type Restriction = z.infer<typeof restriction>;

/** How the provider came to look: a report here, a rights holder's notice, a court or authority, or by itself. */
export const statementSource = z.enum(['report', 'rights_notice', 'authority', 'own_initiative']);
export type StatementSource = z.infer<typeof statementSource>;

export const decisionKind = z.enum(['report', 'dmca', 'review', 'penalty', 'classifier']);
export type DecisionKind = z.infer<typeof decisionKind>;

/** Shown with what was removed, to its owner and to admins. */
export const removalNote = z.object({
  removedAt: instant,
  reason: z.string().nullable(),
  /** Null when no statement names it, or it is another's. */
  statementId: statementId.nullable(),
});
export type RemovalNote = z.infer<typeof removalNote>;
