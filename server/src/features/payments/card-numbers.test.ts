/** A card number typed into every text of every operation and command leaves in no log, no file and no table of money. */
import { COMMANDS, OPERATIONS, type Operation } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestApp, testApp } from '../../../test/kit/app.ts';
import { exampleOf, type Input, makeWorld, refreshWorld, type World } from '../../../test/operation-examples.ts';
import { createLogger } from '../../observability/index.ts';

/** Numbers that providers give out for tests, in two spellings. */
const CARDS = ['4242424242424242', '5555 5555 5555 4444'];
const ANY = /4242424242424242|5555 ?5555 ?5555 ?4444/;

let app: TestApp;
let world: World;
let log = '';
/** In all files. */
let masks = 0;
beforeAll(async () => {
  // The product's own log, as loud as it goes.
  const logger = createLogger(
    { logLevel: 'trace' },
    {
      write: (line: string) => {
        log += line;
      },
    },
  );
  app = await testApp({ logger });
  world = await makeWorld(app);
}, 60_000);
afterAll(() => app.close());

type Path = readonly string[];
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
}

/** Where a person can write what they like. */
function textsIn(schema: Schema, path: Path = []): Path[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((part) => textsIn(part, path));
  if (schema.type === 'object') {
    return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => textsIn(part, [...path, name]));
  }
  const isFree = schema.type === 'string' && schema.enum === undefined && schema.const === undefined;
  return isFree && schema.format === undefined && schema.pattern === undefined ? [path] : [];
}
const textsOf = (schema: z.ZodType | undefined): Path[] =>
  schema === undefined ? [] : textsIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);

function withText(value: unknown, [name, ...rest]: Path, text: string): unknown {
  if (name === undefined) return text;
  const known = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...known, [name]: withText(known[name], rest, text) };
}

/** What a browser would send. */
async function send(operation: Operation, input: Input, body: unknown): Promise<void> {
  const path = operation.path.replace(/:([A-Za-z]+)/g, (_all, name: string) => input.params?.[name] ?? '');
  const search = new URLSearchParams(input.query);
  for (const client of operation.who === 'admin' ? [world.admin] : [world.owner, world.user]) {
    const response = await client.fetch(search.size === 0 ? path : `${path}?${search}`, {
      method: operation.method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
  }
}

/** Everything at once would be a flood; what ends a session or an account is tried by its own tests. */
const KEEPS_OUT = new Set(['setup.redeem']);
const typed = OPERATIONS.filter(({ body, id, query }) => {
  return !KEEPS_OUT.has(id) && textsOf(body).length + textsOf(query).length > 0;
});

test('there is much to type into', () => {
  expect(typed.flatMap(({ body, query }) => [...textsOf(body), ...textsOf(query)]).length).toBeGreaterThan(60);
});

describe('typed into', () => {
  test.each(typed.map((operation) => [operation.id, operation] as const))('%s', async (_id, operation) => {
    world = await refreshWorld(app, world, operation);
    const good = exampleOf(operation, world);
    const card = CARDS[operation.id.length % CARDS.length] ?? '';
    for (const path of textsOf(operation.body)) {
      await send(operation, good, withText(good.body, path, `Take ${card} now`));
    }
    for (const [name = ''] of textsOf(operation.query)) {
      await send(operation, { ...good, query: { ...good.query, [name]: `${card}` } }, good.body);
    }
    await app.settle();
    expect(ANY.exec(log)).toBeNull();
  });

  test('the chat and whatever else takes words by socket', async () => {
    const socket = world.user.socket();
    const joined = await socket.emitWithAck('join-stream', { streamId: world.streamId }).catch(() => null);
    expect(joined).not.toBeNull();
    for (const command of COMMANDS) {
      for (const [name = ''] of textsOf(command.input)) {
        const input = { streamId: world.streamId, amount: 500, currency: 'EUR', idempotencyKey: 'of-this-test' };
        await socket
          .timeout(5_000)
          .emitWithAck(command.name, { ...input, clientId: 'c', [name]: `Pay with ${CARDS[0]}` });
      }
    }
    socket.close();
    await app.settle();
    expect(ANY.exec(log)).toBeNull();
  });
});

describe('afterwards', () => {
  const files = OPERATIONS.filter(({ download, method }) => download !== undefined && method === 'GET');

  test.each(files.map((operation) => [operation.id, operation] as const))(
    'it is not in the file of %s',
    async (_id, operation) => {
      world = await refreshWorld(app, world, operation);
      const good = exampleOf(operation, world);
      const path = operation.path.replace(/:([A-Za-z]+)/g, (_all, name: string) => good.params?.[name] ?? '');
      for (const query of [good.query, { ...good.query, format: 'json' }, { ...good.query, format: 'csv' }]) {
        for (const client of operation.who === 'admin' ? [world.admin] : [world.owner, world.user]) {
          const response = await client.fetch(`${path}?${new URLSearchParams(query)}`);
          const text = await response.text();
          expect(ANY.exec(text)).toBeNull();
          masks += text.split('[card number]').length - 1;
        }
      }
    },
  );

  test('the files say where one was', () => {
    expect(masks).toBeGreaterThan(0);
  });

  test('it is in no table of money', async () => {
    const tables = [
      ['payments', 'payment_refunds', 'payment_disputes', 'payment_events', 'payouts', 'payout_accounts'],
      ['saved_payers', 'sandbox_objects', 'sandbox_events', 'ledger_transfers', 'ledger_entries'],
    ].flat();
    for (const table of tables) {
      const rows = await app.storage.sql(`select to_jsonb(t)::text as row from ${table} t`);
      // An admin's reason for a refund is their words, for other admins alone.
      const found = rows.filter(({ row }) => ANY.test(String(row).replace(/"reason": "[^"]*"/, '')));
      expect([table, found]).toEqual([table, []]);
    }
    const [{ n }] = (await app.storage.sql(`select count(*)::int as n from payments`)) as [{ n: number }];
    expect(n).toBeGreaterThan(0);
  });
});
