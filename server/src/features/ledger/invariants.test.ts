/** Each invariant is broken by a superuser who went past every guard, and is found by its name. */
import type { UserId } from '@virgil/contract';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import * as schema from '../../db/schema/index.ts';
import { closeDay, openDays, takeSnapshots } from './check-store.ts';
import { creatorAccount, platformAccount, postTransfer, reverseTransfer, splitGross } from './index.ts';
import { checkInvariants, INVARIANTS } from './invariants.ts';

const ANA = 'ana' as UserId;
const DAY_ONE = new Date('2027-01-01T12:00:00Z');
const DAY_TWO = new Date('2027-01-02T12:00:00Z');
const held = async () => new Map([['USD', 1_500n]]);

let db: TestDatabase;
let superuser: pg.Client;
beforeAll(async () => {
  db = await testDatabase();
  superuser = new pg.Client({ connectionString: db.urls.admin });
  await superuser.connect();
  await tip('tip:1', 1_000n, DAY_ONE);
  const refunded = await tip('tip:2', 1_000n, DAY_ONE);
  await db.database.asSystem('give half back', (tx) =>
    reverseTransfer(tx, { transferId: refunded, kind: 'refund', key: 'refund', at: DAY_TWO, amount: 500n }),
  );
  await db.database.asSystem('close the first day', (tx) => closeDay(tx, '2027-01-01', DAY_TWO));
  await foldAll();
});
afterAll(async () => {
  await superuser.end();
  await db.drop();
});

function tip(key: string, gross: bigint, at: Date): Promise<string> {
  const { artistShare, platformShare } = splitGross(gross);
  return db.database.asSystem('tip', async (tx) => {
    const { transferId } = await postTransfer(tx, {
      kind: 'tip',
      key,
      at,
      currency: 'USD',
      entries: [
        { account: platformAccount('clearing'), amount: -gross },
        { account: creatorAccount(ANA, 'pending'), amount: artistShare },
        { account: platformAccount('fees'), amount: platformShare },
      ],
    });
    return transferId;
  });
}

/** Transactions of other tests in the same cluster hold the horizon back for a moment. */
async function foldAll(): Promise<void> {
  for (;;) {
    await db.database.asSystem('fold balances', (tx) => takeSnapshots(tx, 1, DAY_TWO));
    const [row] = await db.sql<{ n: number }>('select count(*)::int as n from ledger_snapshots where entries >= 3');
    if (row?.n === 3) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const GUARDED = ['ledger_accounts', 'ledger_transfers', 'ledger_entries'];
const isOnGuard = (statement: string) => / trigger /.test(statement);

/** What is found after the statements, done past all triggers, which stand again afterwards. All of it is undone. */
async function foundAfter(...statements: string[]): Promise<Record<string, readonly string[]>> {
  await superuser.query('begin');
  try {
    for (const table of GUARDED) await superuser.query(`alter table ${table} disable trigger all`);
    const [guards, rows] = [statements.filter(isOnGuard), statements.filter((each) => !isOnGuard(each))];
    for (const statement of rows) await superuser.query(statement);
    for (const table of GUARDED) {
      await superuser.query(`alter table ${table} enable trigger all`);
      await superuser.query(`alter table ${table} enable always trigger append_only`);
    }
    await superuser.query('alter table ledger_entries enable always trigger zero_sum');
    for (const statement of guards) await superuser.query(statement);
    const results = await checkInvariants(drizzle(superuser, { schema }), held);
    return Object.fromEntries(
      results.filter(({ state }) => state === 'broken').map(({ id, findings }) => [id, findings]),
    );
  } finally {
    await superuser.query('rollback');
  }
}
const THE_TIP = `(select id from ledger_transfers where key = 'tip:1')`;
const THE_REFUND = `(select id from ledger_transfers where key = 'refund')`;
const transfer = (id: string, kind: string, forced = false) =>
  `insert into ledger_transfers (id, key, request_hash, kind, currency, is_forced, at, posted_at, posted_xid)
   values ('${id}', '${id}', 'h', '${kind}', 'USD', ${forced}, '2027-01-02', '2027-01-02', pg_current_xact_id())`;
const entry = (id: string, account: string, amount: number) =>
  `insert into ledger_entries (transfer_id, account_id, currency, amount, posted_xid)
   values ('${id}', '${account}', 'USD', ${amount}, pg_current_xact_id())`;

describe('the invariants', () => {
  test('hold for what was posted through the door', async () => {
    const results = await db.database.asSystem('check', (tx) => checkInvariants(tx, held));
    expect(results).toEqual(INVARIANTS.map((id) => ({ id, state: 'holds', findings: [] })));
  });

  test('I7 says so when the provider cannot be asked', async () => {
    const results = await db.database.asSystem('check', (tx) => checkInvariants(tx, null));
    expect(results.find(({ id }) => id === 'I7')).toMatchObject({ state: 'unchecked' });
  });

  test.each([
    [
      'I1',
      'a transfer that does not sum to zero',
      [`update ledger_entries set amount = 101 where amount = 100 and transfer_id = ${THE_TIP}`],
    ],
    [
      'I1',
      'entries without a transfer',
      [entry('nothing', 'platform:fees', 5), entry('nothing', 'platform:promotion', -5)],
    ],
    ['I2', 'an entry more', [entry('nothing', 'platform:fees', 5)]],
    [
      'I3',
      'money taken that was not there',
      [
        transfer('p', 'payout'),
        entry('p', 'creator:ana:available', -1),
        entry('p', 'platform:payout_in_transit', 1),
        `insert into ledger_accounts values ('creator:ana:available', 'ana', 'available', true) on conflict do nothing`,
      ],
    ],
    [
      'I4',
      'an entry of a closed day changed',
      [
        `update ledger_entries set account_id = 'platform:promotion' where account_id = 'platform:fees' and transfer_id = ${THE_TIP}`,
      ],
    ],
    [
      'I4',
      'a transfer of a closed day removed',
      [`delete from ledger_entries where transfer_id = ${THE_TIP}`, `delete from ledger_transfers where key = 'tip:1'`],
    ],
    [
      'I4',
      'a transfer slipped into a day before all others',
      [
        transfer('late', 'bonus'),
        entry('late', 'platform:promotion', -1),
        entry('late', 'platform:fees', 1),
        `update ledger_transfers set posted_at = '2026-06-01' where id = 'late'`,
      ],
    ],
    ['I4', 'the trigger against changes switched off', ['alter table ledger_entries disable trigger append_only']],
    ['I4', 'the trigger for zero sums dropped', ['drop trigger zero_sum on ledger_entries']],
    [
      'I5',
      'more given back than was paid',
      [`update ledger_entries set amount = amount * 3 where transfer_id = ${THE_REFUND}`],
    ],
    [
      'I5',
      'a payment given back twice',
      [
        transfer('r', 'refund'),
        entry('r', 'creator:ana:pending', -900),
        entry('r', 'platform:fees', -100),
        entry('r', 'platform:clearing', 1000),
        `update ledger_transfers set memo = '{"paymentId": "p"}' where id = 'r'`,
      ],
    ],
    [
      'I6',
      'a tenth rounded up',
      [
        transfer('t', 'tip'),
        entry('t', 'platform:clearing', -1005),
        entry('t', 'creator:ana:pending', 904),
        entry('t', 'platform:fees', 101),
      ],
    ],
    [
      'I7',
      'money the provider does not have',
      [transfer('x', 'tier'), entry('x', 'platform:clearing', -7), entry('x', 'platform:fees', 7)],
    ],
    [
      'I8',
      'a stored balance changed',
      [`update ledger_snapshots set balance = balance + 1 where account_id = 'platform:fees'`],
    ],
  ] as const)('%s finds %s', async (id, _what, statements) => {
    const found = await foundAfter(...statements);
    expect(Object.keys(found)).toContain(id);
    expect(found[id]?.length).toBeGreaterThan(0);
  });
});

describe('a closed day', () => {
  test('is closed once', async () => {
    const again = await db.database.asSystem('close again', (tx) => closeDay(tx, '2027-01-01', DAY_TWO));
    expect(again).toBeNull();
    expect(await db.database.asSystem('look', (tx) => openDays(tx, DAY_TWO))).toEqual([]);
  });

  test('stays as it was: what comes later is posted after it', async () => {
    await tip('tip:late', 100n, DAY_ONE);
    const rows = await db.sql(`select at, posted_at from ledger_transfers where key = 'tip:late'`);
    expect(rows).toEqual([{ at: DAY_ONE, posted_at: new Date('2027-01-02T00:00:00Z') }]);
    const found = await foundAfter();
    expect(found.I4).toBeUndefined();
  });
});

describe('the database refuses', () => {
  const refused = async (...statements: string[]) => {
    await superuser.query('begin');
    try {
      for (const statement of statements) await superuser.query(statement);
      return 'accepted';
    } catch (error) {
      return error instanceof pg.DatabaseError ? error.message : String(error);
    } finally {
      await superuser.query('rollback');
    }
  };
  const both = (id: string, one: number, other: number, currency = 'USD') =>
    `insert into ledger_entries (transfer_id, account_id, currency, amount, posted_xid) values
       ('${id}', 'platform:fees', 'USD', ${one}, pg_current_xact_id()),
       ('${id}', 'platform:promotion', '${currency}', ${other}, pg_current_xact_id())`;

  test.each([
    ['entries that do not sum to zero', [transfer('n', 'bonus'), both('n', 5, -4)], /sum to 1, not to zero/],
    ['an entry of nothing', [transfer('n', 'bonus'), both('n', 0, 0)], /an entry of nothing/],
    ['entries in two currencies', [transfer('n', 'bonus'), both('n', 5, -5, 'EUR')], /in another currency/],
    ['entries of no transfer', [both('n', 5, -5)], /come with their transfer/],
    [
      'an account that is not there',
      [transfer('n', 'bonus'), both('n', 5, -5).replace('platform:promotion', 'nobody')],
      /names no account/,
    ],
    [
      'a tenth that was rounded up',
      [transfer('n', 'tip'), both('n', 2, -2).replaceAll('promotion', 'clearing')],
      /not a tenth/,
    ],
    [
      'a payout that takes what is not there',
      [transfer('n', 'payout', true), both('n', 5, -5)],
      /may not take what is not there/,
    ],
    ['to change an entry', ['update ledger_entries set amount = 1 where false'], /append-only: UPDATE/],
    ['to remove an entry', ['delete from ledger_entries where false'], /append-only: DELETE/],
    ['to empty a table', ['truncate ledger_entries'], /append-only: TRUNCATE/],
    [
      'to empty the transfers with all that hangs on them',
      ['truncate ledger_transfers cascade'],
      /append-only: TRUNCATE/,
    ],
    ['to change what a day was closed with', [`update ledger_digests set sha256 = ''`], /append-only: UPDATE/],
  ] as const)('even its superuser %s', async (_what, statements, words) => {
    expect(await refused(...statements)).toMatch(words);
  });

  test('even its superuser to add entries, though balanced, to an older transfer', async () => {
    const [row] = await db.sql<{ id: string }>(`select id from ledger_transfers where key = 'tip:1'`);
    const more = both(row?.id ?? '', 5, -5).replace('platform:fees', 'platform:tax_withheld');
    expect(await refused(more)).toMatch(/come with their transfer, not later/);
  });

  test('the system itself any writing past its functions, and everybody else those', async () => {
    const app = new pg.Client({ connectionString: db.urls.app });
    await app.connect();
    const as = async (role: string, statement: string) => {
      await app.query('begin');
      try {
        await app.query("select set_config('role', $1, true), set_config('app.user_id', 'ana', true)", [role]);
        await app.query(statement);
        return 'accepted';
      } catch (error) {
        return error instanceof pg.DatabaseError ? error.code : String(error);
      } finally {
        await app.query('rollback');
      }
    };
    const tables = [
      'currencies',
      'ledger_accounts',
      'ledger_transfers',
      'ledger_entries',
      'ledger_snapshots',
      'ledger_digests',
    ];
    for (const table of tables) {
      for (const verb of [
        `insert into ${table} default values`,
        `delete from ${table}`,
        `truncate ${table}`,
        `alter table ${table} disable trigger all`,
      ]) {
        expect([table, verb, await as('app_system', verb)]).toEqual([table, verb, '42501']);
      }
    }
    const post = `select ledger_post('i', 'k', 'h', 'bonus', 'USD', '2027-01-01', null, null, false, '{}',
      '{platform:promotion,creator:ana:available}', '{-100,100}')`;
    for (const role of ['app_guest', 'app_user', 'app_mod', 'app_admin']) expect(await as(role, post)).toBe('42501');
    expect(await as('app_system', post)).toBe('accepted');
    await app.end();
  });
});

test('a balance folded into a snapshot counts what committed late, although its ids are older', async () => {
  const bo = 'bo' as UserId;
  const slow = new pg.Client({ connectionString: db.urls.app });
  await slow.connect();
  await slow.query('begin');
  await slow.query("select set_config('role', 'app_system', true)");
  const call = (id: string) =>
    `select ledger_post('${id}', '${id}', 'h', 'bonus', 'USD', '2027-01-03', null, null, false, '{}',
      '{platform:promotion,creator:bo:available}', '{-100,100}')`;
  await slow.query(call('slow'));
  // While the first is open, a later one commits and sums are taken.
  await superuser.query(`insert into ledger_accounts values ('creator:bo:pending', 'bo', 'pending', true)`);
  await superuser.query(call('fast').replace('creator:bo:available', 'creator:bo:pending'));
  await db.database.asSystem('fold balances', (tx) => takeSnapshots(tx, 1, DAY_TWO));
  await slow.query('commit');
  await slow.end();
  await foldAll();
  const balance = async (account: string) =>
    (await db.sql<{ b: string }>(`select ledger_balance($1, 'USD') as b`, [account]))[0]?.b;
  expect([await balance(creatorAccount(bo, 'available')), await balance(creatorAccount(bo, 'pending'))]).toEqual([
    '100',
    '100',
  ]);
});
