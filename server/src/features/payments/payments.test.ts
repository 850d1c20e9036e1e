import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PaymentKit, paymentKit } from '../../../test/kit/payment-kit.ts';
import type { Person } from '../../actor.ts';
import { checkInvariants } from '../ledger/invariants.ts';

let kit: PaymentKit;
let payer: Person;
let creator: Person;
beforeAll(async () => {
  kit = await paymentKit();
});
afterAll(() => kit.close());
beforeEach(async () => {
  payer = await kit.person('Payer');
  creator = await kit.person('Creator');
  kit.told.length = 0;
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The creator's share of the payment, wherever it lies. */
const mine = async () => {
  const { available, held, pending } = await kit.balances(creator);
  return { pending, available, held };
};
/** The platform's books hold what the provider holds, to the cent. */
const provided = async () => ({
  books: 0 - (await kit.balances(null)).clearing,
  provider: Number(await kit.sandbox.getBalance('EUR')),
});
const agree = async () => {
  const { books, provider } = await provided();
  expect(books).toBe(provider);
};

describe('a payment', () => {
  test('is credited in the moment in which it is paid, and available a week later', async () => {
    const charged = await kit.charge(payer, creator, 1_001);
    expect(charged).toMatchObject({ status: 'paid', checkoutUrl: null });
    expect(kit.told).toEqual([expect.stringMatching(/^paid tip-/)]);
    expect(await mine()).toEqual({ pending: 901, available: 0, held: 0 });
    await kit.advance(7 * DAY - MINUTE);
    expect(await mine()).toEqual({ pending: 901, available: 0, held: 0 });
    await kit.advance(MINUTE);
    expect(await mine()).toEqual({ pending: 0, available: 901, held: 0 });
    await agree();
  });

  test('is made once per key, also when asked for twenty times at once', async () => {
    const again = { idempotencyKey: 'the same key', purpose: { kind: 'tip', id: 'same' } } as const;
    const answers = await Promise.all(Array.from({ length: 20 }, () => kit.charge(payer, creator, 500, again)));
    expect(new Set(answers.map(({ paymentId }) => paymentId)).size).toBe(1);
    const last = await kit.charge(payer, creator, 500, again);
    expect(last).toEqual({ ...last, status: 'paid' });
    expect(kit.told).toEqual(['paid same']);
    expect(await mine()).toMatchObject({ pending: 450 });
    await expect(kit.charge(payer, creator, 600, again)).rejects.toMatchObject({ code: 'idempotency_conflict' });
    await agree();
  });

  test('that is declined credits nobody and says so', async () => {
    expect(await kit.charge(payer, creator, 1302)).toMatchObject({ status: 'failed', failure: 'declined' });
    expect(kit.told).toEqual([expect.stringMatching(/^failed tip-\d+ declined$/)]);
    expect(await mine()).toEqual({ pending: 0, available: 0, held: 0 });
  });

  test('waits for its payer where the bank asks again, and keeps waiting on the same page', async () => {
    const more = { idempotencyKey: 'asked again', purpose: { kind: 'tip', id: 'asked' } } as const;
    const charged = await kit.charge(payer, creator, 1301, more);
    expect(charged).toMatchObject({ status: 'pending' });
    expect(charged.checkoutUrl).toMatch(/^\/pay\/sandbox\/sb_checkout_/);
    expect(await kit.charge(payer, creator, 1301, more)).toEqual(charged);
    const checkoutId = charged.checkoutUrl?.split('/').at(-1) ?? '';
    const both = await Promise.all([
      kit.sandbox.decide(checkoutId, 'approve'),
      kit.sandbox.decide(checkoutId, 'decline'),
    ]);
    expect(new Set(both.map((checkout) => checkout?.status)).size).toBe(1);
    expect(await kit.payments.statusOf(charged.paymentId)).toMatchObject({
      status: both[0]?.status === 'paid' ? 'paid' : 'failed',
      checkoutUrl: null,
    });
    await agree();
  });

  test('that its payer declines on the bank’s page is told to them, as they may have left', async () => {
    const { checkoutUrl } = await kit.charge(payer, creator, 1301);
    await kit.sandbox.decide(checkoutUrl?.split('/').at(-1) ?? '', 'decline');
    const [notice] = await kit.db.sql('select kind, text from notifications where user_id = $1', [payer.userId]);
    expect(notice).toEqual({
      kind: 'payment.failed',
      text: 'Your payment of 13.01 EUR (tip) was not made. Nothing was charged.',
    });
  });

  test('that nobody finishes, or that never came to the provider, has failed a day later', async () => {
    const waiting = await kit.charge(payer, creator, 1301);
    const begun = await kit.charge(payer, creator, 1301);
    await kit.db.sql(`update payments set status = 'created', checkout_id = null, checkout_url = null where id = $1`, [
      begun.paymentId,
    ]);
    await kit.db.sql(`delete from sandbox_events where body->>'paymentId' = $1`, [begun.paymentId]);
    await kit.advance(DAY + 15 * MINUTE);
    for (const { paymentId } of [waiting, begun]) {
      expect(await kit.payments.statusOf(paymentId)).toMatchObject({ status: 'failed', failure: 'expired' });
    }
  });

  test('is paid late, and after it was declined', async () => {
    const late = await kit.charge(payer, creator, 1303);
    expect(late).toMatchObject({ status: 'pending', checkoutUrl: null });
    await kit.advance(MINUTE);
    expect(await kit.payments.statusOf(late.paymentId)).toMatchObject({ status: 'paid' });
    const declined = await kit.charge(payer, creator, 1302);
    await kit.sandbox.play(declined.paymentId, 'succeed');
    expect(await kit.payments.statusOf(declined.paymentId)).toMatchObject({ status: 'paid', failure: null });
    await agree();
  });

  test.each([
    ['twice', 1304],
    ['never', 1306],
    ['after its own refund', 1305],
  ])('is credited once when the provider tells of it %s', async (_how, amount) => {
    const { paymentId } = await kit.charge(payer, creator, amount);
    await kit.advance(15 * MINUTE);
    expect(await kit.payments.statusOf(paymentId)).toMatchObject({ status: 'paid' });
    const kept = amount === 1305 ? amount - 100 : amount;
    expect(await mine()).toMatchObject({ pending: kept - Math.floor(kept / 10) });
    expect(kit.told.filter((line) => line.startsWith('paid'))).toHaveLength(1);
    await agree();
  });

  test('for a tier is the platform’s alone', async () => {
    const before = await kit.balances(null);
    await kit.charge(payer, null, 900);
    expect(await kit.balances(null)).toMatchObject({ fees: before.fees + 900 });
    await agree();
  });

  test('costs the platform what the provider keeps', async () => {
    const before = await kit.balances(null);
    await kit.charge(payer, creator, 1310);
    expect(await mine()).toMatchObject({ pending: 1179 });
    expect(await kit.balances(null)).toMatchObject({ provider_fees: before.provider_fees - 50 });
    await agree();
  });
});

describe('a dispute', () => {
  test('holds the creator’s share, and gives it back when it is won', async () => {
    const { paymentId } = await kit.charge(payer, creator, 1307);
    await kit.advance(MINUTE);
    expect(await mine()).toEqual({ pending: 0, available: 0, held: 1177 });
    await kit.advance(MINUTE);
    expect(await mine()).toEqual({ pending: 1177, available: 0, held: 0 });
    expect(kit.told.map((line) => line.replace(/tip-\d+/, 'tip'))).toEqual([
      'paid tip',
      'disputed tip open',
      'disputed tip won',
    ]);
    await agree();
    await kit.advance(7 * DAY);
    expect(await mine()).toMatchObject({ available: 1177 });
    expect(paymentId).toBeTruthy();
  });

  test('takes it when it is lost, with the fee at the platform’s cost', async () => {
    const before = await kit.balances(null);
    await kit.charge(payer, creator, 1308);
    await kit.advance(2 * MINUTE);
    expect(await mine()).toEqual({ pending: 0, available: 0, held: 0 });
    expect(await kit.balances(null)).toMatchObject({
      fees: before.fees,
      provider_fees: before.provider_fees - 1_500,
      dispute_hold: before.dispute_hold,
    });
    expect(kit.told.at(-1)).toMatch(/^lost tip-\d+ 1308, 1308 of 1308$/);
    await agree();
  });

  test('that was lost before anybody heard of it takes the same', async () => {
    const { paymentId } = await kit.charge(payer, creator, 2_000);
    await kit.sandbox.play(paymentId, 'lose');
    expect(await mine()).toEqual({ pending: 0, available: 0, held: 0 });
    await agree();
  });
});

test('a purpose that fails leaves nothing half done, and the webhook that comes again completes it', async () => {
  const settle = kit.deps.settlements.tip as { paid: typeof kit.deps.settlements.tip.paid };
  const { paid } = settle;
  settle.paid = async () => {
    throw new Error('the database of this purpose is full');
  };
  const charged = await kit.charge(payer, creator, 700);
  settle.paid = paid;
  expect(charged).toMatchObject({ status: 'pending' });
  expect(await mine()).toMatchObject({ pending: 0 });
  await kit.advance(10_000);
  expect(await kit.payments.statusOf(charged.paymentId)).toMatchObject({ status: 'paid' });
  expect(await mine()).toMatchObject({ pending: 630 });
});

test('an instance without a provider takes nothing and says so', async () => {
  const { createPayments } = await import('./index.ts');
  const payments = createPayments({ ...kit.deps, provider: null });
  expect(payments.isAvailable()).toBe(false);
  const request = {
    purpose: { kind: 'tip', id: 'x' },
    payerId: payer.userId,
    amount: 100,
    currency: 'EUR',
    idempotencyKey: 'x',
    description: 'x',
  } as const;
  await expect(payments.charge(request)).rejects.toMatchObject({ code: 'payments_unavailable' });
});

test('after all of this the books hold, and say what the provider says', async () => {
  const balances = async () => new Map([['EUR', await kit.sandbox.getBalance('EUR')]]);
  const results = await kit.db.database.asSystem('check the books', (tx) => checkInvariants(tx, balances));
  expect(results.filter(({ state }) => state !== 'holds')).toEqual([]);
});
