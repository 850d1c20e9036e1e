/** Sockets of the whole server: every way to prove who one is, both transports, and what other features do to a room. */
import { randomUUID } from 'node:crypto';
import { channels, livestreams } from '@virgil/contract';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, type TestClient, testApp } from './kit/app.ts';

let app: TestApp;
let creator: SignedIn;
let anna: SignedIn;
let streamId: string;
let open: Socket[] = [];

beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  [creator, anna] = await Promise.all([app.signUp({ tier: 'pro' }), app.signUp()]);
  const { livestream } = await creator.call(livestreams.startLivestream, { body: { title: 'A stream' } });
  streamId = livestream.id;
});
afterEach(() => {
  for (const socket of open) socket.disconnect();
  open = [];
});

function connect(client: TestClient): Socket {
  const socket = client.socket();
  open.push(socket);
  return socket;
}

const join = (socket: Socket) => socket.timeout(5000).emitWithAck('join-stream', { streamId });
const say = (socket: Socket, message = 'hi') => socket.timeout(5000).emitWithAck('chat-message', { streamId, message });

describe('who one is', () => {
  test('by session cookie, by API key in the handshake, and as a guest', async () => {
    const key = await anna.byApiKey(['read', 'chat']);
    const [byCookie, byKey, asGuest] = [connect(anna), connect(key), connect(app.guest())];
    expect((await join(byCookie)).me).toEqual({ role: 'viewer' });
    expect((await join(byKey)).viewers).toBe(1);
    expect((await join(asGuest)).me).toEqual({ role: 'guest' });
    expect(await say(byCookie)).toMatchObject({ ok: true });
    expect(await say(byKey)).toMatchObject({ ok: true });
    expect(await say(asGuest)).toMatchObject({ ok: false, error: { code: 'sign_in_required' } });
  });

  test('a key without the scope reads and does not write', async () => {
    const reading = connect(await anna.byApiKey(['read']));
    expect(await join(reading)).toMatchObject({ ok: true });
    expect(await say(reading)).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  });

  test('a key that is none is refused at the door, with the code', async () => {
    const socket = io(app.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { token: 'nonsense' },
    });
    open.push(socket);
    const error = await new Promise<Error & { data?: unknown }>((resolve) => socket.once('connect_error', resolve));
    expect(error.message).toBe('sign_in_required');
    expect(error.data).toMatchObject({ code: 'sign_in_required' });
  });

  test('a guest’s tabs are one viewer', async () => {
    const guest = app.guest();
    expect((await join(connect(guest))).viewers).toBe(1);
    expect((await join(connect(guest))).viewers).toBe(1);
  });

  test('somebody under a penalty enters no room', async () => {
    await app.storage.sql(
      `insert into admin_penalties (id, user_id, severity, reason, issued_at) values ($1, $2, 'permanent', 'r', now())`,
      [randomUUID(), anna.id],
    );
    const socket = connect(anna);
    expect(await join(socket)).toMatchObject({ ok: false, error: { code: 'banned' } });
    expect(await say(socket)).toMatchObject({ ok: false, error: { code: 'banned' } });
  });
});

test('long polling serves as well as a web socket', async () => {
  const socket = io(app.url, {
    transports: ['polling'],
    upgrade: false,
    forceNew: true,
    reconnection: false,
    extraHeaders: anna.headers,
  });
  open.push(socket);
  const heard = new Promise<{ message: string }>((resolve) => socket.once('chat-message', resolve));
  expect(await join(socket)).toMatchObject({ ok: true });
  expect(await say(socket, 'by polling')).toMatchObject({ ok: true });
  expect((await heard).message).toBe('by polling');
});

test('a person’s connections are ended everywhere, with the reason', async () => {
  const sockets = [connect(anna), connect(anna)];
  for (const socket of sockets) await join(socket);
  const ends = sockets.map(
    (socket) =>
      new Promise((resolve) => {
        let reason: unknown;
        socket.once('session-ended', (payload: { reason: string }) => {
          reason = payload.reason;
        });
        socket.once('disconnect', (how) => resolve([reason, how]));
      }),
  );
  app.app.realtime.disconnectUser(anna.id, 'banned');
  expect(await Promise.all(ends)).toEqual([
    ['banned', 'io server disconnect'],
    ['banned', 'io server disconnect'],
  ]);
});

test('a follow counts in the room at once', async () => {
  await app.storage.sql(`update livestreams set chat_modes = chat_modes || '{"followersMinutes": 0}' where id = $1`, [
    streamId,
  ]);
  const socket = connect(anna);
  await join(socket);
  expect(await say(socket)).toMatchObject({ ok: false, error: { code: 'mode_restricted' } });
  await anna.call(channels.follow, { params: { id: creator.id as never } });
  await app.settle();
  expect(await say(socket)).toMatchObject({ ok: true });
});

test('the end of the stream ends the chat and every visit', async () => {
  const socket = connect(anna);
  await join(socket);
  const state = new Promise<{ isActive: boolean }>((resolve) =>
    socket.on('stream-state', (payload: { isActive: boolean }) => payload.isActive || resolve(payload)),
  );
  await creator.call(livestreams.endLivestream, { params: { id: streamId as never } });
  await app.settle();
  await state;
  expect(await say(socket)).toMatchObject({ ok: false, error: { code: 'stream_ended' } });
  await app.settle();
  const left = await app.storage.sql(
    `select actor_id from audit_index where type = 'LIVESTREAM_LEFT' and entity_id = $1`,
    [streamId],
  );
  expect(left).toEqual([{ actor_id: anna.id }]);
});

test('the history of the room is the history of the API', async () => {
  const socket = connect(anna);
  await join(socket);
  for (const text of ['one', 'two', '[[score=0.7 category=spam]]']) await say(socket, text);
  const own = await anna.call(livestreams.getChatHistory, { params: { id: streamId as never } });
  expect(own.items.map((line) => line.message)).toEqual(['one', 'two', '[[score=0.7 category=spam]]']);
  const others = await app
    .guest()
    .call(livestreams.getChatHistory, { params: { id: streamId as never }, query: { limit: 1 } });
  expect(others.items.map((line) => line.message)).toEqual(['two']);
  expect(others.nextCursor).not.toBeNull();
});

test('the server’s end is no goodbye: a stock client comes back by itself', async () => {
  const short = await testApp();
  const socket = io(short.url, { transports: ['websocket'], forceNew: true });
  open.push(socket);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const gone = new Promise<string>((resolve) => socket.once('disconnect', resolve));
  await short.close();
  expect(await gone).toBe('transport close');
  expect(socket.active).toBe(true);
});
