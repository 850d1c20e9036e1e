/** What a thing looks like while decisions hold it, and after. Facts in, decision out. */

/** One removal that is in force. */
export interface Hold {
  readonly isWithheld: boolean;
}

export type RemovalState = 'removed' | 'withheld';

/** Null: nothing holds it any more, and it goes back to what it was. One that withholds outweighs all others. */
export function stateOf(holds: readonly Hold[]): RemovalState | null {
  if (holds.length === 0) return null;
  return holds.some(({ isWithheld }) => isWithheld) ? 'withheld' : 'removed';
}

/** Shown to nobody but staff, not even to whoever made it: possession alone may be a crime. */
export const withholds = (category: string): boolean => category === 'minors';
