import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { StreamId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import type { Person } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import { checkBooks } from './check-books.ts';
import type { LedgerDeps } from './deps.ts';
import { exportBooks } from './export-books.ts';
import { exportEarnings } from './export-earnings.ts';
import { creatorAccount, creditBonus, platformAccount, postTransfer, reverseTransfer, splitGross } from './index.ts';
import { getBooks } from './read-books.ts';
import { getEarnings, listEarnings, listEarningsByStream } from './read-earnings.ts';
import { reverseBonus } from './reverse-bonus.ts';

let now = new Date('2027-03-31T22:30:00Z');
const clock: Clock = { now: () => now };
let db: TestDatabase;
let deps: LedgerDeps;
let mira: Person;
let other: Person;
let admin: Person;
let streamId: StreamId;
let tipTransfer: string;

beforeAll(async () => {
  db = await testDatabase({ clock });
  deps = { database: db.database, clock, logger: null as never, providerBalances: null };
  mira = await makePerson(db, 'Mira');
  other = await makePerson(db, 'Other');
  admin = await makePerson(db, 'Admin', 'admin');
  await db.sql(`update profiles set time_zone = 'Europe/Berlin' where id = $1`, [mira.userId]);
  streamId = uuidv7() as StreamId;
  await db.sql(
    `insert into livestreams (id, channel_id, title, is_active, media_state, started_at, ended_at, updated_at)
     values ($1, $2, 'Nachtschicht 13', false, 'ended', $3, $3, $3)`,
    [streamId, mira.userId, now],
  );
  await tip({ from: 'oki', gross: 1_099n, at: '2027-02-10T12:00:00Z' });
  // 31 March in UTC and 1 April in Berlin.
  tipTransfer = await tip({ from: '=wendeltreppe', gross: 500n, at: '2027-03-31T22:15:00Z', message: 'Danke!' });
  await tip({ from: 'klangbruder', gross: 300n, at: '2027-03-31T22:16:00Z', currency: 'EUR', message: 'held words' });
  await system((tx) => creditBonus(tx, { id: streamId, creatorId: mira.userId, receivedMs: 11_000_000 }, now));
  await tip({ from: 'someone', gross: 700n, at: '2027-03-31T22:17:00Z', to: other });
});
afterAll(() => db.drop());

const system = <T>(work: Parameters<typeof db.database.asSystem<T>>[1]) => db.database.asSystem('test earnings', work);

async function tip(given: {
  from: string;
  gross: bigint;
  at: string;
  currency?: 'USD' | 'EUR';
  message?: string;
  to?: Person;
}): Promise<string> {
  const { at, currency = 'USD', from, gross, message = '', to = mira } = given;
  const { artistShare, platformShare } = splitGross(gross);
  const id = uuidv7();
  await db.sql(
    `insert into tips (id, stream_id, channel_id, display_name, amount, currency, artist_share, platform_share, message,
       message_status, idempotency_key, request_hash, status, created_at, paid_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $1, 'h', 'paid', $11, $11)`,
    [
      id,
      streamId,
      to.userId,
      from,
      gross,
      currency,
      artistShare,
      platformShare,
      message,
      message === '' ? 'none' : message.startsWith('held') ? 'held' : 'published',
      at,
    ],
  );
  const { transferId } = await system((tx) =>
    postTransfer(tx, {
      kind: 'tip',
      key: `tip:${id}`,
      at: new Date(at),
      currency,
      streamId,
      memo: { purpose: 'tip', purposeId: id, paymentId: `payment of ${id}` },
      entries: [
        { account: platformAccount('clearing'), amount: -gross },
        { account: creatorAccount(to.userId, 'pending'), amount: artistShare },
        { account: platformAccount('fees'), amount: platformShare },
      ],
    }),
  );
  return transferId;
}
const page = { limit: 50, cursor: undefined, q: undefined, kind: undefined };

describe('earnings', () => {
  test('are balances in each currency, and sums by day and month in the creator’s time zone', async () => {
    const earnings = await getEarnings(deps, mira);
    expect(earnings).toMatchObject({ timeZone: 'Europe/Berlin', today: '2027-04-01' });
    const usd = (amount: number) => ({ amount, currency: 'USD' });
    const eur = (amount: number) => ({ amount, currency: 'EUR' });
    expect(earnings.balances).toEqual([
      { available: usd(1_830), pending: usd(990 + 450), held: usd(0) },
      { available: eur(0), pending: eur(270), held: eur(0) },
    ]);
    expect(earnings.days).toEqual([
      { period: '2027-04-01', source: 'bonus', earned: usd(1_830), count: 1 },
      { period: '2027-04-01', source: 'tips', earned: eur(270), count: 1 },
      { period: '2027-04-01', source: 'tips', earned: usd(450), count: 1 },
    ]);
    expect(earnings.months).toContainEqual({ period: '2027-02', source: 'tips', earned: usd(990), count: 1 });
    expect(earnings.months).toHaveLength(4);
  });

  test('are shown in UTC to whoever has a time zone that the database does not know', async () => {
    await db.sql(`update profiles set time_zone = 'Mars/Olympus' where id = $1`, [other.userId]);
    expect(await getEarnings(deps, other)).toMatchObject({ timeZone: 'UTC', today: '2027-03-31' });
  });

  test('of somebody who never earned anything are empty', async () => {
    const nobody = await makePerson(db, 'Nobody');
    expect(await getEarnings(deps, nobody)).toMatchObject({ balances: [], days: [], months: [] });
    expect(await listEarnings(deps, nobody, page)).toEqual({ items: [], nextCursor: null });
  });

  test('list each entry with what was paid, the platform’s part and the words that others may see', async () => {
    const { items } = await listEarnings(deps, mira, page);
    expect(
      items.map(({ kind, paid, platform, tip, yours }) => [
        kind,
        paid?.amount,
        platform?.amount,
        yours.amount,
        yours.currency,
        tip?.from,
        tip?.message,
      ]),
    ).toEqual([
      ['bonus', 1_830, undefined, 1_830, 'USD', undefined, undefined],
      ['tip', 300, 30, 270, 'EUR', 'klangbruder', null],
      ['tip', 500, 50, 450, 'USD', '=wendeltreppe', 'Danke!'],
      ['tip', 1_099, 109, 990, 'USD', 'oki', null],
    ]);
    expect(items[0]).toMatchObject({ stream: { id: streamId, title: 'Nachtschicht 13' } });
  });

  test('can be searched by who tipped and by stream, filtered by kind, and paged without losing or repeating one', async () => {
    const found = async (search: object) => (await listEarnings(deps, mira, { ...page, ...search })).items.length;
    expect([
      await found({ q: 'WENDEL' }),
      await found({ q: 'nachtschicht' }),
      await found({ q: '%' }),
      await found({ kind: 'bonus' }),
      await found({ kind: 'tips', q: 'oki' }),
      await found({ kind: 'payouts' }),
    ]).toEqual([1, 4, 0, 1, 1, 0]);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const next: Awaited<ReturnType<typeof listEarnings>> = await listEarnings(deps, mira, {
        ...page,
        limit: 1,
        cursor,
      });
      ids.push(...next.items.map(({ id }) => id));
      cursor = next.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(ids).toEqual((await listEarnings(deps, mira, page)).items.map(({ id }) => id));
  });

  test('are summed by stream', async () => {
    const { items } = await listEarningsByStream(deps, mira, page);
    expect(items).toEqual([
      {
        stream: { id: streamId, title: 'Nachtschicht 13', startedAt: '2027-03-31T22:30:00.000Z' },
        earned: [
          { source: 'bonus', earned: { amount: 1_830, currency: 'USD' }, count: 1 },
          { source: 'tips', earned: { amount: 270, currency: 'EUR' }, count: 1 },
          { source: 'tips', earned: { amount: 1_440, currency: 'USD' }, count: 2 },
        ],
      },
    ]);
  });

  test('come as a file in which a name is no formula and an amount is a number', async () => {
    const file = await exportEarnings(deps, mira, { from: '2027-04-01', to: '2027-04-01' });
    const lines = (await text(file.body as Readable)).split('\r\n');
    expect(lines[0]).toBe('\ufefftime (UTC),kind,from,stream,currency,paid,platform,yours,held,transfer');
    expect(lines[1]).toMatch(/^2027-03-31T22:15:00.000Z,tip,'=wendeltreppe,Nachtschicht 13,USD,5,0.5,4.5,,/);
    expect(lines).toHaveLength(5);
  });

  test('lose what is refunded, in a line of its own', async () => {
    await system((tx) =>
      reverseTransfer(tx, { transferId: tipTransfer, kind: 'refund', key: 'refund of a tip', at: now, amount: 100n }),
    );
    const [item] = (await listEarnings(deps, mira, { ...page, kind: 'returned' })).items;
    expect(item).toMatchObject({ paid: { amount: -100 }, platform: { amount: -10 }, yours: { amount: -90 } });
    expect((await getEarnings(deps, mira)).days).toContainEqual({
      period: '2027-04-01',
      source: 'returned',
      earned: { amount: -90, currency: 'USD' },
      count: 1,
    });
  });

  test('of others are nobody’s to read, even by their transfers’ ids', async () => {
    const [row] = await db.sql<{ id: string }>(`select id from ledger_transfers where key like 'tip:%' limit 1`);
    const rows = await db.database.asActor(await makePerson(db, 'Curious'), (tx) =>
      tx.execute(`select * from ledger_shares_of(array['${row?.id}'])`),
    );
    expect(rows.rows).toEqual([]);
  });
});

describe('the books', () => {
  const search = { limit: 50, cursor: undefined, q: undefined };
  test('show balances, volume and every transfer with its entries', async () => {
    const { items, overview } = await getBooks(deps, admin, { ...search, kind: 'tip', currency: 'EUR' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      kind: 'tip',
      amount: { amount: 300, currency: 'EUR' },
      entries: [
        { account: 'clearing', owner: null, amount: { amount: -300 } },
        { account: 'fees', owner: null, amount: { amount: 30 } },
        { account: 'pending', owner: { displayName: 'Mira' }, amount: { amount: 270 } },
      ],
    });
    expect(overview?.platform).toContainEqual({ account: 'promotion', balance: { amount: -1_830, currency: 'USD' } });
    expect(overview?.creators).toContainEqual(
      expect.objectContaining({ available: { amount: 1_830, currency: 'USD' } }),
    );
    expect(overview?.volume).toContainEqual({ kind: 'bonus', amount: { amount: 1_830, currency: 'USD' }, count: 1 });
  });

  test('are searched by person, key, payment and day', async () => {
    const found = async (filter: object) => (await getBooks(deps, admin, { ...search, ...filter })).items.length;
    expect([
      await found({ q: 'mira' }),
      await found({ q: other.userId }),
      await found({ q: 'bonus:' }),
      await found({ from: '2027-03-31', to: '2027-03-31' }),
      await found({ to: '2027-02-28' }),
      await found({ q: 'nobody has this' }),
    ]).toEqual([5, 1, 1, 5, 1, 0]);
  });

  test('are refused to whoever is no admin, whatever the application forgets', async () => {
    await expect(getBooks(deps, other, search)).rejects.toMatchObject({
      cause: { message: 'permission denied for table ledger_transfers' },
    });
  });

  test('come as a file, a line an entry', async () => {
    const file = await exportBooks(deps, admin, { kind: 'bonus' });
    const lines = (await text(file.body as Readable)).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(',bonus,promotion,,,USD,-18.3,');
  });

  test('let an admin take back a bonus once, with a reason its creator reads, and nothing that was paid', async () => {
    const [bonus] = (await getBooks(deps, admin, { ...search, kind: 'bonus' })).items;
    const [paid] = (await getBooks(deps, admin, { ...search, kind: 'tip' })).items;
    const reverse = (id: string | undefined, who = admin) =>
      reverseBonus(deps, who, id ?? '', 'The stream was a still picture.');
    await expect(reverse(paid?.id)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(reverse('nothing')).rejects.toMatchObject({ code: 'not_found' });
    await expect(reverse(bonus?.id, { ...mira, role: 'admin' })).rejects.toMatchObject({ code: 'own_content' });
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => reverse(bonus?.id)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'already_decided' });
    }
    const { items } = await getBooks(deps, admin, { ...search, kind: 'reversal' });
    expect(items).toMatchObject([{ reverses: bonus?.id, amount: { amount: 1_830 } }]);
    expect((await getBooks(deps, admin, { ...search, kind: 'bonus' })).items).toMatchObject([{ isReversed: true }]);
    expect((await getEarnings(deps, mira)).balances[0]).toMatchObject({ available: { amount: 0 } });
    const notices = await db.sql(`select text from notifications where kind = 'bonus_reversed'`);
    expect(notices).toEqual([
      { text: 'A completion bonus of USD 18.30 was taken back. Reason: The stream was a still picture.' },
    ]);
  });

  test('keep what a check found, and by whom it was asked', async () => {
    const check = {
      askedBy: admin.userId,
      at: now,
      providerBalances: async () =>
        new Map([
          ['USD', 2_199n],
          ['EUR', 300n],
        ]),
    };
    expect(await system((tx) => checkBooks(tx, check))).toMatchObject({ isSound: true });
    now = new Date(now.getTime() + 1_000);
    const wrong = { ...check, at: now, providerBalances: async () => new Map([['USD', 1n]]) };
    expect(await system((tx) => checkBooks(tx, wrong))).toMatchObject({ isSound: false });
    const { overview } = await getBooks(deps, admin, search);
    expect(overview?.check?.results.find(({ id }) => id === 'I7')).toMatchObject({ state: 'broken' });
    const events = await db.sql(`select actor_id, details from audit_outbox where type = 'LEDGER_CHECKED' order by id`);
    expect(events).toMatchObject([
      { actor_id: admin.userId, details: { isSound: true, broken: [] } },
      { details: { isSound: false, broken: ['I7'] } },
    ]);
  });
});
