/** What the operations of payments ask for: a payment that was made, one that waits, and money that may be paid out. */
import { randomBytes } from 'node:crypto';
import { payments, tips } from '@virgil/contract';
import type { SignedIn, TestApp } from './app.ts';
import type { TestDatabase } from './database.ts';

export interface PaidIds {
  /** Of the payer, paid and not given back. */
  readonly paymentId: string;
  /** Of the payer: a page of the sandbox that waits for them. */
  readonly checkoutId: string;
  /** A key no payout was asked for with. The creator has an account and enough to pay out. */
  readonly payoutKey: string;
}

const ASKS_PAYER = 1_301;

export async function makePaid(
  app: TestApp,
  { creator, payer, streamId }: { creator: SignedIn; payer: SignedIn; streamId: string },
): Promise<PaidIds> {
  const tip = (amount: number) =>
    payer.call(tips.tipLivestream, {
      params: { id: streamId },
      body: { amount, currency: 'EUR', idempotencyKey: `tip-${randomBytes(8).toString('hex')}` },
    });
  const waiting = await tip(ASKS_PAYER);
  await tip(700);
  const { items } = await payer.call(payments.listPayments, { query: { limit: 1, status: 'paid' } });
  await creator.call(payments.openPayoutAccount);
  await makeAvailable(app.storage, creator.id, 5_000);
  return {
    paymentId: items[0]?.id ?? '',
    checkoutId: waiting.checkoutUrl?.split('/').at(-1) ?? '',
    payoutKey: `payout-${randomBytes(8).toString('hex')}`,
  };
}

/** Euro cents, from the account that pays bonuses. */
export async function makeAvailable(storage: TestDatabase, creatorId: string, amount: number): Promise<void> {
  const id = randomBytes(8).toString('hex');
  await storage.sql(
    `select ledger_post($1, $1, 'h', 'bonus', 'EUR', now(), null, null, false, '{}',
       array['platform:promotion', 'creator:' || $2 || ':available'], array[-$3::bigint, $3::bigint])`,
    [id, creatorId, amount],
  );
}
