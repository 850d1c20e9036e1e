import type { StreamId, UserId } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import type { Tx } from '../../db/database.ts';
import {
  balanceOf,
  creatorAccount,
  MoreThanWasPaid,
  NotEnoughMoney,
  platformAccount,
  postTransfer,
  reverseTransfer,
  splitGross,
  type TransferRequest,
} from './index.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const AT = new Date('2027-01-01T12:00:00Z');
let number = 0;
const someone = () => `creator-${++number}` as UserId;
const post = <T>(work: (tx: Tx) => Promise<T>) => db.database.asSystem('test the ledger', work);
const clearing = platformAccount('clearing');
const fees = platformAccount('fees');

function tip(to: UserId, gross: bigint, fields: Partial<TransferRequest> = {}): TransferRequest {
  const { artistShare, platformShare } = splitGross(gross);
  const entries = [
    { account: clearing, amount: -gross },
    { account: creatorAccount(to, 'pending'), amount: artistShare },
    { account: fees, amount: platformShare },
  ].filter(({ amount }) => amount !== 0n);
  return { kind: 'tip', key: `tip:${++number}`, at: AT, currency: 'USD', entries, ...fields };
}
const give = (to: UserId, gross: bigint, fields?: Partial<TransferRequest>) =>
  post((tx) => postTransfer(tx, tip(to, gross, fields)));
const balance = (who: UserId, purpose: 'available' | 'pending' | 'held', currency: 'USD' | 'EUR' = 'USD') =>
  post((tx) => balanceOf(tx, creatorAccount(who, purpose), currency));
const payout = (who: UserId, amount: bigint, key = `payout:${++number}`) =>
  post((tx) =>
    postTransfer(tx, {
      kind: 'payout',
      key,
      at: AT,
      currency: 'USD',
      entries: [
        { account: creatorAccount(who, 'available'), amount: -amount },
        { account: platformAccount('payout_in_transit'), amount },
      ],
    }),
  );
const bonus = (who: UserId, amount: bigint) =>
  give(who, amount, {
    kind: 'bonus',
    entries: [
      { account: platformAccount('promotion'), amount: -amount },
      { account: creatorAccount(who, 'available'), amount },
    ],
  });

describe('a transfer', () => {
  test('of a tip gives the creator nine tenths, in its currency only', async () => {
    const ana = someone();
    await give(ana, 1_005n);
    await give(ana, 500n, { currency: 'EUR' });
    expect([await balance(ana, 'pending'), await balance(ana, 'pending', 'EUR')]).toEqual([905n, 450n]);
    expect(await balance(ana, 'available')).toBe(0n);
  });

  test('is written once a key: a repetition gets the first answer, another request is refused', async () => {
    const ana = someone();
    const request = tip(ana, 700n, { streamId: 's' as StreamId });
    const first = await post((tx) => postTransfer(tx, request));
    const again = await post((tx) => postTransfer(tx, { ...request, at: new Date(AT.getTime() + 5), memo: { n: 1 } }));
    expect([first.replayed, again]).toEqual([false, { transferId: first.transferId, replayed: true }]);
    const other = post((tx) => postTransfer(tx, tip(ana, 701n, { key: request.key })));
    await expect(other).rejects.toMatchObject({ code: 'idempotency_conflict' });
    expect(await balance(ana, 'pending')).toBe(630n);
  });

  test('asked for fifty times at once under one key is one transfer and 49 repetitions', async () => {
    const ana = someone();
    const request = tip(ana, 1_000n);
    const answers = await Promise.all(Array.from({ length: 50 }, () => post((tx) => postTransfer(tx, request))));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ transferId }) => transferId)).size).toBe(1);
    expect(await balance(ana, 'pending')).toBe(900n);
  });

  test('out of a creator’s account needs the money to be there: of twenty who take 60 % at once, one gets it', async () => {
    const ana = someone();
    await bonus(ana, 1_000n);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => payout(ana, 600n)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(NotEnoughMoney);
    }
    expect(await balance(ana, 'available')).toBe(400n);
  });

  test('that was refused for lack of money leaves its transaction usable and its key free', async () => {
    const ana = someone();
    const key = `payout:${++number}`;
    await expect(payout(ana, 1n, key)).rejects.toBeInstanceOf(NotEnoughMoney);
    await bonus(ana, 10n);
    expect(await payout(ana, 1n, key)).toMatchObject({ replayed: false });
    expect(await payout(ana, 1n, key)).toMatchObject({ replayed: true });
  });

  test('between the platform’s accounts and creators makes nobody wait for the platform’s', async () => {
    const [ana, bo] = [someone(), someone()];
    await post(async (tx) => {
      await postTransfer(tx, tip(ana, 100n));
      // Another connection, while the first transaction is open.
      await give(bo, 100n);
    });
    expect(await balance(bo, 'pending')).toBe(90n);
  });
});

describe('giving back', () => {
  test('takes a refund from where the money is: pending within the risk delay, available after it', async () => {
    const ana = someone();
    const { transferId } = await give(ana, 1_000n);
    const soon = new Date(AT.getTime() + 1_000);
    const late = new Date(AT.getTime() + 8 * 24 * 3_600_000);
    const half = { transferId, kind: 'refund', amount: 500n } as const;
    expect(await post((tx) => reverseTransfer(tx, { ...half, key: `r${++number}`, at: soon }))).toMatchObject({
      amount: 500n,
      remaining: 500n,
    });
    expect(await balance(ana, 'pending')).toBe(450n);
    await post((tx) => reverseTransfer(tx, { ...half, key: `r${++number}`, at: late }));
    expect([await balance(ana, 'pending'), await balance(ana, 'available')]).toEqual([450n, -450n]);
  });

  test('never gives back more than was paid, also when twenty try at once', async () => {
    const ana = someone();
    const { transferId } = await give(ana, 1_000n);
    const refund = (n: number) =>
      post((tx) =>
        reverseTransfer(tx, { transferId, kind: 'refund', amount: 300n, key: `r:${transferId}:${n}`, at: AT }),
      );
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => refund(n)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(MoreThanWasPaid);
    }
    const rest = { transferId, kind: 'refund', key: `r:${transferId}:rest`, at: AT } as const;
    expect(await post((tx) => reverseTransfer(tx, rest))).toMatchObject({ amount: 100n, remaining: 0n });
    expect(await post((tx) => reverseTransfer(tx, rest))).toMatchObject({ amount: 100n, replayed: true });
    const conflict = post((tx) => reverseTransfer(tx, { ...rest, amount: 99n }));
    await expect(conflict).rejects.toMatchObject({ code: 'idempotency_conflict' });
    expect(await balance(ana, 'pending')).toBe(0n);
  });
});
