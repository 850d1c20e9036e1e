/** What was typed stays until it is sent, also after a reload; in this tab alone, because it is nobody else's. */
const keyOf = (decisionId: string): string => `virgil.appeal.${decisionId}`;

export function readDraft(decisionId: string): string {
  return sessionStorage.getItem(keyOf(decisionId)) ?? '';
}

export function keepDraft(decisionId: string, words: string): void {
  if (words === '') sessionStorage.removeItem(keyOf(decisionId));
  else sessionStorage.setItem(keyOf(decisionId), words);
}
