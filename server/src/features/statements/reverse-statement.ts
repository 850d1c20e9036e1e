/** A restriction was taken back: its statement says so from then on. */
import type { DecisionKind } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { setReversed } from './store.ts';

/**
 * In the transaction of the act that takes it back, with the system's rights; repeating it changes nothing. The public
 * database knows no correction, so this is our own record, which the transparency report counts.
 */
export async function reverseStatement(
  tx: Tx,
  reversal: {
    readonly decision: { readonly kind: DecisionKind; readonly id: string };
    readonly because: 'appeal' | 'retraction' | 'put_back' | 'decision' | 'expiry';
    readonly at: Date;
  },
): Promise<void> {
  await setReversed(tx, reversal.decision, reversal);
}
