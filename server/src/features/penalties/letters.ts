/** The letters of penalties, as the source documents word them; redress stands in a paragraph of its own. */

export function penaltyLetter(reason: string, appealable: boolean): string {
  const end = appealable ? ' Decision is final unless appealed.' : '';
  return `Your account has received an administrative action. Reason: ${withoutFullStop(reason)}.${end}`;
}

/** `isOpen`: no other penalty keeps the person out. */
export function penaltyEndLetter(reason: string, isOpen: boolean): string {
  const what = isOpen ? 'Your account is open again.' : 'A penalty has ended; another one is still in force.';
  return `${what} Reason: ${withoutFullStop(reason)}.`;
}

export function withoutFullStop(reason: string): string {
  return reason.trim().replace(/\.$/, '');
}
