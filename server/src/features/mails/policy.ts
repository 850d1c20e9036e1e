/** Whether a notice goes out by e-mail. Facts in, decision out. */
import type { mails, notifications } from '@virgil/contract';

export interface MailFacts {
  readonly kind: string;
  readonly topic: notifications.NoticeTopic;
  readonly data: Readonly<Record<string, string>>;
  readonly wanted: mails.MailedNotices;
  /** Null: the account is gone. */
  readonly address: { readonly address: string; readonly isVerified: boolean } | null;
  /** It refused a letter for good. */
  readonly refusedAddress: string | null;
}

export type MailVerdict =
  | { readonly send: true; readonly to: string }
  | { readonly send: false; readonly because: 'no_address' | 'not_verified' | 'refused_before' | 'not_wanted' };

export function mayMail({ address, data, kind, refusedAddress, topic, wanted }: MailFacts): MailVerdict {
  if (address === null) return { send: false, because: 'no_address' };
  if (!address.isVerified) return { send: false, because: 'not_verified' };
  if (address.address === refusedAddress) return { send: false, because: 'refused_before' };
  const isWanted = wanted === 'all' || (topic === 'decisions' && (wanted === 'decisions' || isRequired(kind, data)));
  return isWanted ? { send: true, to: address.address } : { send: false, because: 'not_wanted' };
}

/**
 * What has to be told: reasons for a restriction (Art. 17 DSA), the outcome of an appeal (Art. 20(5)), and to whoever
 * published something that it was taken down or answered to (17 U.S.C. § 512(g)(2)).
 */
export function isRequired(kind: string, data: Readonly<Record<string, string>>): boolean {
  return (
    data.statementId !== undefined ||
    /^appeal_(accepted|denied)$|^dmca\.(counter_received|court_action|restored|retracted)$/.test(kind)
  );
}

/** What became of one attempt to hand a letter to the mail server. */
export type Attempt =
  | { readonly result: 'sent' }
  /** Will not be taken, however often it is sent; `address`: nothing will be, there. */
  | { readonly result: 'refused'; readonly of: 'letter' | 'address'; readonly problem: string }
  | { readonly result: 'failed'; readonly problem: string };

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** RFC 5321, 4.5.4.1 asks for four to five days; what is told that late is in the inbox anyway. */
const PATIENCE_MS = 3 * 24 * 3_600_000;

/** When to try again after the `attempts`-th attempt failed; null: no more. */
export function nextTry(facts: {
  readonly attempts: number;
  readonly createdAt: Date;
  readonly now: Date;
}): Date | null {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (facts.attempts - 1), LONGEST_WAIT_MS);
  const at = facts.now.getTime() + wait;
  return at - facts.createdAt.getTime() > PATIENCE_MS ? null : new Date(at);
}
