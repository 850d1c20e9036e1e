/** What a notice is about: the inbox's filters, and what goes out by e-mail. */
import { z } from 'zod';

/**
 * `decisions`: what was decided, or is being decided, about the person or on what they asked for. `money`: payments,
 * subscriptions, earnings. `social`: other people. `account`: everything else.
 */
export const topic = z.enum(['decisions', 'money', 'social', 'account']);
export type NoticeTopic = z.infer<typeof topic>;

const TOPICS: readonly (readonly [NoticeTopic, RegExp])[] = [
  [
    'decisions',
    /^(((tip_|direct_)?message|comment)_(held|blocked|approved)|statement\.|penalty_|strike|appeal_|dmca\.|report|timeout_|ban_|review|escalation)/,
  ],
  ['money', /^(subscription|payment|patronage|earnings|payout|bonus|ledger)/],
  ['social', /^(livestream\.|channel\.|comment|direct_message)/],
];

/** By a notice's `kind`, which begins with its noun. */
export function topicOf(kind: string): NoticeTopic {
  return TOPICS.find(([, kinds]) => kinds.test(kind))?.[0] ?? 'account';
}
