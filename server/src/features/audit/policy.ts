/** Who gets a receipt. Facts in, decision out. */

/**
 * A person is in these, and must not learn from a receipt that somebody did this: who reports stays unseen, and a hold
 * that ended says that there was one, and maybe still is another.
 */
const UNSEEN_BY_THE_CONCERNED: ReadonlySet<string> = new Set([
  'REPORT_CREATED',
  'DMCA_RECEIVED',
  'LEGAL_HOLD_PLACED',
  'LEGAL_HOLD_RELEASED',
]);

export function mayHaveReceipt(facts: {
  readonly isAdmin: boolean;
  /** A part of the entry is sealed under the person's key. */
  readonly isIn: boolean;
  readonly isActor: boolean;
  readonly type: string;
}): boolean {
  if (facts.isAdmin || facts.isActor) return true;
  return facts.isIn && !isUnseen(facts.type);
}

export function isUnseen(type: string): boolean {
  return UNSEEN_BY_THE_CONCERNED.has(type);
}
