import fc from 'fast-check';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { makePerson } from '../../test/kit/people.ts';
import { silentLogger } from '../../test/kit/silent-logger.ts';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';
import { announce, type DomainEvent } from './outbox.ts';
import { on, type Subscription } from './subscription.ts';

interface Counted extends DomainEvent {
  readonly type: 'thing.counted' | 'thing.forgotten';
  readonly n: number;
}
const counted = (key: string, n: number, type: Counted['type'] = 'thing.counted'): Counted => ({
  type,
  key,
  at: '2027-01-01T00:00:00.000Z',
  n,
});
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('announced events', () => {
  let db: TestDatabase;
  const dispatchers: Dispatcher[] = [];

  const dispatcher = (...subscriptions: Subscription[]) => {
    const made = createDispatcher({
      handle: db,
      logger: silentLogger,
      registry: new Registry(),
      subscriptions,
      pollMs: 50,
      handlerTimeoutMs: 2_000,
    });
    dispatchers.push(made);
    return made;
  };
  const say = (...events: Counted[]) => db.database.asSystem('a test', (tx) => announce(tx, events));
  const hear = (heard: string[], name = 'listener') =>
    on<Counted>()(name, ['thing.counted'], async ({ key, n }) => void heard.push(`${key}${n}`));
  /** As if the waiting time of failed attempts were over. */
  const hurry = () => db.sql("update outbox_deliveries set due_at = due_at - interval '1 hour'");

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.drop());
  beforeEach(() => db.sql('truncate outbox, outbox_deliveries'));
  afterEach(async () => {
    for (const one of dispatchers.splice(0)) await one.stop();
  });

  test('reach every subscription that names their type, after the commit, and leave nothing behind', async () => {
    const one: string[] = [];
    const other: string[] = [];
    const none: string[] = [];
    const outbox = dispatcher(
      hear(one, 'one'),
      hear(other, 'other'),
      on<Counted>()('third', ['thing.forgotten'], async ({ n }) => void none.push(String(n))),
    );
    await say(counted('a', 1), counted('a', 2));
    await outbox.settle();
    expect([one, other, none]).toEqual([['a1', 'a2'], ['a1', 'a2'], []]);
    expect(await db.sql('select from outbox union all select from outbox_deliveries')).toEqual([]);
  });

  test('are not heard when their transaction fails', async () => {
    const heard: string[] = [];
    const outbox = dispatcher(hear(heard));
    const failing = db.database.asSystem('a test', async (tx) => {
      await announce(tx, counted('a', 1));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await outbox.settle();
    expect(heard).toEqual([]);
  });

  test('may be announced by anyone who acts, and read by none of them', async () => {
    const heard: string[] = [];
    const outbox = dispatcher(hear(heard));
    const alice = await makePerson(db, 'Alice');
    await db.database.asActor(alice, (tx) => announce(tx, counted('a', 1)));
    await db.database.asActor({ kind: 'guest', guestId: null }, (tx) => announce(tx, counted('g', 1)));
    await outbox.settle();
    expect(heard.sort()).toEqual(['a1', 'g1']);
  });

  test('arrive promptly after the commit, long before the next poll', async () => {
    const heard: string[] = [];
    const outbox = createDispatcher({
      handle: db,
      logger: silentLogger,
      registry: new Registry(),
      subscriptions: [hear(heard)],
      pollMs: 60_000,
    });
    dispatchers.push(outbox);
    outbox.start();
    await sleep(100);
    await say(counted('a', 1));
    const started = performance.now();
    while (heard.length === 0 && performance.now() - started < 20_000) await sleep(5);
    expect(heard).toEqual(['a1']);
  });

  test('are picked up by the poll when another node announced them', async () => {
    const heard: string[] = [];
    dispatcher(hear(heard)).start();
    await db.sql(
      `insert into outbox (type, key, payload, at) values ('thing.counted', 'a', '{"type":"thing.counted","key":"a","n":1}', now())`,
    );
    const started = performance.now();
    while (heard.length === 0 && performance.now() - started < 20_000) await sleep(5);
    expect(heard).toEqual(['a1']);
  });

  test('wait behind a failing one of their key alone, and come in order once it succeeds', async () => {
    const heard: string[] = [];
    let broken = true;
    const outbox = dispatcher(
      on<Counted>()('listener', ['thing.counted'], async ({ key, n }) => {
        if (broken && key === 'a' && n === 2) throw new Error('not now');
        heard.push(`${key}${n}`);
      }),
    );
    await say(counted('a', 1), counted('a', 2), counted('b', 1), counted('a', 3), counted('b', 2));
    await outbox.settle();
    expect(heard.filter((each) => each.startsWith('a'))).toEqual(['a1']);
    expect(heard.filter((each) => each.startsWith('b'))).toEqual(['b1', 'b2']);
    broken = false;
    await hurry();
    await outbox.settle();
    expect(heard.filter((each) => each.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  });

  test('do not hold up another subscription that works', async () => {
    const heard: string[] = [];
    const outbox = dispatcher(
      on<Counted>()('broken', ['thing.counted'], () => Promise.reject(new Error('never'))),
      hear(heard, 'working'),
    );
    await say(counted('a', 1), counted('a', 2));
    await outbox.settle();
    expect(heard).toEqual(['a1', 'a2']);
  });

  test('are parked after many attempts, kept for a person, and the next of the key goes on', async () => {
    const heard: string[] = [];
    const outbox = dispatcher(
      on<Counted>()('listener', ['thing.counted'], async ({ key, n }) => {
        if (n === 1) throw new Error('Ada wrote something we cannot read');
        heard.push(`${key}${n}`);
      }),
    );
    await say(counted('a', 1), counted('a', 2));
    for (let attempt = 1; attempt <= 15; attempt++) {
      await outbox.settle();
      await hurry();
    }
    await outbox.settle();
    expect(heard).toEqual(['a2']);
    expect(await db.sql('select attempts, parked_at is not null as parked from outbox_deliveries')).toEqual([
      { attempts: 15, parked: true },
    ]);
  });

  test('a handler that hangs counts as failed', async () => {
    const outbox = createDispatcher({
      handle: db,
      logger: silentLogger,
      registry: new Registry(),
      subscriptions: [on<Counted>()('hanging', ['thing.counted'], () => new Promise(() => undefined))],
      handlerTimeoutMs: 50,
    });
    await say(counted('a', 1));
    await outbox.settle();
    expect(await db.sql('select attempts from outbox_deliveries')).toEqual([{ attempts: 1 }]);
  });

  test('property: with handlers failing at random and two nodes, each key is heard whole and in order', async () => {
    const key = fc.constantFrom('a', 'b', 'c');
    await fc.assert(
      fc.asyncProperty(
        fc.array(key, { minLength: 1, maxLength: 30 }),
        fc.infiniteStream(fc.nat(3)),
        async (keys, luck) => {
          await db.sql('truncate outbox, outbox_deliveries');
          const heard = new Map<string, number[]>();
          const listener = on<Counted>()('listener', ['thing.counted'], async ({ key: of, n }) => {
            if (luck.next().value === 0) throw new Error('unlucky');
            heard.set(of, [...(heard.get(of) ?? []), n]);
          });
          const nodes = [dispatcher(listener), dispatcher(listener)];
          await say(...keys.map((of, n) => counted(of, n)));
          for (let round = 0; round < 12; round++) {
            await Promise.all(nodes.map((node) => node.settle()));
            await hurry();
          }
          for (const of of new Set(keys)) {
            const expected = keys.flatMap((each, n) => (each === of ? [n] : []));
            expect(heard.get(of)).toEqual(expected);
          }
        },
      ),
      { numRuns: 5 },
    );
  });
});
