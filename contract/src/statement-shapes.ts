/** What a statement of reasons is made of: words that reports, rights notices, strikes and penalties share. */
import { z } from 'zod';
import { CATEGORIES } from './categories.ts';
import { instant, statementId } from './primitives.ts';

/** What a decision can be about: every category of text, and what only people and rights holders report. */
export const statementCategory = z.enum([...CATEGORIES, 'violence', 'copyright', 'rights', 'other']);
export type StatementCategory = z.infer<typeof statementCategory>;

/**
 * What was done. `warning` and `strike` alone restrict nothing yet: they are told like the others and stay out of the
 * public database, unless a text of the person's was hidden with them (then `subject` names it). `message_blocked` was
 * kept back by a classifier, `message_rejected` hidden for good by whoever judged it in the review queue,
 * `message_removed` taken away for a report. `account_terminated` is a ban without an end.
 */
export const restriction = z.enum([
  'livestream_ended',
  'video_removed',
  'message_removed',
  'message_blocked',
  'message_rejected',
  'chat_timeout',
  'channel_ban',
  'warning',
  'strike',
  'account_suspended',
  'account_terminated',
]);
export type Restriction = z.infer<typeof restriction>;

/** What a decision can be about, beside a person. */
export const statementSubject = z.enum(['livestream', 'video', 'message', 'comment', 'direct_message']);
export type StatementSubject = z.infer<typeof statementSubject>;

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
