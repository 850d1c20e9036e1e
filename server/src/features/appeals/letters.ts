/** The letters of appeals, as the source documents word them. */
const APPEAL = 'If you want to appeal, open Appeals Center.';

export const SUBMITTED = `Your appeal has been submitted and is under review. ${APPEAL}`;

/** `reason` without a trailing full stop; `more` follows as a paragraph of its own. */
export function decidedLetter(decision: 'accepted' | 'denied', reason: string, more: string | null): string {
  const letter = `Your appeal was reviewed and ${decision}. Reason: ${reason}. ${APPEAL}`;
  return more === null ? letter : `${letter}\n\n${more}`;
}
