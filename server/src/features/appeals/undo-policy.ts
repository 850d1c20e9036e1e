/** What an accepted appeal lets be seen again. Facts in, decision out. */

/** Strikes in force that close an account by themselves. */
export const CARRIES_A_BAN = 3;

export interface TextFacts {
  /** Of other violations of the same text that still count. */
  readonly otherActions: readonly ('held' | 'blocked' | 'rejected' | 'warned' | 'struck' | 'reported')[];
  /** Removals of it in force: a report that was approved, a penalty. */
  readonly removals: number;
}

/** A text comes back when it was hidden for this decision alone: what people merely reported hides nothing. */
export function isTextFree({ otherActions, removals }: TextFacts): boolean {
  return removals === 0 && otherActions.every((action) => action === 'reported');
}
