/**
 * Whatever people pay, take back, dispute and pay out, in whatever order, on several connections at once: the books add
 * up, and everybody has what their payments gave them less what was taken back and paid out.
 */
import type { TransferKind, UserId } from '@virgil/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import type { Tx } from '../../db/database.ts';
import { takeSnapshots } from './check-store.ts';
import {
  balanceOf,
  creatorAccount,
  type LedgerAccount,
  MoreThanWasPaid,
  NotEnoughMoney,
  platformAccount,
  postTransfer,
  reverseTransfer,
  splitGross,
} from './index.ts';
import { checkInvariants } from './invariants.ts';

const CREATORS = ['ada', 'bea', 'cy'] as const;
const LANES = 4;
const AT = new Date('2027-01-01T00:00:00Z');
const LATER = new Date('2027-02-01T00:00:00Z');

const creator = fc.constantFrom(...CREATORS);
const which = fc.nat({ max: 30 });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pay' as const), creator, cents: fc.integer({ min: 1, max: 50_000 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('bonus' as const), creator, minutes: fc.integer({ min: 1, max: 90 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      which,
      cents: fc.option(fc.integer({ min: 1, max: 30_000 })),
      late: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('dispute' as const), which, isWon: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('release' as const), creator, cents: fc.integer({ min: 1, max: 40_000 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('payout' as const),
      creator,
      cents: fc.integer({ min: 1, max: 40_000 }),
      arrives: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fold' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
const asSystem = <T>(work: (tx: Tx) => Promise<T>) => db.database.asSystem('play', work);

let runs = 0;

/** One run with creators of its own, in the same books as all others. */
class Play {
  readonly #run = ++runs;
  readonly #payments: { id: string; key: string; creator: UserId; cents: bigint }[] = [];
  /** What each creator should have in all. */
  readonly expected = new Map<UserId, bigint>();
  #number = 0;

  person(name: string): UserId {
    return `${name}-${this.#run}` as UserId;
  }

  async act(step: Step): Promise<void> {
    switch (step.do) {
      case 'pay':
        return this.#pay(this.person(step.creator), BigInt(step.cents), this.#key('tip'));
      case 'again': {
        const payment = this.#payment(step.which);
        if (payment !== null) await this.#pay(payment.creator, payment.cents, payment.key);
        return;
      }
      case 'bonus': {
        const to = this.person(step.creator);
        const cents = BigInt(step.minutes) * 10n;
        await this.#move('bonus', platformAccount('promotion'), creatorAccount(to, 'available'), cents);
        return this.#owe(to, cents);
      }
      case 'refund':
        return this.#giveBack(step.which, step.cents === null ? null : BigInt(step.cents), step.late);
      case 'dispute':
        return this.#dispute(step.which, step.isWon);
      case 'release': {
        const who = this.person(step.creator);
        await this.#move(
          'release',
          creatorAccount(who, 'pending'),
          creatorAccount(who, 'available'),
          BigInt(step.cents),
        );
        return;
      }
      case 'payout':
        return this.#payOut(this.person(step.creator), BigInt(step.cents), step.arrives);
      case 'fold':
        await asSystem((tx) => takeSnapshots(tx, 1, AT));
        return;
    }
  }

  #key = (what: string) => `${what}:${this.#run}:${++this.#number}`;
  #payment = (which: number) => this.#payments[which % Math.max(1, this.#payments.length)] ?? null;
  #owe(who: UserId, cents: bigint): void {
    this.expected.set(who, (this.expected.get(who) ?? 0n) + cents);
  }

  async #pay(to: UserId, cents: bigint, key: string): Promise<void> {
    const { artistShare, platformShare } = splitGross(cents);
    const { replayed, transferId } = await asSystem((tx) =>
      postTransfer(tx, {
        kind: 'tip',
        key,
        at: AT,
        currency: 'USD',
        entries: [
          { account: platformAccount('clearing'), amount: -cents },
          { account: creatorAccount(to, 'pending'), amount: artistShare },
          { account: platformAccount('fees'), amount: platformShare },
        ].filter(({ amount }) => amount !== 0n),
      }),
    );
    if (replayed) return;
    this.#payments.push({ id: transferId, key, creator: to, cents });
    this.#owe(to, artistShare);
  }

  #move(kind: TransferKind, from: LedgerAccount, to: LedgerAccount, cents: bigint): Promise<unknown> {
    const entries = [
      { account: from, amount: -cents },
      { account: to, amount: cents },
    ];
    return asSystem((tx) => postTransfer(tx, { kind, key: this.#key(kind), at: AT, currency: 'USD', entries }));
  }

  async #giveBack(which: number, amount: bigint | null, late: boolean, from?: 'held'): Promise<void> {
    const payment = this.#payment(which);
    if (payment === null) return;
    const { amount: given, remaining } = await asSystem((tx) =>
      reverseTransfer(tx, {
        transferId: payment.id,
        kind: from === undefined ? 'refund' : 'dispute_lost',
        key: this.#key('refund'),
        at: late ? LATER : AT,
        ...(amount === null ? {} : { amount }),
        ...(from === undefined ? {} : { from }),
      }),
    );
    const share = (returned: bigint) => returned - returned / 10n;
    const returned = payment.cents - remaining;
    this.#owe(payment.creator, share(returned - given) - share(returned));
  }

  async #dispute(which: number, isWon: boolean): Promise<void> {
    const payment = this.#payment(which);
    if (payment === null) return;
    const [pending, held] = [creatorAccount(payment.creator, 'pending'), creatorAccount(payment.creator, 'held')];
    const { artistShare } = splitGross(payment.cents);
    await this.#move('dispute', pending, held, artistShare);
    if (isWon) await this.#move('dispute_won', held, pending, artistShare);
    else await this.#giveBack(which, null, false, 'held');
  }

  async #payOut(who: UserId, cents: bigint, arrives: boolean): Promise<void> {
    const [available, transit] = [creatorAccount(who, 'available'), platformAccount('payout_in_transit')];
    await this.#move('payout', available, transit, cents);
    if (!arrives) {
      await this.#move('payout_failed', transit, available, cents);
      return;
    }
    this.#owe(who, -cents);
    await this.#move('payout_paid', transit, platformAccount('clearing'), cents);
  }
}

test('the books add up after anything', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const play = new Play();
      const lanes = Array.from({ length: LANES }, async (_, lane) => {
        for (const [n, each] of steps.entries()) {
          if (n % LANES !== lane) continue;
          try {
            await play.act(each);
          } catch (error) {
            // The two refusals that are meant to happen.
            if (!(error instanceof NotEnoughMoney || error instanceof MoreThanWasPaid)) throw error;
          }
        }
      });
      await Promise.all(lanes);
      for (const name of CREATORS) {
        const who = play.person(name);
        let total = 0n;
        for (const part of ['available', 'pending', 'held'] as const) {
          total += await asSystem((tx) => balanceOf(tx, creatorAccount(who, part), 'USD'));
        }
        expect(total).toBe(play.expected.get(who) ?? 0n);
      }
      const results = await asSystem((tx) => checkInvariants(tx, null));
      expect(results.filter(({ state }) => state === 'broken')).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
