/** Who may write to whom. Facts in, decision out. */
import type { ProblemCode } from '@virgil/contract';

const DAY_MS = 24 * 3_600_000;
/** Accounts made for a moment's harm are young. */
const NEWCOMER_MS = 7 * DAY_MS;
/** People written to for the first time within a day. */
const FIRST_CONTACTS_A_DAY = 20;
const FIRST_CONTACTS_OF_NEWCOMERS = 5;
/** To someone who never answered. */
export const MOST_UNANSWERED = 3;
export const CONTACT_WINDOW_MS = DAY_MS;

export interface WritingFacts {
  readonly isSelf: boolean;
  /** There is such a person, and their account was not erased. */
  readonly exists: boolean;
  /** Either of the two blocked the other. */
  readonly isBlocked: boolean;
  readonly isStaff: boolean;
  readonly accountAgeMs: number;
  /** The other one ever wrote to this one. */
  readonly hasAnswered: boolean;
  /** Messages of this one to the other. */
  readonly written: number;
  /** Others whom this one wrote to for the first time within the window, and who have not answered. */
  readonly firstContacts: number;
  /** Until the oldest of these leaves the window. */
  readonly windowEndsInMs: number;
}

export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly code: ProblemCode;
      readonly detail: string;
      readonly retryAfterMs?: number;
    };

/** The same whoever of the two blocked the other. Limits of what the writer does have sentences of their own. */
const CLOSED = 'You cannot write to this person.';

export function mayWrite(facts: WritingFacts): Verdict {
  if (facts.isSelf) return refuse('own_content', 'This is you.');
  if (!facts.exists) return refuse('not_found', 'There is no such person.');
  if (facts.isBlocked) return refuse('not_allowed', CLOSED);
  if (facts.isStaff || facts.hasAnswered) return { allowed: true };
  if (facts.written >= MOST_UNANSWERED) {
    return refuse('not_allowed', `${MOST_UNANSWERED} messages are the most until they answer.`);
  }
  const isFirst = facts.written === 0;
  const most = facts.accountAgeMs < NEWCOMER_MS ? FIRST_CONTACTS_OF_NEWCOMERS : FIRST_CONTACTS_A_DAY;
  if (isFirst && facts.firstContacts >= most) {
    const refusal = refuse('rate_limited', 'You have written to many people for the first time today.');
    return { ...refusal, retryAfterMs: facts.windowEndsInMs };
  }
  return { allowed: true };
}

function refuse(code: ProblemCode, detail: string): Extract<Verdict, { allowed: false }> {
  return { allowed: false, code, detail };
}
