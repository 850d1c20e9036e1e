import type { ChatMessage } from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ChatServer, chatServer, makeStream } from '../../../test/kit/chat-server.ts';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import type { Person } from '../../actor.ts';

let db: TestDatabase;
let server: ChatServer;
let owner: Person;
let anna: Person;
let bert: Person;
let streamId: string;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  server = await chatServer(db);
  [owner, anna, bert] = (await Promise.all(['Owner', 'Anna', 'Bert'].map((name) => makePerson(db, name)))) as [
    Person,
    Person,
    Person,
  ];
  streamId = await makeStream(db, owner);
});
afterEach(() => server.close());

async function joined(who?: Person | string): Promise<Socket> {
  const client = server.connect(who);
  const ack = await client.emitWithAck('join-stream', { streamId });
  expect(ack).toMatchObject({ ok: true });
  return client;
}

/** Everything this client hears under one name. */
function heard<T = ChatMessage>(client: Socket, event = 'chat-message'): T[] {
  const received: T[] = [];
  client.on(event, (payload: T) => received.push(payload));
  return received;
}

const say = (client: Socket, message: string, clientId?: string) =>
  client.emitWithAck('chat-message', { streamId, message, ...(clientId ? { clientId } : {}) });

async function until(check: () => unknown, withinMs = 3000): Promise<void> {
  await expect.poll(check, { timeout: withinMs, interval: 20 }).toBeTruthy();
}

describe('a message', () => {
  test('is on disk with its audit entry when it is acknowledged, and reaches the room', async () => {
    const [a, b, guest] = await Promise.all([joined(anna), joined(bert), joined()]);
    const received = [heard(a), heard(b), heard(guest)];
    const ack = await say(a, '  <b>hi</b> \u202eolleh  ', 'c1');
    expect(ack).toEqual({ ok: true, id: expect.any(String), status: 'published' });

    const [row] = await db.sql('select * from stream_messages where id = $1', [ack.id]);
    expect(row).toMatchObject({
      message: '<b>hi</b> \u202eolleh',
      status: 'published',
      seq: '1',
      scored_by: 'scripted',
    });
    expect(await db.sql('select type, actor_id, details from audit_outbox where entity_id = $1', [ack.id])).toEqual([
      { type: 'LIVESTREAM_CHAT_MESSAGE', actor_id: anna.userId, details: { streamId, messageLength: 16 } },
    ]);
    await until(() => received.every((lines) => lines.length === 1));
    expect(received[1]?.[0]).toEqual({
      id: ack.id,
      seq: 1,
      streamId,
      userId: anna.userId,
      displayName: 'Anna',
      message: '<b>hi</b> \u202eolleh',
      danteRealm: 'purgatorio',
      badges: [],
      createdAt: expect.any(String),
      status: 'published',
    });
    expect(received[0]?.[0]).toEqual({ ...received[1]?.[0], clientId: 'c1' });
  });

  test('sent again under the same client id is the same message, also after a restart', async () => {
    const a = await joined(anna);
    const lines = heard(a);
    const [first, twin] = await Promise.all([say(a, 'once', 'same'), say(a, 'once', 'same')]);
    const again = await say(a, 'once', 'same');
    expect([twin, again]).toEqual([first, first]);
    await server.close();
    server = await chatServer(db);
    const back = await joined(anna);
    expect(await say(back, 'once', 'same')).toEqual(first);
    expect(await db.sql('select count(*)::int as n from stream_messages where stream_id = $1', [streamId])).toEqual([
      { n: 1 },
    ]);
    expect(lines).toHaveLength(1);
    // Another person's client may use the same name.
    expect((await say(await joined(bert), 'mine', 'same')).id).not.toBe(first.id);
  });

  test('held is seen by its author and the moderators alone, and the author is told', async () => {
    await db.sql(`insert into channel_members values ($1, $2, 'moderator', $1, now())`, [owner.userId, bert.userId]);
    const [a, b, guest, o] = await Promise.all([joined(anna), joined(bert), joined(), joined(owner)]);
    const [byAuthor, byModerator, byGuest, byOwner] = [heard(a), heard(b), heard(guest), heard(o)];
    const ack = await say(a, 'you [[score=0.72 category=hate]]', 'h1');
    expect(ack).toMatchObject({ ok: true, status: 'held' });
    await until(() => byAuthor.length === 1 && byModerator.length === 1 && byOwner.length === 1);
    await say(a, 'fine');
    await until(() => byGuest.length === 1);
    expect(byGuest[0]?.message).toBe('fine');
    expect(byModerator[0]).toMatchObject({ id: ack.id, status: 'held' });
    expect(await db.sql('select kind, text from notifications where user_id = $1', [anna.userId])).toEqual([
      {
        kind: 'message_held',
        text: 'Your message has been flagged for moderator review. If you want to appeal, open Appeals Center.',
      },
    ]);
    const history = async (who?: Person) =>
      (await server.connect(who).emitWithAck('join-stream', { streamId })).history.length;
    expect([await history(anna), await history(bert), await history()]).toEqual([2, 2, 1]);
    const page = await server.chat.history(anna, { streamId: streamId as never, limit: 50 });
    expect(page.items.map((line) => line.status)).toEqual(['held', 'published']);
    expect(
      (await server.chat.history({ kind: 'guest', guestId: null }, { streamId: streamId as never, limit: 50 })).items,
    ).toHaveLength(1);
  });

  test('blocked is shown to nobody, and its author gets reasons and a way to appeal', async () => {
    const [a, guest] = await Promise.all([joined(anna), joined()]);
    const lines = [heard(a), heard(guest)];
    expect(await say(a, '[[score=0.85 category=hate]]')).toMatchObject({ ok: true, status: 'blocked' });
    const [notice] = await db.sql<{ kind: string; text: string }>(
      'select kind, text from notifications where user_id = $1',
      [anna.userId],
    );
    expect(notice?.kind).toBe('message_blocked');
    expect(notice?.text).toMatch(/hate speech.*If you want to appeal, open Appeals Center\.$/s);
    const [reasons] = await db.sql(
      `select restriction, automated_decision, source, subject_title from statements_of_reasons where user_id = $1`,
      [anna.userId],
    );
    expect(reasons).toEqual({
      restriction: 'message_blocked',
      automated_decision: 'fully',
      source: 'own_initiative',
      subject_title: '[[score=0.85 category=hate]]',
    });
    await say(a, 'next');
    await until(() => lines.every((received) => received.length === 1));
    expect(lines[1]?.[0]?.message).toBe('next');
  });

  test('speaking of self-harm is held, and its author gets help', async () => {
    const a = await joined(anna);
    expect(await say(a, '[[score=0.99 category=self_harm]]')).toMatchObject({ status: 'held' });
    const [notice] = await db.sql<{ text: string }>('select text from notifications where user_id = $1', [anna.userId]);
    expect(notice?.text).toContain('988');
  });

  test('thresholds are the platform’s setting', async () => {
    await db.sql(
      `insert into platform_settings (key, value, updated_at) values ('moderation.thresholds', '{"hold": 0.3, "block": 0.5}', now())`,
    );
    try {
      const a = await joined(anna);
      expect(await say(a, '[[score=0.3 category=spam]]')).toMatchObject({ status: 'held' });
      expect(await say(a, '[[score=0.5 category=spam]]')).toMatchObject({ status: 'blocked' });
    } finally {
      await db.sql(`delete from platform_settings where key = 'moderation.thresholds'`);
    }
  });
});

describe('the room', () => {
  test('gives seq in the order of storing, and everybody hears the same order', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, (_, n) => makePerson(db, `P${n}`)));
    const clients = await Promise.all(people.map((person) => joined(person)));
    const guest = await joined();
    const heardBy = [...clients, guest].map((client) => heard(client));
    const acks = await Promise.all(
      clients.flatMap((client, who) => Array.from({ length: 40 }, (_, n) => say(client, `${who}:${n}`))),
    );
    expect(acks.every((ack) => ack.ok)).toBe(true);
    await until(() => heardBy.every((lines) => lines.length === 200), 10_000);
    const order = heardBy[0]?.map((line) => line.message);
    for (const lines of heardBy) {
      expect(lines.map((line) => line.seq)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
      expect(lines.map((line) => line.message)).toEqual(order);
    }
    // Each person's lines stay in the order in which they were sent.
    for (let who = 0; who < 5; who++) {
      expect(order?.filter((text) => text.startsWith(`${who}:`))).toEqual(
        Array.from({ length: 40 }, (_, n) => `${who}:${n}`),
      );
    }
    const stored = await db.sql<{ message: string }>(
      'select message from stream_messages where stream_id = $1 order by seq',
      [streamId],
    );
    expect(stored.map((row) => row.message)).toEqual(order);
  });

  test('gives newcomers the newest 50 and returning clients what they missed, also after a restart', async () => {
    const a = await joined(anna);
    for (let n = 1; n <= 70; n++) await say(a, `m${n}`);
    const check = async () => {
      const fresh = await server.connect().emitWithAck('join-stream', { streamId });
      expect(fresh).toMatchObject({ ok: true, seq: 70, modes: { slowSeconds: null }, me: { role: 'guest' } });
      expect(fresh.gap).toBeUndefined();
      expect(fresh.history.map((line: ChatMessage) => line.message)).toEqual(
        Array.from({ length: 50 }, (_, n) => `m${n + 21}`),
      );
      const returning = await server.connect().emitWithAck('join-stream', { streamId, lastSeq: 3 });
      expect(returning.history.map((line: ChatMessage) => line.seq)).toEqual(
        Array.from({ length: 67 }, (_, n) => n + 4),
      );
      expect(returning.gap).toBeUndefined();
      const current = await server.connect().emitWithAck('join-stream', { streamId, lastSeq: 70 });
      expect(current.history).toEqual([]);
      const future = await server.connect().emitWithAck('join-stream', { streamId, lastSeq: 71 });
      expect(future).toMatchObject({ gap: true });
      expect(future.history).toHaveLength(50);
    };
    await check();
    await server.close();
    server = await chatServer(db);
    await check();
    expect((await say(await joined(anna), 'on')).ok).toBe(true);
    expect((await server.connect().emitWithAck('join-stream', { streamId, lastSeq: 70 })).seq).toBe(71);
  });

  test('says so when a client was away too long', async () => {
    const a = await joined(anna);
    for (let n = 1; n <= 210; n += 30) await Promise.all(Array.from({ length: 30 }, (_, k) => say(a, `m${n + k}`)));
    for (const [lastSeq, gap] of [
      [9, true],
      [10, undefined],
    ] as const) {
      const ack = await server.connect().emitWithAck('join-stream', { streamId, lastSeq });
      expect(ack.gap).toBe(gap);
      expect(ack.history).toHaveLength(gap ? 50 : 200);
    }
    await server.close();
    server = await chatServer(db);
    expect(await server.connect().emitWithAck('join-stream', { streamId, lastSeq: 5 })).toMatchObject({ gap: true });
    expect((await server.connect().emitWithAck('join-stream', { streamId, lastSeq: 30 })).gap).toBeUndefined();
  });

  test('pages its history back', async () => {
    const a = await joined(anna);
    for (let n = 1; n <= 25; n++) await say(a, `m${n}`);
    const guest = { kind: 'guest', guestId: null } as const;
    const pages: string[][] = [];
    let before: string | undefined;
    do {
      const page = await server.chat.history(guest, { streamId: streamId as never, limit: 10, before });
      pages.push(page.items.map((line) => line.message));
      before = page.nextCursor ?? undefined;
    } while (before);
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
    expect(pages.toReversed().flat()).toEqual(Array.from({ length: 25 }, (_, n) => `m${n + 1}`));
  });
});

describe('changes from elsewhere', () => {
  test('removed lines leave the room and the history', async () => {
    const [a, guest] = await Promise.all([joined(anna), joined()]);
    const removed = heard<{ ids: string[] }>(guest, 'message-removed');
    const first = await say(a, 'one');
    await say(a, 'two');
    await db.sql(`update stream_messages set status = 'removed' where id = $1`, [first.id]);
    await server.chat.lineChanged({ streamId: streamId as never, messageId: first.id });
    await until(() => removed[0]?.ids[0] === first.id);
    const { history } = await server.connect().emitWithAck('join-stream', { streamId });
    expect(history.map((line: ChatMessage) => line.message)).toEqual(['two']);
  });

  test('a new moderator sees held messages from then on, one whose role ended sees none', async () => {
    const [a, b] = await Promise.all([joined(anna), joined(bert)]);
    const seen = heard(b);
    const changed = () => server.chat.personChanged(owner.userId as never, bert.userId);
    await say(a, '[[score=0.7 category=hate]] 1');
    await db.sql(`insert into channel_members values ($1, $2, 'moderator', $1, now())`, [owner.userId, bert.userId]);
    await changed();
    await say(a, '[[score=0.7 category=hate]] 2');
    await until(() => seen.length === 1);
    await db.sql('delete from channel_members where user_id = $1', [bert.userId]);
    await changed();
    await say(a, '[[score=0.7 category=hate]] 3');
    await say(a, 'end');
    await until(() => seen.at(-1)?.message === 'end');
    expect(seen.map((line) => line.message.slice(-1))).toEqual(['2', 'd']);
  });

  test('whose role was revoked between two streams hears no held line of the second, on a socket left open', async () => {
    await db.sql(`insert into channel_members values ($1, $2, 'moderator', $1, now())`, [owner.userId, bert.userId]);
    const b = await joined(bert);
    const seen = heard(b);
    await db.sql(`update livestreams set is_active = false, ended_at = now(), media_state = 'ended' where id = $1`, [
      streamId,
    ]);
    await server.chat.streamEnded(streamId as never);
    await db.sql('delete from channel_members where user_id = $1', [bert.userId]);
    await server.chat.personChanged(owner.userId as never, bert.userId);
    streamId = await makeStream(db, owner);
    const [o, a] = [await joined(owner), await joined(anna)];
    const byOwner = heard(o);
    await say(a, '[[score=0.7 category=hate]] held');
    await until(() => byOwner.length === 1);
    // Its answer comes after whatever was sent before.
    await b.emitWithAck('join-stream', { streamId });
    expect(seen).toEqual([]);
  });

  test('an admin who was demoted hears no held line any more, also of a channel whose room was forgotten', async () => {
    const admin = { ...bert, role: 'admin' } as const;
    await db.sql(`update profiles set role = 'admin' where id = $1`, [bert.userId]);
    const b = await joined(admin);
    const seen = heard(b);
    await db.sql(`update livestreams set is_active = false, ended_at = now(), media_state = 'ended' where id = $1`, [
      streamId,
    ]);
    await server.chat.streamEnded(streamId as never);
    await db.sql(`update profiles set role = 'user' where id = $1`, [bert.userId]);
    await server.chat.profileChanged(bert.userId);
    streamId = await makeStream(db, owner);
    const [o, a] = [await joined(owner), await joined(anna)];
    const byOwner = heard(o);
    await say(a, '[[score=0.7 category=hate]] held');
    await until(() => byOwner.length === 1);
    await b.emitWithAck('join-stream', { streamId });
    expect(seen).toEqual([]);
  });

  test('leaving an ended stream leaves its moderation room too', async () => {
    const o = await joined(owner);
    const seen = heard(o);
    await db.sql(`update livestreams set is_active = false, ended_at = now(), media_state = 'ended' where id = $1`, [
      streamId,
    ]);
    await server.chat.streamEnded(streamId as never);
    expect(await o.emitWithAck('leave-stream', { streamId })).toEqual({ ok: true });
    streamId = await makeStream(db, owner);
    const a = await joined(anna);
    await say(a, '[[score=0.7 category=hate]] held');
    await o.emitWithAck('leave-stream', { streamId });
    expect(seen).toEqual([]);
  });

  test('a role revoked while its holder is being let in does not let them moderate', async () => {
    await db.sql(`insert into channel_members values ($1, $2, 'moderator', $1, now())`, [owner.userId, bert.userId]);
    const { database } = db;
    await server.close();
    let reads = 0;
    server = await chatServer(db, {
      wrapDatabase: () => ({
        asSystem: (reason, work) => database.asSystem(reason, work),
        publicRead: (work) => database.publicRead(work),
        asActor: async (actor, work) => {
          const read = await database.asActor(actor, work);
          if (actor.kind === 'person' && actor.userId === bert.userId && ++reads === 1) {
            // Revoked, committed and told after the reading, before the room heard of it.
            await db.sql('delete from channel_members where user_id = $1', [bert.userId]);
            await server.chat.personChanged(owner.userId as never, bert.userId);
          }
          return read;
        },
      }),
    });
    const b = server.connect(bert);
    expect(await b.emitWithAck('join-stream', { streamId })).toMatchObject({ ok: true, me: { role: 'viewer' } });
    expect(reads).toBe(2);
  });

  test('a new name stands beside the next message', async () => {
    const a = await joined(anna);
    const lines = heard(a);
    await say(a, 'one');
    await db.sql(`update profiles set display_name = 'Anna B' where id = $1`, [anna.userId]);
    await server.chat.profileChanged(anna.userId);
    await say(a, 'two');
    await until(() => lines.length === 2);
    expect(lines.map((line) => line.displayName)).toEqual(['Anna', 'Anna B']);
  });
});

describe('who may', () => {
  test('guests read and do not write', async () => {
    const guest = await joined();
    expect(await say(guest, 'hi')).toMatchObject({ ok: false, error: { code: 'sign_in_required' } });
    expect(await guest.emitWithAck('reaction', { streamId, type: 'fire' })).toMatchObject({
      ok: false,
      error: { code: 'sign_in_required' },
    });
  });

  test('nobody writes before joining or after leaving', async () => {
    const a = server.connect(anna);
    expect(await say(a, 'hi')).toMatchObject({ ok: false, error: { code: 'not_joined' } });
    await a.emitWithAck('join-stream', { streamId });
    expect(await say(a, 'hi')).toMatchObject({ ok: true });
    expect(await a.emitWithAck('leave-stream', { streamId })).toEqual({ ok: true });
    expect(await say(a, 'hi')).toMatchObject({ ok: false, error: { code: 'not_joined' } });
    expect(await a.emitWithAck('leave-stream', { streamId })).toMatchObject({
      ok: false,
      error: { code: 'not_joined' },
    });
  });

  test('a message sent right behind the join waits for it', async () => {
    const a = server.connect(anna);
    const [, ack] = await Promise.all([a.emitWithAck('join-stream', { streamId }), say(a, 'quick')]);
    expect(ack).toMatchObject({ ok: true });
  });

  test('an unknown or ended stream is not entered', async () => {
    const a = server.connect(anna);
    expect(await a.emitWithAck('join-stream', { streamId: 'nowhere' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    const talking = await joined(anna);
    await db.sql(`update livestreams set is_active = false, ended_at = now(), media_state = 'ended' where id = $1`, [
      streamId,
    ]);
    await server.chat.streamEnded(streamId as never);
    expect(await say(talking, 'hi')).toMatchObject({ ok: false, error: { code: 'stream_ended' } });
    expect(await a.emitWithAck('join-stream', { streamId })).toMatchObject({
      ok: false,
      error: { code: 'stream_ended' },
    });
  });

  test('a patron-only room is for patrons, and closes behind one whose patronage ended', async () => {
    streamId = await makeStream(db, bert, { patronOnly: true });
    const a = server.connect(anna);
    expect(await a.emitWithAck('join-stream', { streamId })).toMatchObject({
      ok: false,
      error: { code: 'patron_required' },
    });
    expect(await server.connect().emitWithAck('join-stream', { streamId })).toMatchObject({
      ok: false,
      error: { code: 'patron_required' },
    });
    await db.sql(`insert into channel_members values ($1, $2, 'patron', $1, now())`, [bert.userId, anna.userId]);
    expect(await a.emitWithAck('join-stream', { streamId })).toMatchObject({ ok: true, me: { role: 'patron' } });
    expect(await say(a, 'secret')).toMatchObject({ ok: true });
    expect(
      (await server.chat.history({ kind: 'guest', guestId: null }, { streamId: streamId as never, limit: 9 })).items,
    ).toEqual([]);
    expect((await server.chat.history(anna, { streamId: streamId as never, limit: 9 })).items).toHaveLength(1);
    const b = await joined(bert);
    await db.sql(`delete from channel_members where user_id = $1`, [anna.userId]);
    await server.chat.personChanged(bert.userId as never, anna.userId);
    expect(await say(a, 'still here?')).toMatchObject({ ok: false, error: { code: 'not_joined' } });
    const lines = heard(a);
    expect(await say(b, 'alone')).toMatchObject({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(lines).toEqual([]);
  });

  test('a timeout silences until the product clock has passed it', async () => {
    await db.sql(
      `insert into timed_out_users (id, channel_id, user_id, reason, created_at, expires_at) values ($1, $2, $3, 'r', now(), now() + interval '10 minutes')`,
      [`t-${streamId}`, owner.userId, anna.userId],
    );
    const a = server.connect(anna);
    expect(await a.emitWithAck('join-stream', { streamId })).toMatchObject({
      ok: true,
      me: { timedOutUntil: expect.any(String) },
    });
    const refused = await say(a, 'hi');
    expect(refused).toMatchObject({ ok: false, error: { code: 'timed_out' } });
    expect(refused.error.retryAfterMs).toBeGreaterThan(590_000);
    expect(await a.emitWithAck('reaction', { streamId, type: 'fire' })).toMatchObject({
      ok: false,
      error: { code: 'timed_out' },
    });
    server.advance(601_000);
    expect(await say(a, 'hi')).toMatchObject({ ok: true });
  });

  test('a channel ban keeps out, and puts out whoever is inside', async () => {
    const a = await joined(anna);
    await db.sql(
      `insert into banned_viewers (id, channel_id, user_id, reason, created_at) values ($1, $2, $3, 'r', now())`,
      [`b-${streamId}`, owner.userId, anna.userId],
    );
    await server.chat.personChanged(owner.userId as never, anna.userId);
    expect(await say(a, 'hi')).toMatchObject({ ok: false, error: { code: 'not_joined' } });
    expect(await a.emitWithAck('join-stream', { streamId })).toMatchObject({ ok: false, error: { code: 'banned' } });
  });

  test('slow mode counts from the last message, also across a restart; a changed mode reaches the room', async () => {
    const a = await joined(anna);
    const modes = heard<{ modes: { slowSeconds: number } }>(a, 'chat-modes');
    await db.sql(`update livestreams set chat_modes = chat_modes || '{"slowSeconds": 30}' where id = $1`, [streamId]);
    await server.chat.streamChanged(streamId as never);
    await until(() => modes[0]?.modes.slowSeconds === 30);
    expect(await say(a, 'one')).toMatchObject({ ok: true });
    const slow = await say(a, 'two');
    expect(slow).toMatchObject({ ok: false, error: { code: 'slow_mode' } });
    expect(slow.error.retryAfterMs).toBeGreaterThan(20_000);
    expect(await say(await joined(owner), 'mine')).toMatchObject({ ok: true });
    await server.close();
    server = await chatServer(db);
    const back = await joined(anna);
    expect(await say(back, 'three')).toMatchObject({ ok: false, error: { code: 'slow_mode' } });
    server.advance(30_000);
    expect(await say(back, 'four')).toMatchObject({ ok: true });
  });

  test('a room takes only so many messages from everybody together', async () => {
    await server.close();
    server = await chatServer(db, { rateLimits: true, messagesPerRoom: { burst: 12, perSecond: 0.001 } });
    const [a, b] = [await joined(anna), await joined(bert)];
    const answers = [];
    for (let n = 0; n < 8; n++) answers.push(await say(a, `a${n}`), await say(b, `b${n}`));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(12);
    expect(answers.slice(12)).toEqual(
      Array(4).fill({ ok: false, error: expect.objectContaining({ code: 'rate_limited' }) }),
    );
    const other = await makeStream(db, bert);
    await a.emitWithAck('join-stream', { streamId: other });
    expect(await a.emitWithAck('chat-message', { streamId: other, message: 'hi' })).toMatchObject({ ok: true });
  });

  test('an ended stream is asked for without its room being held', async () => {
    const ended = await makeStream(db, bert);
    await db.sql(`update livestreams set is_active = false, ended_at = now(), media_state = 'ended' where id = $1`, [
      ended,
    ]);
    const rooms = async () =>
      (await server.registry.getSingleMetric('virgil_chat_rooms')?.get())?.values[0]?.value ?? 0;
    const guest = server.connect();
    for (const id of [ended, 'nowhere']) await guest.emitWithAck('join-stream', { streamId: id });
    expect(await rooms()).toBe(0);
    await guest.emitWithAck('join-stream', { streamId });
    expect(await rooms()).toBe(1);
  });
});

describe('reactions', () => {
  test('are counted together and kept by type', async () => {
    const [a, guest] = await Promise.all([joined(anna), joined()]);
    const told = heard<{ streamId: string; counts: Record<string, number> }>(guest, 'reactions');
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        a.emitWithAck('reaction', { streamId, type: n < 9 ? 'fire' : 'mind-blown' }),
      ),
    );
    await until(
      () => told.reduce((sum, { counts }) => sum + (counts.fire ?? 0) + (counts['mind-blown'] ?? 0), 0) === 12,
    );
    expect(told.length).toBeLessThan(5);
    const totals = () =>
      db.sql('select type, count::int from stream_reactions where stream_id = $1 order by type', [streamId]);
    await expect.poll(totals, { timeout: 3000 }).toEqual([
      { type: 'fire', count: 9 },
      { type: 'mind-blown', count: 3 },
    ]);
    await a.emitWithAck('reaction', { streamId, type: 'fire' });
    await expect.poll(totals, { timeout: 3000 }).toContainEqual({ type: 'fire', count: 10 });
    const audits = () =>
      db.sql(`select 1 from audit_outbox where type = 'LIVESTREAM_REACTION' and entity_id = $1`, [streamId]);
    expect(await audits()).toHaveLength(1);
    server.advance(301_000);
    await a.emitWithAck('reaction', { streamId, type: 'clap' });
    await expect.poll(audits, { timeout: 3000 }).toHaveLength(2);
  });
});
