import fc from 'fast-check';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ChatServer, chatServer, makeStream } from '../../../test/kit/chat-server.ts';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import type { Database } from '../../db/index.ts';
import { AppError } from '../../errors.ts';

let db: TestDatabase;
let server: ChatServer;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
afterEach(() => server.close());

type Fault = 'none' | 'refused' | 'lost-after-commit' | 'broken-row';

/** A database that fails as told: before anything happened, or after the commit whose answer then gets lost. */
function faulty(fault: () => Fault): (database: Database) => Database {
  return (database) => ({
    ...database,
    asSystem: async (reason, work) => {
      const kind = reason.startsWith('chat messages') ? fault() : 'none';
      if (kind === 'refused') throw new AppError('storage_unavailable');
      const result = await database.asSystem(reason, work);
      if (kind === 'lost-after-commit') throw new AppError('storage_unavailable');
      return result;
    },
  });
}

async function room(
  options: Parameters<typeof chatServer>[1],
): Promise<{ writer: Socket; reader: Socket; streamId: string }> {
  server = await chatServer(db, options);
  const anna = await makePerson(db, 'Anna');
  const streamId = await makeStream(db, await makePerson(db, 'Owner'));
  const [writer, reader] = [server.connect(anna), server.connect()];
  for (const client of [writer, reader])
    expect(await client.emitWithAck('join-stream', { streamId })).toMatchObject({ ok: true });
  return { writer, reader, streamId };
}

test('while the database is away nothing is acknowledged and nothing is sent, and afterwards all goes on', async () => {
  let fault: Fault = 'none';
  const { writer, reader, streamId } = await room({ wrapDatabase: faulty(() => fault) });
  const heard: string[] = [];
  reader.on('chat-message', ({ message }) => heard.push(message));
  const say = (message: string) => writer.emitWithAck('chat-message', { streamId, message, clientId: message });

  expect(await say('before')).toMatchObject({ ok: true });
  fault = 'refused';
  const refused = await Promise.all([say('one'), say('two')]);
  for (const ack of refused)
    expect(ack).toMatchObject({ ok: false, error: { code: 'storage_unavailable', retryAfterMs: 1000 } });
  fault = 'none';
  // The same client id may be used again, because nothing came of it.
  expect(await say('one')).toMatchObject({ ok: true });
  await expect.poll(() => heard).toEqual(['before', 'one']);
  expect(await db.sql('select message from stream_messages where stream_id = $1 order by seq', [streamId])).toEqual([
    { message: 'before' },
    { message: 'one' },
  ]);
});

test('a commit whose answer was lost is found again by its client id, once', async () => {
  let fault: Fault = 'lost-after-commit';
  const { writer, reader, streamId } = await room({ wrapDatabase: faulty(() => fault) });
  const heard: string[] = [];
  reader.on('chat-message', ({ message }) => heard.push(message));
  const say = () => writer.emitWithAck('chat-message', { streamId, message: 'hi', clientId: 'c' });
  expect(await say()).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
  fault = 'none';
  const [row] = await db.sql<{ id: string }>('select id from stream_messages where stream_id = $1', [streamId]);
  expect(await say()).toEqual({ ok: true, id: row?.id, status: 'published' });
  expect(await writer.emitWithAck('chat-message', { streamId, message: 'next' })).toMatchObject({ ok: true });
  // Who watched all the while hears of the found one too, in its place.
  await expect.poll(() => heard).toEqual(['hi', 'next']);
  const rejoined = await writer.emitWithAck('join-stream', { streamId });
  expect(rejoined.history.map((line: { message: string; seq: number }) => line.message)).toEqual(['hi', 'next']);
});

test('slow mode does not count a message that was not stored', async () => {
  let fault: Fault = 'refused';
  const { writer, streamId } = await room({ wrapDatabase: faulty(() => fault) });
  await db.sql(`update livestreams set chat_modes = chat_modes || '{"slowSeconds": 30}' where id = $1`, [streamId]);
  await server.chat.streamChanged(streamId as never);
  expect((await writer.emitWithAck('chat-message', { streamId, message: 'hi' })).error.code).toBe(
    'storage_unavailable',
  );
  fault = 'none';
  expect(await writer.emitWithAck('chat-message', { streamId, message: 'hi' })).toMatchObject({ ok: true });
});

test('a row the database will not have is refused alone', async () => {
  const { writer, reader, streamId } = await room({
    wrapDatabase: (database) => ({
      ...database,
      asSystem: (reason, work) =>
        database.asSystem(reason, async (tx) => {
          const result = await work(tx);
          const poisoned = await tx.execute(`select 1 from stream_messages where message = 'poison'`);
          if (poisoned.rowCount) throw new Error('this row breaks a rule');
          return result;
        }),
    }),
  });
  const heard: string[] = [];
  reader.on('chat-message', ({ message }) => heard.push(message));
  const acks = await Promise.all(
    ['a', 'poison', 'b'].map((message) => writer.emitWithAck('chat-message', { streamId, message })),
  );
  expect(acks.map((ack) => ack.ok)).toEqual([true, false, true]);
  await expect.poll(() => heard).toEqual(['a', 'b']);
});

test('more messages than may wait are refused at once, and none is lost silently', async () => {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const { writer, streamId } = await room({
    wrapDatabase: (database) => ({
      ...database,
      asSystem: async (reason, work) => {
        if (reason.startsWith('chat messages')) await gate;
        return database.asSystem(reason, work);
      },
    }),
  });
  // One socket may have 64 commands under way; so many sockets.
  const anna = await makePerson(db, 'Many');
  const clients = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const client = server.connect(anna);
      await client.emitWithAck('join-stream', { streamId });
      return client;
    }),
  );
  const sending = clients.flatMap((client, c) =>
    Array.from({ length: 60 }, (_, n) => client.emitWithAck('chat-message', { streamId, message: `${c} ${n}` })),
  );
  // Nothing is stored as long as the gate is closed, so the first answer is a refusal: by then all places are taken.
  expect(await Promise.race(sending)).toMatchObject({ ok: false, error: { code: 'rate_limited' } });
  open();
  const acks = await Promise.all(sending);
  const stored = acks.filter((ack) => ack.ok).length;
  expect(acks.filter((ack) => !ack.ok && ack.error.code === 'rate_limited')).toHaveLength(acks.length - stored);
  expect(stored).toBeLessThan(2400);
  expect(await db.sql('select count(*)::int as n from stream_messages where stream_id = $1', [streamId])).toEqual([
    { n: stored },
  ]);
  expect(await writer.emitWithAck('chat-message', { streamId, message: 'on' })).toMatchObject({ ok: true });
}, 30_000);

test('whatever fails when, what was acknowledged is stored once, in the order of seq', async () => {
  const plan: Fault[] = [];
  const { writer, streamId } = await room({ wrapDatabase: faulty(() => plan.shift() ?? 'none') });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<Fault>('none', 'none', 'refused', 'lost-after-commit'), { maxLength: 6 }),
      fc.integer({ min: 1, max: 12 }),
      async (faults, count) => {
        plan.splice(0, plan.length, ...faults);
        const names = Array.from({ length: count }, (_, n) => `r${round}n${n}`);
        round++;
        const ids = new Map<string, string>();
        for (let waiting = names; waiting.length > 0; waiting = waiting.filter((name) => !ids.has(name))) {
          const acks = await Promise.all(
            waiting.map((name) => writer.emitWithAck('chat-message', { streamId, message: name, clientId: name })),
          );
          for (const [n, ack] of acks.entries()) if (ack.ok) ids.set(waiting[n] ?? '', ack.id);
        }
        const rows = await db.sql<{ id: string; message: string; seq: string }>(
          'select id, message, seq from stream_messages where stream_id = $1 and message = any($2)',
          [streamId, names],
        );
        expect(Object.fromEntries(rows.map((row) => [row.message, row.id]))).toEqual(Object.fromEntries(ids));
        expect(rows).toHaveLength(names.length);
      },
    ),
    { numRuns: 25 },
  );
  const all = await db.sql<{ seq: string }>('select seq from stream_messages where stream_id = $1 order by id', [
    streamId,
  ]);
  expect(new Set(all.map((row) => row.seq)).size).toBe(all.length);
}, 60_000);
