/** Who sees a line that was held, released, hidden or put back: live, on coming back, in the history, on every node. */
import type { ChannelId, ChatMessage, MessageId, StreamId } from '@virgil/contract';
import fc from 'fast-check';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ChatServer, chatServer, makeStream } from '../../../test/kit/chat-server.ts';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import { silentLogger } from '../../../test/kit/silent-logger.ts';
import type { Actor, Person } from '../../actor.ts';
import { hearNodeSignals } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import { removeContent, restoreContent } from '../removals/index.ts';
import { heldLines } from './index.ts';

let db: TestDatabase;
let server: ChatServer;
const people = {} as Record<'author' | 'moderator' | 'owner' | 'viewer' | 'patron' | 'admin', Person>;
let streamId: StreamId;
const extra: ChatServer[] = [];

beforeAll(async () => {
  db = await testDatabase();
  for (const name of ['author', 'moderator', 'owner', 'viewer', 'patron', 'admin'] as const) {
    people[name] = await makePerson(db, name, name === 'admin' ? 'admin' : 'user');
  }
  const { moderator, owner, patron } = people;
  for (const [person, role] of [
    [moderator, 'moderator'],
    [patron, 'patron'],
  ] as const) {
    await db.sql('insert into channel_members values ($1, $2, $3, $1, now())', [owner.userId, person.userId, role]);
  }
});
afterAll(() => db.drop());
beforeEach(async () => {
  server = await chatServer(db);
  await db.sql(`update livestreams set is_active = false, ended_at = now(), media_state = 'ended' where is_active`);
  streamId = await makeStream(db, people.owner);
});
afterEach(async () => {
  for (const one of [server, ...extra.splice(0)]) await one.close();
});

const WHO = [...Object.entries({ author: 0, moderator: 0, owner: 0, viewer: 0, patron: 0, admin: 0, guest: 0 })].map(
  ([name]) => name as keyof typeof people | 'guest',
);
const SEES: ReadonlySet<string> = new Set(['author', 'moderator', 'owner', 'admin']);
const actorOf = (who: (typeof WHO)[number]): Actor =>
  who === 'guest' ? { kind: 'guest', guestId: null } : people[who];

async function enter(who: (typeof WHO)[number], at: ChatServer = server, lastSeq?: number) {
  const socket = at.connect(who === 'guest' ? undefined : people[who]);
  const heard: ChatMessage[] = [];
  const gone: string[] = [];
  socket.on('chat-message', (line: ChatMessage) => heard.push(line));
  socket.on('message-removed', ({ ids }: { ids: string[] }) => gone.push(...ids));
  const ack = await socket.emitWithAck('join-stream', { streamId, ...(lastSeq === undefined ? {} : { lastSeq }) });
  expect(ack).toMatchObject({ ok: true });
  return { socket, heard, gone, history: ack.history as ChatMessage[], seq: ack.seq as number };
}
const say = async (socket: Socket, message: string): Promise<MessageId> =>
  (await socket.emitWithAck('chat-message', { streamId, message })).id;
const HELD = 'mean [[score=0.7 category=hate]]';
const BLOCKED = 'vile [[score=0.9 category=hate]]';

/** As the transaction of a decision would, and then what follows its commit on this node. */
async function decide(act: 'release' | 'hide', id: MessageId, at = server): Promise<void> {
  await db.database.asSystem('a test decides', (tx) => heldLines[act](tx, id, { at: new Date() }));
  await at.chat.lineChanged({ streamId, messageId: id });
}
async function putBack(id: MessageId, to: 'held' | 'published' | 'blocked') {
  await db.database.asSystem('a test undoes', (tx) => heldLines.putBack(tx, id, to, { at: new Date() }));
  await server.chat.lineChanged({ streamId, messageId: id });
}
const states = (lines: readonly ChatMessage[], id: MessageId) =>
  lines.filter((line) => line.id === id).map(({ status }) => status);
const historyOf = async (who: (typeof WHO)[number], at = server) =>
  (await at.chat.history(actorOf(who), { streamId, limit: 50 })).items;
const until = (check: () => unknown) => expect.poll(check, { timeout: 5_000, interval: 20 }).toBeTruthy();

describe('a held line', () => {
  test('is pending to its author, held to those who look after the channel, and there for nobody else', async () => {
    const inRoom = Object.fromEntries(await Promise.all(WHO.map(async (who) => [who, await enter(who)] as const)));
    const writer = inRoom.author?.socket as Socket;
    await say(writer, 'before');
    const before = (await enter('guest')).seq;
    const id = await say(writer, HELD);
    await say(writer, 'after');
    for (const { heard } of Object.values(inRoom)) await until(() => heard.at(-1)?.message === 'after');

    const second = await chatServer(db);
    extra.push(second);
    const restarted = await chatServer(db);
    extra.push(restarted);
    const table: Record<string, Record<string, string[]>> = {};
    for (const who of WHO) {
      table[who] = {
        live: states(inRoom[who]?.heard ?? [], id),
        join: states((await enter(who)).history, id),
        replay: states((await enter(who, server, before)).history, id),
        history: states(await historyOf(who), id),
        'second node': states((await enter(who, second)).history, id),
        'history of a second node': states(await historyOf(who, second), id),
        'after a restart': states((await enter(who, restarted, before)).history, id),
      };
    }
    const row = (sees: boolean) =>
      Object.fromEntries(Object.keys(table.guest ?? {}).map((column) => [column, sees ? ['held'] : []]));
    expect(table).toEqual(Object.fromEntries(WHO.map((who) => [who, row(SEES.has(who))])));
  });

  test('released stands at its place with its own time, and is told to everybody under a new number', async () => {
    const inRoom = await Promise.all(WHO.map((who) => enter(who)));
    const [author] = inRoom;
    const writer = author?.socket as Socket;
    await say(writer, 'before');
    const id = await say(writer, HELD);
    await say(writer, 'after');
    for (const { heard } of inRoom) await until(() => heard.at(-1)?.message === 'after');
    const { seq: lastSeen } = await enter('viewer');
    const held = author?.heard.find((line) => line.id === id);

    await decide('release', id);
    for (const { heard } of inRoom) await until(() => heard.at(-1)?.id === id);
    for (const { heard } of inRoom) {
      const line = heard.at(-1);
      expect(line).toMatchObject({ status: 'published', createdAt: held?.createdAt, approvedAt: expect.any(String) });
      expect(line?.seq).toBe(lastSeen + 1);
      expect(heard.filter((one) => one.id === id && one.status === 'published')).toHaveLength(1);
    }
    for (const who of WHO) {
      expect((await enter(who, server, lastSeen)).history.map((line) => line.id)).toEqual([id]);
      const words = ['before', HELD, 'after'];
      expect((await enter(who)).history.map((line) => line.message)).toEqual(words);
      expect((await historyOf(who)).map((line) => line.message)).toEqual(words);
    }
    const restarted = await chatServer(db);
    extra.push(restarted);
    expect((await enter('guest', restarted, lastSeen)).history.map((line) => line.id)).toEqual([id]);
  });

  test('that was blocked can be released as well', async () => {
    const [author, viewer] = [await enter('author'), await enter('viewer')];
    const id = await say(author.socket, BLOCKED);
    await decide('release', id);
    await until(() => viewer.heard.at(-1)?.id === id);
    expect((await enter('guest')).history.map((line) => line.id)).toEqual([id]);
  });

  test('hidden leaves its author and the moderators; nobody else hears that it ever was', async () => {
    const inRoom = await Promise.all(WHO.map((who) => enter(who)));
    const id = await say(inRoom[0]?.socket as Socket, HELD);
    await until(() => inRoom.filter(({ heard }) => heard.length === 1).length === SEES.size);
    await decide('hide', id);
    await say(inRoom[0]?.socket as Socket, 'next');
    for (const { heard } of inRoom) await until(() => heard.at(-1)?.message === 'next');
    const told = WHO.filter((_, n) => inRoom[n]?.gone.includes(id));
    expect(new Set(told)).toEqual(SEES);
    for (const who of WHO) expect(states((await enter(who)).history, id)).toEqual([]);
    for (const who of WHO) expect(states(await historyOf(who), id)).toEqual([]);
  });

  test('whose release is undone is held again, gone for the others, and can be released once more', async () => {
    const [author, moderator, viewer] = [await enter('author'), await enter('moderator'), await enter('viewer')];
    const id = await say(author.socket, HELD);
    await decide('release', id);
    await until(() => viewer.heard.at(-1)?.id === id);
    await putBack(id, 'held');
    await until(() => viewer.gone.includes(id));
    for (const { heard } of [author, moderator]) await until(() => heard.at(-1)?.status === 'held');
    expect(states((await enter('viewer')).history, id)).toEqual([]);
    expect(states((await enter('moderator')).history, id)).toEqual(['held']);
    const [row] = await db.sql('select status, approved_at from stream_messages where id = $1', [id]);
    expect(row).toEqual({ status: 'held', approved_at: null });

    const numbers = viewer.heard.map(({ seq }) => seq);
    await decide('release', id);
    await until(() => viewer.heard.length === numbers.length + 1);
    expect(viewer.heard.at(-1)?.seq).toBeGreaterThan(numbers.at(-1) ?? 0);
  });
});

test('a published line that is hidden leaves every page, and comes back to all of them when that is undone', async () => {
  const [author, viewer] = [await enter('author'), await enter('viewer')];
  const id = await say(author.socket, 'harsh');
  await decide('hide', id);
  await until(() => viewer.gone.includes(id) && author.gone.includes(id));
  expect(states(await historyOf('moderator'), id)).toEqual([]);
  const { seq } = await enter('viewer');
  await putBack(id, 'published');
  await until(() => viewer.heard.at(-1)?.id === id && viewer.heard.length === 2);
  expect(viewer.heard.at(-1)?.approvedAt).toBeUndefined();
  expect((await enter('guest', server, seq)).history.map((line) => line.id)).toEqual([id]);
});

test('another node follows by its own reading, and tells its own viewers once', async () => {
  const second = await chatServer(db);
  extra.push(second);
  const author = await enter('author');
  const id = await say(author.socket, HELD);
  const [there, moderatorThere] = [await enter('viewer', second), await enter('moderator', second)];
  expect(states(moderatorThere.history, id)).toEqual(['held']);
  await decide('release', id);
  const word = { kind: 'chat.line', id: `${streamId} ${id}` };
  await Promise.all([second.chat.hear(word), second.chat.hear(word), server.chat.hear(word)]);
  await until(() => there.heard.length === 1 && moderatorThere.heard.length === 1);
  expect((await enter('guest', second)).history.map((line) => line.id)).toEqual([id]);
  await decide('hide', id);
  await second.chat.hear(word);
  await until(() => there.gone.length > 0);
  expect((await enter('guest', second)).history).toEqual([]);
  expect([there.heard.length, author.heard.filter(({ status }) => status === 'published').length]).toEqual([1, 1]);
});

test('whoever lost a role hears nothing more of what is held, on whichever node they are', async () => {
  const second = await chatServer(db);
  extra.push(second);
  const signals = hearNodeSignals({
    connectionString: db.urls.app,
    clock: { now: () => second.now() },
    logger: silentLogger,
    hear: (word) => second.chat.hear(word),
    missed: async () => undefined,
  });
  await signals.start();
  const author = await enter('author', second);
  const [former, owner] = [await enter('moderator', second), await enter('owner', second)];
  const channelId = people.owner.userId as string as ChannelId;
  const { userId } = people.moderator;
  const seesHeld = async () => {
    const id = await say(author.socket, HELD);
    const after = await say(author.socket, `after ${id}`);
    for (const { heard } of [former, owner]) await until(() => heard.at(-1)?.id === after);
    expect(states(owner.heard, id)).toEqual(['held']);
    return states(former.heard, id).length > 0;
  };
  try {
    expect(await seesHeld()).toBe(true);
    await db.sql('delete from channel_members where user_id = $1', [userId]);
    // On the node that follows the outbox, which is not theirs.
    await server.chat.roleChanged({ channelId, userId });
    await expect.poll(seesHeld, { timeout: 5_000 }).toBe(false);
  } finally {
    await signals.stop();
    await db.sql('insert into channel_members values ($1, $2, $3, $1, now())', [channelId, userId, 'moderator']);
  }
});

test('a line of a stream that ended is released into its history', async () => {
  const author = await enter('author');
  const id = await say(author.socket, HELD);
  await say(author.socket, 'last words');
  await db.sql(`update livestreams set is_active = false, ended_at = now(), media_state = 'ended' where id = $1`, [
    streamId,
  ]);
  await server.chat.streamEnded(streamId);
  await decide('release', id);
  expect((await historyOf('guest')).map((line) => [line.message, line.seq])).toEqual([
    [HELD, 3],
    ['last words', 2],
  ]);
  await decide('release', id);
  expect((await historyOf('guest')).map((line) => line.seq)).toEqual([3, 2]);
});

test('released and removed for a report at once, it stays away until the report falls', async () => {
  const [author, viewer] = [await enter('author'), await enter('viewer')];
  const id = await say(author.socket, HELD);
  const decision = { kind: 'report', id: `report of ${id}` } as const;
  await db.database.asSystem('a report is approved', (tx) =>
    removeContent(tx, { subject: { type: 'message', id }, decision, by: null, at: new Date() }),
  );
  await decide('release', id);
  expect(states(await historyOf('viewer'), id)).toEqual([]);
  await db.database.asSystem('the report falls', (tx) => restoreContent(tx, { decision, at: new Date() }));
  await server.chat.lineChanged({ streamId, messageId: id });
  await until(() => viewer.heard.at(-1)?.id === id);
  expect(states(await historyOf('viewer'), id)).toEqual(['published']);
});

test('while people write, releases take their turn: no number twice, nothing refused, nothing missed by who comes back', async () => {
  const [author, reader] = [await enter('author'), await enter('viewer')];
  const held = await Promise.all(Array.from({ length: 10 }, (_, n) => say(author.socket, `${n} ${HELD}`)));
  const writing = Array.from({ length: 60 }, (_, n) =>
    author.socket.emitWithAck('chat-message', { streamId, message: `line ${n}` }),
  );
  const releasing = held.map((id) => decide('release', id));
  const acks = await Promise.all(writing);
  await Promise.all(releasing);
  expect(acks.every(({ ok, status }) => ok && status === 'published')).toBe(true);
  await until(() => reader.heard.length === 70);
  const told = reader.heard.map(({ seq }) => seq);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(new Set(told).size).toBe(70);
  const rows = await db.sql('select id from stream_messages where stream_id = $1 and seq < 0', [streamId]);
  expect(rows).toEqual([]);
  // Whoever was cut off after any of them gets all that came later, the released ones too.
  await fc.assert(
    fc.asyncProperty(fc.nat(69), async (n) => {
      const { history, socket } = await enter('guest', server, told[n]);
      expect(history.map(({ seq }) => seq)).toEqual(told.slice(n + 1));
      socket.disconnect();
    }),
    { numRuns: 8 },
  );
});

test('a commit whose answer was lost gives one place, told once', async () => {
  let fault = false;
  const failing = await chatServer(db, {
    wrapDatabase: (database) => ({
      ...database,
      asSystem: async (reason, work) => {
        const result = await database.asSystem(reason, work);
        if (!fault || !reason.startsWith('chat messages')) return result;
        fault = false;
        throw new AppError('storage_unavailable');
      },
    }),
  });
  extra.push(failing);
  const [author, viewer] = [await enter('author', failing), await enter('viewer', failing)];
  const id = await say(author.socket, HELD);
  await db.database.asSystem('a test decides', (tx) => heldLines.release(tx, id, { at: new Date() }));
  fault = true;
  const line = { streamId, messageId: id };
  await expect(failing.chat.lineChanged(line)).rejects.toMatchObject({ code: 'storage_unavailable' });
  // The outbox tries again.
  await failing.chat.lineChanged(line);
  await say(author.socket, 'next');
  await until(() => viewer.heard.at(-1)?.message === 'next');
  expect(viewer.heard.map(({ id: heard, seq }) => [heard === id, seq])).toEqual([
    [true, 2],
    [false, expect.any(Number)],
  ]);
});
