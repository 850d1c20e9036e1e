/** A restriction is over, or was taken back: its statement says so from then on. */
import type { DecisionKind } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { setEnd, setReversed } from './store.ts';

/**
 * In the transaction of the act that takes it back, with the system's rights; repeating it changes nothing. The public
 * database knows no correction, so this is our own record, which the transparency report counts.
 */
export async function reverseStatement(
  tx: Tx,
  reversal: {
    readonly decision: { readonly kind: DecisionKind; readonly id: string };
    readonly because: 'appeal' | 'retraction' | 'put_back' | 'decision';
    readonly at: Date;
  },
): Promise<void> {
  await setReversed(tx, reversal.decision, reversal);
}

/** It ran out, which nobody decided: no reversal, and an end only where the statement named none. */
export async function endStatement(
  tx: Tx,
  end: { readonly decision: { readonly kind: DecisionKind; readonly id: string }; readonly at: Date },
): Promise<void> {
  await setEnd(tx, end.decision, end.at);
}
