/** The letter of a penalty that is over; the one that it begins with is a statement of reasons. */
import { letters } from '@virgil/contract';

export const { withoutFullStop } = letters;

/** `isOpen`: no other penalty keeps the person out. */
export function penaltyEndLetter(reason: string, isOpen: boolean): string {
  const what = isOpen ? 'Your account is open again.' : 'A penalty has ended; another one is still in force.';
  return `${what} Reason: ${withoutFullStop(reason)}.`;
}
