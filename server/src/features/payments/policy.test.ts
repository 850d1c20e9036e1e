import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Books,
  booksOf,
  booksOfPayout,
  type DisputeFacts,
  disputeStateOf,
  isNewer,
  NO_BOOKS,
  type PaymentFacts,
  paymentAfter,
  payoutRefusal,
  refundable,
  smaller,
} from './policy.ts';

const paid = (facts: Partial<PaymentFacts> = {}): PaymentFacts => ({
  isPaid: true,
  amount: 1_000n,
  payeeShare: 900n,
  isMature: false,
  providerFee: 0n,
  refunded: 0n,
  disputes: [],
  ...facts,
});
const dispute = (status: DisputeFacts['status'], amount = 1_000n): DisputeFacts => ({ amount, fee: 1_500n, status });
const books = (part: Partial<Books>): Books => ({ ...NO_BOOKS, ...part });

describe('where the money of a payment of 10.00 lies', () => {
  test.each<[string, PaymentFacts, Partial<Books>]>([
    ['nowhere before it is paid', paid({ isPaid: false }), {}],
    ['nine tenths pending, one the platform’s', paid(), { pending: 900n, fees: 100n, clearing: -1_000n }],
    ['available after the risk delay', paid({ isMature: true }), { available: 900n, fees: 100n, clearing: -1_000n }],
    ['all the platform’s where nobody else is paid', paid({ payeeShare: 0n }), { fees: 1_000n, clearing: -1_000n }],
    [
      'less what the provider kept, at the platform’s cost',
      paid({ providerFee: 59n }),
      { pending: 900n, fees: 100n, clearing: -941n, provider_fees: -59n },
    ],
    ['half of it after half was refunded', paid({ refunded: 500n }), { pending: 450n, fees: 50n, clearing: -500n }],
    ['nowhere after all was refunded', paid({ refunded: 1_000n }), {}],
    [
      'held while the bank decides, and gone from the provider',
      paid({ disputes: [dispute('open')] }),
      { held: 900n, fees: 100n, dispute_hold: -1_000n },
    ],
    [
      'back when the bank decided for the creator',
      paid({ isMature: true, disputes: [dispute('won')] }),
      { available: 900n, fees: 100n, clearing: -1_000n },
    ],
    [
      'with the payer when it did not, and its fee is the platform’s',
      paid({ disputes: [dispute('lost')] }),
      { clearing: 1_500n, provider_fees: -1_500n },
    ],
    [
      'taken once from the creator when it was refunded and lost as well',
      paid({ refunded: 1_000n, disputes: [dispute('lost')] }),
      { clearing: 2_500n, provider_fees: -2_500n },
    ],
    [
      'nowhere but in what the bank took, while it contests what was refunded',
      paid({ refunded: 1_000n, disputes: [dispute('open')] }),
      { clearing: 1_000n, provider_fees: -1_000n },
    ],
  ])('%s', (_where, facts, expected) => {
    expect(booksOf(facts)).toEqual(books(expected));
  });
});

const minor = (max: bigint) => fc.bigInt({ min: 1n, max });
const anyFacts = minor(50_000n).chain((amount) =>
  fc.record({
    isPaid: fc.boolean(),
    amount: fc.constant(amount),
    payeeShare: fc.constantFrom(0n, amount - amount / 10n),
    isMature: fc.boolean(),
    providerFee: fc.bigInt({ min: 0n, max: 500n }),
    refunded: fc.bigInt({ min: 0n, max: amount }),
    disputes: fc.array(
      fc.record({
        amount: minor(amount),
        fee: fc.bigInt({ min: 0n, max: 1_500n }),
        status: fc.constantFrom('open' as const, 'won' as const, 'lost' as const),
      }),
      { maxLength: 3 },
    ),
  }),
);

describe('whatever is known of a payment', () => {
  test('its books sum to zero', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(Object.values(booksOf(facts)).reduce((sum, amount) => sum + amount, 0n)).toBe(0n);
      }),
    );
  });

  test('neither the creator nor the platform has less than nothing of it, or more than their part', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { available, fees, held, pending } = booksOf(facts);
        for (const part of [available, fees, held, pending]) expect(part >= 0n).toBe(true);
        expect(available + held + pending <= facts.payeeShare).toBe(true);
        expect(fees <= facts.amount - facts.payeeShare).toBe(true);
      }),
    );
  });

  test('returned in any parts it closes to zero exactly, and the platform’s part of each is rounded down', () => {
    fc.assert(
      fc.property(minor(50_000n), fc.array(minor(9_999n), { maxLength: 20 }), (amount, parts) => {
        const facts = paid({ amount, payeeShare: amount - amount / 10n });
        let refunded = 0n;
        for (const part of [...parts, amount]) {
          refunded = smaller(refunded + part, amount);
          const { fees, pending } = booksOf({ ...facts, refunded });
          expect(amount / 10n - fees).toBe(refunded / 10n);
          expect(pending + fees).toBe(amount - refunded);
        }
        expect(booksOf({ ...facts, refunded: amount })).toEqual(NO_BOOKS);
      }),
    );
  });
});

describe('news of a refund, a dispute, a payout', () => {
  const at = (seconds: number) => new Date(seconds * 1000);

  test('replaces older news only; of one moment, what ends more wins', () => {
    expect(isNewer('refund', { status: 'succeeded', at: at(5) }, { status: 'pending', at: at(4) })).toBe(false);
    expect(isNewer('refund', { status: 'succeeded', at: at(5) }, { status: 'failed', at: at(5) })).toBe(true);
    expect(isNewer('dispute', { status: 'lost', at: at(5) }, { status: 'open', at: at(5) })).toBe(false);
    expect(isNewer('dispute', { status: 'lost', at: at(5) }, { status: 'won', at: at(9) })).toBe(true);
    expect(isNewer('payout', { status: 'paid', at: at(5) }, { status: 'failed', at: at(9) })).toBe(true);
    expect(isNewer('payout', null, { status: 'failed', at: at(9) })).toBe(true);
  });

  test('of the provider is always newer than what we asked for, whatever our clock said', () => {
    expect(isNewer('refund', { status: 'requested', at: at(99) }, { status: 'succeeded', at: at(5) })).toBe(true);
    expect(isNewer('payout', { status: 'sent', at: at(99) }, { status: 'failed', at: at(5) })).toBe(true);
    expect(isNewer('payout', { status: 'paid', at: at(5) }, { status: 'sent', at: at(99) })).toBe(false);
  });

  test('ends in the same state in any order and any number of times', () => {
    const news = fc.record({
      status: fc.constantFrom('open', 'won', 'lost'),
      at: fc.integer({ min: 1, max: 6 }).map(at),
    });
    const after = (heard: readonly { status: string; at: Date }[]) =>
      heard.reduce<{ status: string; at: Date } | null>(
        (known, next) => (isNewer('dispute', known, next) ? next : known),
        null,
      );
    fc.assert(
      fc.property(
        fc
          .array(news, { minLength: 1, maxLength: 6 })
          .chain((all) =>
            fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
          ),
        ([told, shuffled]) => {
          expect(after(shuffled)).toEqual(after(told));
        },
      ),
    );
  });
});

test('a payment that failed may still be paid, and a paid one fails no more', () => {
  expect(paymentAfter('pending', 'payment.failed')).toBe('failed');
  expect(paymentAfter('failed', 'payment.succeeded')).toBe('paid');
  expect(paymentAfter('paid', 'payment.failed')).toBe('paid');
  expect(paymentAfter('created', 'refund.updated')).toBe('created');
});

test('of several disputes the open one is shown, then the lost one', () => {
  expect(disputeStateOf([])).toBe('none');
  expect(disputeStateOf([dispute('won'), dispute('lost')])).toBe('lost');
  expect(disputeStateOf([dispute('lost'), dispute('open')])).toBe('open');
});

test('what a bank holds or has taken cannot be refunded', () => {
  expect(refundable(paid())).toBe(1_000n);
  expect(refundable(paid({ isPaid: false }))).toBe(0n);
  expect(refundable(paid({ refunded: 400n }))).toBe(600n);
  expect(refundable(paid({ disputes: [dispute('open')] }))).toBe(0n);
  expect(refundable(paid({ disputes: [dispute('won')] }))).toBe(1_000n);
  expect(refundable(paid({ refunded: 900n, disputes: [dispute('lost', 300n)] }))).toBe(0n);
});

describe('a payout of 20.00', () => {
  const wish = {
    isAccountReady: true,
    amount: 2_000n,
    minimum: 1_000n,
    available: 2_000n,
    isInDebt: false,
    hasOpenDispute: false,
  };
  test.each([
    ['is made when that much is available', wish, null],
    ['needs an account', { ...wish, isAccountReady: false }, 'no_account'],
    ['needs the minimum', { ...wish, amount: 999n }, 'below_minimum'],
    ['needs the money', { ...wish, available: 1_999n }, 'above_available'],
    ['waits for an open dispute', { ...wish, hasOpenDispute: true }, 'dispute'],
    ['waits until a debt in any currency is made up', { ...wish, isInDebt: true }, 'debt'],
  ])('%s', (_when, facts, expected) => {
    expect(payoutRefusal(facts)).toBe(expected);
  });

  test('leaves the balance at once, is on its way, and comes back when it fails', () => {
    expect(booksOfPayout({ amount: 2_000n, status: 'sent' })).toMatchObject({ available: -2_000n, clearing: 0n });
    expect(booksOfPayout({ amount: 2_000n, status: 'paid' })).toMatchObject({ available: -2_000n, clearing: 2_000n });
    expect(Object.values(booksOfPayout({ amount: 2_000n, status: 'failed' }))).toEqual([0n, 0n, 0n]);
  });
});
