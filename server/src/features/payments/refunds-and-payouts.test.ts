import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PaymentKit, paymentKit } from '../../../test/kit/payment-kit.ts';
import type { Person } from '../../actor.ts';
import { type PaymentProvider, ProviderProblem } from '../../payments/provider.ts';
import { checkInvariants } from '../ledger/invariants.ts';
import { openPayoutAccount } from './payouts.ts';
import { refundPayment } from './refund-payment.ts';
import { requestPayout } from './request-payout.ts';

let kit: PaymentKit;
let admin: Person;
let payer: Person;
let creator: Person;
/** What the provider answers instead, once. */
let failing: { call: 'refund' | 'createTransfer' | 'createPayout'; kind: 'refused' | 'unavailable' } | null = null;

/** The sandbox, but for what is to go wrong. */
const moody = ({ sandbox }: { sandbox: PaymentProvider }): PaymentProvider =>
  new Proxy(sandbox, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...input: unknown[]) => {
        if (failing?.call === name) {
          const { kind } = failing;
          failing = null;
          return Promise.reject(new ProviderProblem(kind, 'not now'));
        }
        return Reflect.apply(value, target, input) as unknown;
      };
    },
  });

beforeAll(async () => {
  kit = await paymentKit(moody);
  admin = await kit.person('Admin');
});
afterAll(() => kit.close());
beforeEach(async () => {
  failing = null;
  payer = await kit.person('Payer');
  creator = await kit.person('Creator');
  kit.told.length = 0;
});

const DAY = 24 * 3_600_000;
const mine = async () => {
  const { available, held, pending } = await kit.balances(creator);
  return { pending, available, held };
};
const noticesTo = async (person: Person) =>
  (await kit.db.sql('select kind from notifications where user_id = $1 order by id', [person.userId])).map(
    ({ kind }) => kind as string,
  );
const refund = (paymentId: string, amount?: number) =>
  refundPayment(kit.deps, admin, { paymentId, amount, reason: 'The viewer asked for it' });
const agree = async () => {
  expect(0 - (await kit.balances(null)).clearing).toBe(Number(await kit.sandbox.getBalance('EUR')));
};

describe('a refund', () => {
  test('takes from creator and platform what each had got, tells both, and is final', async () => {
    const { paymentId } = await kit.charge(payer, creator, 1_001);
    const before = await kit.balances(null);
    await refund(paymentId);
    expect(await mine()).toEqual({ pending: 0, available: 0, held: 0 });
    expect(await kit.balances(null)).toMatchObject({ fees: before.fees - 100 });
    expect(await noticesTo(payer)).toEqual(['payment.refunded']);
    expect(await noticesTo(creator)).toEqual(['earnings.refunded']);
    expect(kit.told.at(-1)).toMatch(/^refunded tip-\d+ 1001, 1001 of 1001$/);
    await expect(refund(paymentId)).rejects.toMatchObject({ code: 'already_decided' });
    await agree();
  });

  test('in parts closes to zero, and no part is more than is left', async () => {
    const { paymentId } = await kit.charge(payer, creator, 1_007);
    for (const part of [3, 333, 5]) await refund(paymentId, part);
    // 341 of 1007 went back: of the platform's 100 the floor of 34.1.
    expect(await mine()).toMatchObject({ pending: 907 - (341 - 34) });
    await expect(refund(paymentId, 667)).rejects.toMatchObject({ code: 'invalid' });
    await refund(paymentId);
    expect(await mine()).toEqual({ pending: 0, available: 0, held: 0 });
    await agree();
  });

  test('asked for by ten admins at once goes back once', async () => {
    const { paymentId } = await kit.charge(payer, creator, 2_000);
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => refund(paymentId)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await mine()).toEqual({ pending: 0, available: 0, held: 0 });
    await agree();
  });

  test('asked for twice with one key goes back once, also in part', async () => {
    const { paymentId } = await kit.charge(payer, creator, 2_000);
    const part = (amount: number) =>
      refundPayment(kit.deps, admin, { paymentId, amount, reason: 'Asked for', idempotencyKey: 'one click' });
    await Promise.all([part(500), part(500), part(500)]);
    expect(await mine()).toMatchObject({ pending: 1_350 });
    await expect(part(600)).rejects.toMatchObject({ code: 'idempotency_conflict' });
    await agree();
  });

  test('that the payer’s bank sends back is the creator’s again, and the payer is told', async () => {
    const { paymentId } = await kit.charge(payer, creator, 1_311);
    await refund(paymentId);
    expect(await mine()).toMatchObject({ pending: 0 });
    await kit.advance(60_000);
    expect(await mine()).toMatchObject({ pending: 1_180 });
    expect(await noticesTo(payer)).toEqual(['payment.refunded', 'payment.refundFailed']);
    expect(kit.told.at(-1)).toMatch(/^refunded tip-\d+ -1311, 0 of 1311$/);
    await agree();
  });

  test('is asked for again when the provider was away, and given up when it refuses', async () => {
    const { paymentId } = await kit.charge(payer, creator, 800);
    failing = { call: 'refund', kind: 'unavailable' };
    await refund(paymentId);
    expect(await mine()).toMatchObject({ pending: 720 });
    await expect(refund(paymentId)).rejects.toMatchObject({ code: 'already_decided' });
    failing = { call: 'refund', kind: 'unavailable' };
    await kit.advance(60_000);
    await kit.advance(15 * 60_000);
    expect(await mine()).toMatchObject({ pending: 0 });
    const other = await kit.charge(payer, creator, 900);
    failing = { call: 'refund', kind: 'refused' };
    await expect(refund(other.paymentId)).rejects.toMatchObject({ code: 'already_decided' });
    expect(await mine()).toMatchObject({ pending: 810 });
    await refund(other.paymentId);
    expect(await mine()).toMatchObject({ pending: 0 });
    await agree();
  });

  test('is decided by neither who paid nor who was paid', async () => {
    const own = await Promise.all([kit.charge(admin, creator, 1_000), kit.charge(payer, admin, 1_000)]);
    for (const { paymentId } of own) {
      await expect(refund(paymentId)).rejects.toMatchObject({ code: 'own_content' });
      const kept = await kit.db.sql('select id from payment_refunds where payment_id = $1', [paymentId]);
      expect(kept).toEqual([]);
    }
    await agree();
  });

  test('of what is disputed is the bank’s to decide', async () => {
    const { paymentId } = await kit.charge(payer, creator, 1_309);
    await kit.advance(60_000);
    await expect(refund(paymentId)).rejects.toMatchObject({ code: 'already_decided' });
    await kit.sandbox.play(paymentId, 'win');
    await refund(paymentId);
    expect(await mine()).toEqual({ pending: 0, available: 0, held: 0 });
    await agree();
  });
});

describe('a payout', () => {
  let number = 0;
  const payout = (amount: number, idempotencyKey = `key-${++number}`) =>
    requestPayout(kit.deps, creator, { amount, currency: 'EUR', idempotencyKey });
  const earn = async (amount: number) => {
    const { paymentId } = await kit.charge(payer, creator, amount);
    await kit.advance(7 * DAY);
    return paymentId;
  };

  test('leaves the balance, arrives, and the creator is told', async () => {
    await openPayoutAccount(kit.deps, creator);
    await earn(3_000);
    expect(await payout(2_000)).toMatchObject({ status: 'paid', amount: 2_000n });
    expect(await mine()).toMatchObject({ available: 700 });
    expect(await noticesTo(creator)).toEqual(['payout.paid']);
    expect(await kit.balances(null)).toMatchObject({ payout_in_transit: 0 });
    await agree();
  });

  test('asked for twenty times at once with one key is one, and with twenty keys never more than there is', async () => {
    await openPayoutAccount(kit.deps, creator);
    await earn(5_000);
    const same = await Promise.all(Array.from({ length: 20 }, () => payout(1_000, 'one key')));
    expect(new Set(same.map(({ id }) => id)).size).toBe(1);
    expect(await mine()).toMatchObject({ available: 3_500 });
    await expect(payout(1_100, 'one key')).rejects.toMatchObject({ code: 'idempotency_conflict' });
    const many = await Promise.allSettled(Array.from({ length: 20 }, () => payout(1_000)));
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await mine()).toMatchObject({ available: 500 });
    await agree();
  });

  test('that fails gives the money back, here and at the provider', async () => {
    await openPayoutAccount(kit.deps, creator);
    await earn(3_000);
    expect(await payout(1_313)).toMatchObject({ status: 'failed', failure: 'account_closed' });
    expect(await mine()).toMatchObject({ available: 2_700 });
    expect(await noticesTo(creator)).toEqual(['payout.failed']);
    await kit.advance(1_000);
    await agree();
  });

  test('that takes its time is on its way until it arrives', async () => {
    await openPayoutAccount(kit.deps, creator);
    await earn(3_000);
    expect(await payout(1_314)).toMatchObject({ status: 'sent' });
    expect(await kit.balances(null)).toMatchObject({ payout_in_transit: 1_314 });
    await kit.advance(DAY);
    expect(await kit.balances(null)).toMatchObject({ payout_in_transit: 0 });
    await agree();
  });

  test('is asked for again when the provider was away, and given back when it refuses', async () => {
    await openPayoutAccount(kit.deps, creator);
    await earn(3_000);
    failing = { call: 'createPayout', kind: 'unavailable' };
    expect(await payout(1_000)).toMatchObject({ status: 'requested' });
    failing = { call: 'createPayout', kind: 'unavailable' };
    await kit.advance(60_000);
    await kit.advance(15 * 60_000);
    expect(await mine()).toMatchObject({ available: 1_700 });
    expect(await noticesTo(creator)).toEqual(['payout.paid']);
    failing = { call: 'createPayout', kind: 'refused' };
    expect(await payout(1_000)).toMatchObject({ status: 'failed', failure: 'refused' });
    expect(await mine()).toMatchObject({ available: 1_700 });
    await agree();
  });

  test('needs an account, the minimum, money that is available, no debt and no open dispute', async () => {
    const refused = (code: string, amount = 1_000) => expect(payout(amount)).rejects.toMatchObject({ code });
    const paymentId = await earn(2_000);
    await refused('not_allowed');
    await openPayoutAccount(kit.deps, creator);
    await refused('invalid', 999);
    await refused('invalid', 1_801);
    const disputed = await kit.charge(payer, creator, 1_309);
    await kit.advance(60_000);
    await refused('not_allowed');
    await kit.sandbox.play(disputed.paymentId, 'win');
    await payout(1_800);
    await refund(paymentId);
    // What was paid out and then refunded is owed; what comes next makes it up.
    expect(await mine()).toMatchObject({ available: -1_800 });
    await kit.charge(payer, creator, 5_000);
    await refused('not_allowed');
    await kit.advance(7 * DAY);
    expect(await payout(1_000)).toMatchObject({ status: 'paid' });
    await agree();
  });
});

test('after all of this the books hold, and say what the provider says', async () => {
  const balances = async () => new Map([['EUR', await kit.sandbox.getBalance('EUR')]]);
  const results = await kit.db.database.asSystem('check the books', (tx) => checkInvariants(tx, balances));
  expect(results.filter(({ state }) => state !== 'holds')).toEqual([]);
});
