/** A person goes: nothing they pay for is renewed, and nobody is charged for their channel any more. */
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { advance } from './advance.ts';
import { openAround } from './store.ts';

/** `tx` must be the system's. Repeating it changes nothing. */
export async function endSubscriptionsOf(tx: Tx, userId: UserId, at: Date): Promise<void> {
  for (const row of await openAround(tx, userId)) {
    await advance(tx, row, { type: 'end', reason: 'account_gone' }, at);
  }
}
