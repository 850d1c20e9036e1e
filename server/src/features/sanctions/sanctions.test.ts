/** Timeouts and channel bans as they are felt: in the chat of every node, in media, and at their end. */
import {
  type ChannelId,
  type ChatMessage,
  desk,
  livestreams,
  notifications,
  review,
  type UserId,
} from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../test/kit/app.ts';
import { type ChatServer, chatServer, makeStream } from '../../../test/kit/chat-server.ts';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import { makePerson } from '../../../test/kit/people.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import { silentLogger } from '../../../test/kit/silent-logger.ts';
import type { Person } from '../../actor.ts';
import { hearNodeSignals, type Tx } from '../../db/index.ts';
import type { NodeSignals } from '../../db/node-signals.ts';
import { banFromChannel, followSanctions, liftChannelBan, liftTimeout, timeOut } from './index.ts';

const MINUTE_MS = 60_000;

describe('on every node', () => {
  let db: TestDatabase;
  let owner: Person;
  let streamId: string;
  const nodes: { server: ChatServer; signals: NodeSignals }[] = [];
  beforeAll(async () => {
    db = await testDatabase({ poolSize: 8 });
    owner = await makePerson(db, 'Owner');
    streamId = await makeStream(db, owner);
    for (let n = 0; n < 2; n++) {
      const server = await chatServer(db);
      const sanctions = followSanctions({
        database: db.database,
        followPerson: (channelId, userId) => server.chat.personChanged(channelId, userId),
        followMedia: async () => undefined,
      });
      const signals = hearNodeSignals({
        connectionString: db.urls.app,
        clock: { now: () => server.now() },
        logger: silentLogger,
        hear: (word) => sanctions.hear(word),
        missed: (since) => sanctions.missed(since),
      });
      await signals.start();
      nodes.push({ server, signals });
    }
  });
  afterAll(async () => {
    for (const { server, signals } of nodes) {
      await signals.stop();
      await server.close();
    }
    await db.drop();
  });

  /** On both nodes, with what they are told of themselves. */
  async function join(who: Person): Promise<{ client: Socket; standings: unknown[] }[]> {
    const clients: { client: Socket; standings: unknown[] }[] = [];
    for (const { server } of nodes) {
      const client = server.connect(who);
      const standings: unknown[] = [];
      client.on('chat-standing', ({ me }: { me: unknown }) => standings.push(me));
      expect(await client.emitWithAck('join-stream', { streamId })).toMatchObject({ ok: true });
      clients.push({ client, standings });
    }
    return clients;
  }
  const react = async (client: Socket) => {
    const ack = await client.emitWithAck('reaction', { streamId, type: 'heart' });
    return ack.ok ? 'ok' : ack.error.code;
  };
  const at = () => nodes[0]?.server.now() ?? new Date();
  const where = (person: Person) => ({
    channelId: owner.userId as string as ChannelId,
    userId: person.userId,
    reason: 'Insults',
    by: owner.userId,
    at: at(),
  });
  const lift = () => ({ by: owner.userId, at: at(), cause: 'moderator', reason: 'Enough' }) as const;
  const decide = <T>(work: (tx: Tx) => Promise<T>) => db.database.asSystem('a moderator decides', work);

  test('a timeout silences at once and says until when; lifted, it says that too', async () => {
    const anna = await makePerson(db, 'Anna');
    const clients = await join(anna);
    const { timeoutId, until } = await decide((tx) => timeOut(tx, { ...where(anna), minutes: 5 }));
    for (const { client, standings } of clients) {
      await expect
        .poll(() => standings, { timeout: 5_000 })
        .toEqual([{ role: 'viewer', timedOutUntil: until.toISOString() }]);
      expect(await react(client)).toBe('timed_out');
    }
    expect(await decide((tx) => liftTimeout(tx, timeoutId, lift()))).toBe(true);
    expect(await decide((tx) => liftTimeout(tx, timeoutId, lift()))).toBe(false);
    for (const { client, standings } of clients) {
      await expect.poll(() => standings.at(-1), { timeout: 5_000 }).toEqual({ role: 'viewer' });
      expect(await react(client)).toBe('ok');
    }
  });

  test('of two timeouts the later end holds, by the clock alone and to the minute', async () => {
    const bert = await makePerson(db, 'Bert');
    const [one] = await join(bert);
    const first = await decide((tx) => timeOut(tx, { ...where(bert), minutes: 10 }));
    await decide((tx) => timeOut(tx, { ...where(bert), minutes: 5 }));
    await expect
      .poll(() => one?.standings.at(-1), { timeout: 5_000 })
      .toEqual({
        role: 'viewer',
        timedOutUntil: first.until.toISOString(),
      });
    const [node] = nodes;
    if (one === undefined || node === undefined) throw new Error('no node');
    node.server.advance(first.until.getTime() - node.server.now().getTime() - 2_000);
    expect(await react(one.client)).toBe('timed_out');
    node.server.advance(2_000);
    expect(await react(one.client)).toBe('ok');
  });

  test('a channel ban shows out of the room at once, refuses to come back, and lets in again once lifted', async () => {
    const carla = await makePerson(db, 'Carla');
    const clients = await join(carla);
    const { banId, isNew } = await decide((tx) => banFromChannel(tx, { ...where(carla), category: 'hate' }));
    expect(isNew).toBe(true);
    const again = await decide((tx) => banFromChannel(tx, { ...where(carla), category: 'hate' }));
    expect(again).toEqual({ banId, isNew: false, receipt: null });
    for (const { client, standings } of clients) {
      await expect.poll(() => standings, { timeout: 5_000 }).toEqual([{ role: 'viewer', banned: true }]);
      expect(await react(client)).toBe('not_joined');
      const back = await client.emitWithAck('join-stream', { streamId });
      expect(back).toMatchObject({ ok: false, error: { code: 'banned' } });
    }
    expect(await decide((tx) => liftChannelBan(tx, banId, lift()))).toBe(true);
    for (const { client } of clients) {
      await expect
        .poll(async () => (await client.emitWithAck('join-stream', { streamId })).ok, { timeout: 5_000 })
        .toBe(true);
    }
  });

  test('a node that was cut off looks for what it missed', async () => {
    const dora = await makePerson(db, 'Dora');
    const clients = await join(dora);
    await db.sql(
      `insert into timed_out_users (id, channel_id, user_id, reason, created_at, expires_at) values ($1, $2, $1, 'r', $3, $4)`,
      [dora.userId, owner.userId, at(), new Date(at().getTime() + 5 * MINUTE_MS)],
    );
    for (const { server } of nodes) {
      const sanctions = followSanctions({
        database: db.database,
        followPerson: (channelId, userId) => server.chat.personChanged(channelId, userId),
        followMedia: async () => undefined,
      });
      await sanctions.missed(at());
    }
    for (const { client } of clients) expect(await react(client)).toBe('timed_out');
  });
});

describe('their end', () => {
  let kit: LiveKit;
  let owner: Person;
  beforeAll(async () => {
    kit = await liveKit();
    owner = await kit.person('Owner', { tier: 'pro' });
  });
  afterAll(() => kit.close());
  const ended = async (id: string) =>
    (
      await kit.db.sql<{ type: string; at: Date }>(
        `select type, at from audit_outbox
         where details ->> 'timeoutId' = $1 or details ->> 'banId' = $1 order by id`,
        [id],
      )
    ).map(({ at, type }) => [type, at.toISOString()]);

  test('is told once, also when the server was down at that moment, and as of that moment', async () => {
    const who = await kit.person('Late');
    const at = kit.deps.clock.now();
    const place = { channelId: owner.userId as string as ChannelId, userId: who.userId, reason: 'r', by: null, at };
    const until = new Date(at.getTime() + 7 * MINUTE_MS);
    const { banId, timeoutId } = await kit.db.database.asSystem('a test', async (tx) => ({
      ...(await timeOut(tx, { ...place, minutes: 7 })),
      ...(await banFromChannel(tx, { ...place, category: null, until })),
    }));
    await kit.restart();
    await kit.advance(8 * MINUTE_MS);
    await kit.advance(8 * MINUTE_MS);
    expect(await ended(timeoutId)).toEqual([
      ['USER_TIMED_OUT', at.toISOString()],
      ['TIMEOUT_ENDED', until.toISOString()],
    ]);
    expect(await ended(banId)).toEqual([
      ['CHANNEL_BAN_ISSUED', at.toISOString()],
      ['CHANNEL_BAN_ENDED', until.toISOString()],
    ]);
    const lift = { by: owner.userId, at: kit.deps.clock.now(), cause: 'moderator', reason: 'r' } as const;
    const late = await kit.db.database.asSystem('a test', async (tx) => [
      await liftTimeout(tx, timeoutId, lift),
      await liftChannelBan(tx, banId, lift),
    ]);
    expect(late).toEqual([false, false]);
  });

  test('is not told of what was lifted before', async () => {
    const who = await kit.person('Lifted');
    const at = kit.deps.clock.now();
    const place = { channelId: owner.userId as string as ChannelId, userId: who.userId, reason: 'r', by: null, at };
    const { timeoutId } = await kit.db.database.asSystem('a test', async (tx) => {
      const issued = await timeOut(tx, { ...place, minutes: 5 });
      await liftTimeout(tx, issued.timeoutId, { by: null, at, cause: 'appeal', reason: 'Satire' });
      return issued;
    });
    await kit.advance(6 * MINUTE_MS);
    expect((await ended(timeoutId)).map(([type]) => type)).toEqual(['USER_TIMED_OUT', 'TIMEOUT_LIFTED']);
  });
});

describe('in the whole server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  afterAll(() => app.close());

  test('a channel ban cuts the stream that somebody watches, and gives no way back to it', async () => {
    const owner = await app.signUp({ tier: 'pro' });
    const viewer = await app.signUp();
    const { livestream } = await owner.call(livestreams.startLivestream, { body: { title: 'Open to all' } });
    await app.media.publish(livestream.id, sdpOffer());
    const watch = () =>
      viewer.fetch(`/whep/${livestream.id}`, {
        method: 'POST',
        headers: { 'content-type': 'application/sdp' },
        body: sdpOffer({ direction: 'recvonly' }),
      });
    const session = await watch();
    expect(session.status).toBe(201);
    const watching = () => app.media.stage.viewers(livestream.id).includes(viewer.id);
    expect(watching()).toBe(true);
    await app.storage.database.asSystem('a test', (tx) =>
      banFromChannel(tx, {
        channelId: owner.id as string as ChannelId,
        userId: viewer.id as UserId,
        reason: 'Threats',
        category: 'threat',
        by: owner.id,
        at: app.app.clock.now(),
      }),
    );
    await app.settle();
    await expect.poll(watching, { timeout: 5_000 }).toBe(false);
    const back = await watch();
    expect([back.status, ((await back.json()) as { code: string }).code]).toEqual([403, 'banned']);
  });

  test('a timeout ends at its minute, and the page that shows it counting down is told', async () => {
    const owner = await app.signUp({ tier: 'pro' });
    const viewer = await app.signUp();
    const { livestream } = await owner.call(livestreams.startLivestream, { body: { title: 'The room' } });
    const streamId = livestream.id;
    const socket = viewer.socket();
    const standings: unknown[] = [];
    socket.on('chat-standing', ({ me }: { me: unknown }) => standings.push(me));
    expect((await socket.emitWithAck('join-stream', { streamId })).ok).toBe(true);
    const { until } = await app.storage.database.asSystem('a test', (tx) =>
      timeOut(tx, {
        channelId: owner.id as string as ChannelId,
        userId: viewer.id as UserId,
        minutes: 5,
        reason: 'Insults',
        by: owner.id,
        at: app.app.clock.now(),
      }),
    );
    const silent = { role: 'viewer', timedOutUntil: until.toISOString() };
    await expect.poll(() => standings.at(-1), { timeout: 5_000 }).toEqual(silent);
    await app.advance(5 * MINUTE_MS);
    await expect.poll(() => standings.at(-1), { timeout: 5_000 }).toEqual({ role: 'viewer' });
    const ack = await socket.emitWithAck('chat-message', { streamId, message: 'back again' });
    expect(ack).toMatchObject({ ok: true, status: 'published' });
  });

  test('a line that was held: timed out for it, taken back, and published after all', async () => {
    const owner = await app.signUp({ tier: 'pro' });
    const author = await app.signUp();
    const { livestream } = await owner.call(livestreams.startLivestream, { body: { title: 'The room' } });
    const streamId = livestream.id;
    const [mod, viewer] = [owner.socket(), author.socket()];
    const lines: ChatMessage[] = [];
    const standings: unknown[] = [];
    mod.on('chat-message', (line: ChatMessage) => lines.push(line));
    viewer.on('chat-standing', ({ me }: { me: unknown }) => standings.push(me));
    for (const socket of [mod, viewer]) expect((await socket.emitWithAck('join-stream', { streamId })).ok).toBe(true);
    const say = async (message: string) => {
      const ack = await viewer.emitWithAck('chat-message', { streamId, message });
      return ack.ok ? ack.status : ack.error.code;
    };
    const said = '[[score=0.72 category=harassment]] you again';
    expect(await say(said)).toBe('held');
    await expect.poll(() => lines.map(({ status }) => status), { timeout: 5_000 }).toEqual(['held']);
    const { items } = await owner.call(desk.getQueue, { query: { streamId } });
    const params = { id: items[0]?.id ?? ('' as never) };

    const made = await owner.call(review.timeOutAuthor, {
      params,
      body: { minutes: 5, reason: 'Insults', undoable: true },
    });
    const silent = { role: 'viewer', timedOutUntil: made.timedOutUntil };
    // Told by a signal and by an event: twice the same is once.
    await expect.poll(() => standings.at(-1), { timeout: 5_000 }).toEqual(silent);
    expect(await say('but why')).toBe('timed_out');

    expect(await owner.call(review.undoDecision, { params })).toMatchObject({ status: 'pending', undone: 'timeout' });
    await expect.poll(() => standings.at(-1), { timeout: 5_000 }).toEqual({ role: 'viewer' });
    expect(await say('thank you')).toBe('published');

    await owner.call(review.approveItem, { params, body: { reason: 'A joke among friends' } });
    await app.settle();
    await expect
      .poll(() => lines.at(-1), { timeout: 5_000 })
      .toMatchObject({
        id: lines[0]?.id,
        createdAt: lines[0]?.createdAt,
        status: 'published',
        approvedAt: expect.any(String),
      });
    expect(lines.at(-1)?.seq).toBeGreaterThan(lines[0]?.seq ?? 0);
    const { items: letters } = await author.call(notifications.listNotifications, {});
    expect(letters.map(({ data, kind }) => [kind, data.quote])).toEqual([
      ['message_approved', said],
      ['message_held', said],
    ]);
  });
});
