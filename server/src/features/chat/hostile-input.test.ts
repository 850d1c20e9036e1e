/** Every hostile input gets a clear error, its sender alone hears of it, and the server goes on. */
import { connect as connectTcp } from 'node:net';
import type { ChatMessage } from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ChatServer, chatServer, makeStream } from '../../../test/kit/chat-server.ts';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import type { Person } from '../../actor.ts';

let db: TestDatabase;
let server: ChatServer;
let anna: Person;
let witness: Socket;
let witnessed: [string, unknown][];
let streamId: string;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  anna = await makePerson(db, 'Anna');
  streamId = await makeStream(db, await makePerson(db, 'Owner'));
});
afterEach(async () => {
  // Whatever came before: someone else writes and the witness hears it, and nothing else.
  const bert = server.connect(await makePerson(db, 'Bert'));
  await bert.emitWithAck('join-stream', { streamId });
  expect(await bert.emitWithAck('chat-message', { streamId, message: 'all well' })).toMatchObject({ ok: true });
  const texts = () => witnessed.map(([, payload]) => (payload as Partial<ChatMessage>).message);
  await expect.poll(texts, { timeout: 3000 }).toContain('all well');
  const unexpected = witnessed.filter(
    ([event, payload]) => event !== 'viewer-count' && !/^(all well|ok)/.test((payload as ChatMessage).message),
  );
  expect(unexpected).toEqual([]);
  await server.close();
});

async function start(options?: Parameters<typeof chatServer>[1]): Promise<void> {
  server = await chatServer(db, options);
  witnessed = [];
  witness = server.connect();
  witness.onAny((event: string, payload: unknown) => witnessed.push([event, payload]));
  expect(await witness.emitWithAck('join-stream', { streamId })).toMatchObject({ ok: true });
}

async function writer(): Promise<Socket> {
  const client = server.connect(anna);
  await client.emitWithAck('join-stream', { streamId });
  return client;
}

const disconnected = (client: Socket) =>
  new Promise<string>((resolve) => client.once('disconnect', (reason) => resolve(reason)));

describe('messages', () => {
  test.each<[string, string]>([
    ['501 code points', `${'ab'.repeat(250)}c`],
    ['501 code points outside the basic plane', '😀'.repeat(501)],
    ['a lone high surrogate', 'x\ud800y'],
    ['a lone low surrogate', '\udc00'],
    ['a control character', 'a\u0000b'],
    ['an escape sequence', '\u001b[31mred'],
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['nothing visible', '\u200b\u200b'],
    ['a zero-width flood', `a${'\u200b'.repeat(51)}`],
    ['fillers that draw nothing', '\u3164\u3164'],
    ['a tag-character flood', `a${'\u{e0041}'.repeat(60)}`],
  ])('%s: refused as invalid', async (_, message) => {
    await start();
    const client = await writer();
    const ack = await client.emitWithAck('chat-message', { streamId, message });
    expect(ack).toMatchObject({ ok: false, error: { code: 'invalid', message: expect.stringContaining('message') } });
  });

  test.each<[string, string]>([
    ['500 code points', `ok${'😀'.repeat(498)}`],
    ['markup', 'ok <img src=x onerror=alert(1)> </script>'],
    ['direction overrides', 'ok \u202e\u2066dlrow\u2069'],
    ['SQL', `ok '); drop table stream_messages; --`],
    ['stacked marks', `ok e${'\u0301'.repeat(400)}`],
    ['a family', 'ok 👩‍👩‍👧‍👦'],
    ['prototype words', 'ok __proto__ constructor'],
  ])('%s: harmless text', async (_, message) => {
    await start();
    const client = await writer();
    const received = new Promise<ChatMessage>((resolve) => client.once('chat-message', resolve));
    expect(await client.emitWithAck('chat-message', { streamId, message })).toMatchObject({
      ok: true,
      status: 'published',
    });
    expect((await received).message).toBe(message);
    witnessed = [];
  });

  test('a frame of a megabyte is refused as too large, and the connection stays', async () => {
    await start();
    const client = await writer();
    const ack = await client.emitWithAck('chat-message', { streamId, message: 'x'.repeat(1_048_576) });
    expect(ack).toMatchObject({ ok: false, error: { code: 'too_large' } });
    expect(await client.emitWithAck('chat-message', { streamId, message: 'ok still here' })).toMatchObject({
      ok: true,
    });
  });

  test('a bigger frame closes its own connection only', async () => {
    await start();
    const client = await writer();
    const gone = disconnected(client);
    client.emit('chat-message', { streamId, message: 'x'.repeat(3_000_000) });
    expect(await gone).toMatch(/transport/);
  });
});

describe('payloads', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a text', 'hi'],
    ['an array', [{}]],
    ['bytes', Buffer.from('hi')],
    ['bytes inside', { streamId: 's', message: Buffer.from('hi') }],
    ['a message that is no text', { streamId: 's', message: { toString: 'x' } }],
    ['an unknown field', { streamId: 's', message: 'hi', admin: true }],
    ['a prototype', JSON.parse('{"streamId":"s","message":"hi","__proto__":{"admin":true}}')],
    ['a constructor', JSON.parse('{"streamId":"s","message":"hi","constructor":{"prototype":{"admin":true}}}')],
    ['an id that is none', { streamId: '../../etc', message: 'hi' }],
    ['a long id', { streamId: 'x'.repeat(65), message: 'hi' }],
    ['a client id that is too long', { streamId: 's', message: 'hi', clientId: 'x'.repeat(65) }],
    ['a field named with half a pair', JSON.parse('{"streamId":"s","message":"hi","\\ud800":1}')],
  ])('%s: refused as invalid', async (_, payload) => {
    await start();
    const client = server.connect(anna);
    const ack = await client.emitWithAck('chat-message', payload);
    expect(ack).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('deep nesting and many values are refused before they are looked at', async () => {
    await start();
    const client = server.connect(anna);
    await client.emitWithAck('join-stream', { streamId });
    const refusal = new Promise((resolve) => client.once('command-refused', resolve));
    // A stock client cannot even write this.
    writeRaw(client, `2["chat-message",${'['.repeat(50_000)}${']'.repeat(50_000)}]`);
    expect(await refusal).toMatchObject({ error: { code: 'too_large' } });
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k${n}`, n]));
    expect(await client.emitWithAck('chat-message', wide)).toMatchObject({ ok: false, error: { code: 'too_large' } });
  });

  test('too many arguments are refused', async () => {
    await start();
    const client = server.connect(anna);
    expect(await client.emitWithAck('chat-message', {}, {}, {})).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
  });
});

describe('events', () => {
  test.each(['no-such-event', 'message', 'error', '__proto__', 'constructor', 'viewer-count', ''])(
    '%j: answered as invalid',
    async (event) => {
      await start();
      const client = server.connect(anna);
      expect(await client.emitWithAck(event, { streamId })).toMatchObject({ ok: false, error: { code: 'invalid' } });
    },
  );

  test('without an acknowledgement the sender hears of the refusal by an event', async () => {
    await start();
    const client = server.connect(anna);
    const refusals: unknown[] = [];
    client.on('command-refused', (refusal) => refusals.push(refusal));
    client.emit('no-such-event', 1);
    client.emit('chat-message', { streamId, message: 'hi' });
    await expect.poll(() => refusals.length, { timeout: 3000 }).toBe(2);
    expect(refusals).toMatchObject([
      { command: 'no-such-event', error: { code: 'invalid' } },
      { command: 'chat-message', error: { code: 'not_joined' } },
    ]);
  });

  test('a command without an acknowledgement still does its work', async () => {
    await start();
    const client = await writer();
    client.emit('chat-message', { streamId, message: 'ok nobody waits' });
    await expect
      .poll(() => witnessed.some(([, payload]) => (payload as ChatMessage).message === 'ok nobody waits'), {
        timeout: 3000,
      })
      .toBe(true);
  });

  test('a client that speaks no Socket.IO is closed alone', async () => {
    await start();
    const { port } = new URL(server.url);
    for (const bytes of [
      'garbage\r\n\r\n',
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n\xff\xff\xff\xff',
    ]) {
      const tcp = connectTcp(Number(port), '127.0.0.1');
      tcp.write(Buffer.from(bytes, 'latin1'));
      await new Promise((resolve) => tcp.resume().once('close', resolve).once('end', resolve));
      tcp.destroy();
    }
    const raw = server.connect(anna);
    await new Promise((resolve) => raw.once('connect', () => resolve(undefined)));
    const gone = disconnected(raw);
    // A packet of a type that does not exist.
    writeRaw(raw, '9nonsense');
    await gone;
  });

  test('a foreign page may not connect', async () => {
    await start();
    const foreign = server.connect(anna, { extraHeaders: { origin: 'https://evil.example' }, reconnection: false });
    expect((await new Promise<Error>((resolve) => foreign.once('connect_error', resolve))).message).toMatch(
      /websocket error/,
    );
    const own = server.connect(anna, { extraHeaders: { origin: server.url } });
    await new Promise((resolve) => own.once('connect', () => resolve(undefined)));
  });
});

describe('floods', () => {
  test('1,000 connections from one address: those above the limit are told so, the rest are served', async () => {
    await start({ rateLimits: true, connectionsPerAddress: 40 });
    let connected = 0;
    const errors = new Map<string, number>();
    const clients = Array.from({ length: 1000 }, () => {
      const client = server.connect(undefined, { reconnection: false });
      client.on('connect', () => connected++);
      client.on('connect_error', (error) => errors.set(error.message, (errors.get(error.message) ?? 0) + 1));
      return client;
    });
    const refused = () => [...errors.values()].reduce((sum, n) => sum + n, 0);
    await expect.poll(() => connected + refused(), { timeout: 15_000 }).toBe(1000);
    expect(connected).toBeLessThanOrEqual(40);
    expect(connected).toBeGreaterThanOrEqual(30);
    expect(errors.get('rate_limited')).toBeGreaterThan(0);
    for (const client of clients) client.disconnect();
    await expect
      .poll(async () => (await server.registry.metrics()).match(/virgil_socket_connections (\d+)/)?.[1], {
        timeout: 5000,
      })
      .toBe('1');
  }, 30_000);

  test('a flood of commands is refused with the time to wait, and cut off when it goes on', async () => {
    await start({ rateLimits: true });
    const client = await writer();
    const ended = new Promise((resolve) => client.once('session-ended', resolve));
    const acks = await Promise.all(
      Array.from({ length: 60 }, () => client.emitWithAck('chat-message', { streamId, message: 'ok' })),
    );
    const refused = acks.filter((ack) => !ack.ok);
    expect(refused.length).toBeGreaterThan(40);
    expect(refused.every((ack) => ack.error.code === 'rate_limited' && ack.error.retryAfterMs > 0)).toBe(true);
    for (let n = 0; n < 3000; n++) client.emit('leave-stream', { streamId: 'elsewhere' });
    expect(await ended).toEqual({ reason: 'rate_limited' });
  });

  test('a client that does not read is cut before it costs memory, and the others hear everything', async () => {
    await start();
    const deaf = connectTcp(Number(new URL(server.url).port), '127.0.0.1');
    deaf.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    let told = '';
    deaf.on('data', (chunk) => {
      told += chunk.toString('latin1');
    });
    const hears = (answer: string) => expect.poll(() => told).toContain(answer);
    await hears('0{"sid"');
    deaf.write(masked('40'));
    await hears('40{"sid"');
    deaf.write(masked(`420["join-stream",{"streamId":"${streamId}"}]`));
    await hears('430[');
    deaf.pause();
    let deafIsGone = false;
    deaf.once('close', () => {
      deafIsGone = true;
    });
    deaf.on('error', () => undefined);
    const client = await writer();
    let heard = 0;
    client.on('message-removed', () => heard++);
    const ids = Array.from({ length: 500 }, (_, n) => `m${n}`.padEnd(60, 'x'));
    let sent = 0;
    while (!(await server.registry.metrics()).includes('virgil_socket_slow_consumers_total 1') && sent < 3000) {
      for (let n = 0; n < 20; n++, sent++)
        server.realtime.toStream(streamId as never, removed, { streamId, ids } as never);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await server.registry.metrics()).toContain('virgil_socket_slow_consumers_total 1');
    await expect.poll(() => heard, { timeout: 10_000 }).toBe(sent);
    deaf.resume();
    await expect.poll(() => deafIsGone, { timeout: 5000 }).toBe(true);
    witnessed = [];
  }, 40_000);
});

/** Below the client's own encoder. */
function writeRaw(client: Socket, packet: string): void {
  client.io.engine.write(packet);
}

const removed = { name: 'message-removed', room: 'livestream', summary: '', payload: undefined } as never;

/** A short text frame as a client sends it. */
function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

test('guests of one address share a limit, which people who signed in there do not feel', async () => {
  await start({ rateLimits: true });
  const guests = Array.from({ length: 100 }, () => server.connect());
  const answers = await Promise.all(
    guests.flatMap((guest) => Array.from({ length: 55 }, () => guest.emitWithAck('leave-stream', { streamId }))),
  );
  const codes = answers.map(({ error }) => error.code);
  expect(codes.filter((code) => code === 'not_joined').length).toBeGreaterThanOrEqual(1900);
  expect(codes).toContain('rate_limited');
  await writer();
});
