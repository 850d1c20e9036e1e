/** Whether someone may have their account erased, and what happens on the day. Facts in, decision out. */
import type { PlatformRole } from '@virgil/contract';

const DAY_MS = 86_400_000;
const GRACE_DAYS = 7;

export interface ErasureFacts {
  readonly role: PlatformRole;
  /** Who could still decide when this person is gone: not banned, and not going themselves. */
  readonly otherAdmins: number;
  readonly via: 'session' | 'api-key' | 'none';
  readonly isOwner: boolean;
}

/** Null: yes; else the words of the refusal (`not_allowed`). */
export function whyNotErase(facts: ErasureFacts): string | null {
  if (facts.via !== 'session') {
    return 'An account is erased by someone who signed in, not by a program with a key.';
  }
  if (!facts.isOwner) return 'This is not the password of this account.';
  if (isLastAdmin(facts)) {
    return 'The last admin cannot go: make someone else an admin first.';
  }
  return null;
}

export const isLastAdmin = ({ otherAdmins, role }: Pick<ErasureFacts, 'role' | 'otherAdmins'>): boolean =>
  role === 'admin' && otherAdmins === 0;

export const erasesAt = (askedAt: Date): Date => new Date(askedAt.getTime() + GRACE_DAYS * DAY_MS);

/** `until`: look again then. */
export type OnTheDay = { readonly act: 'erase' } | { readonly act: 'restrict'; readonly until: Date };

export function onTheDay(heldUntil: Date | null): OnTheDay {
  return heldUntil === null ? { act: 'erase' } : { act: 'restrict', until: heldUntil };
}

/** A hold is for a case, not for ever. */
export const LONGEST_HOLD_DAYS = 3 * 366;
export const isHoldTooLong = (from: Date, until: Date): boolean =>
  until.getTime() - from.getTime() > LONGEST_HOLD_DAYS * DAY_MS;
