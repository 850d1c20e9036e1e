/** Messages, blocks and mutes over HTTP and sockets, on the whole server with its limits on. */
import { blocks, comments, messages, privacy, reports } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { heldMessages } from './index.ts';

let app: TestApp;
let admin: SignedIn;
beforeAll(async () => {
  app = await testApp();
  admin = await app.signUp({ name: 'Ed', role: 'admin' });
}, 60_000);
afterAll(() => app.close());

const two = async (): Promise<[SignedIn, SignedIn]> => [await app.signUp(), await app.signUp()];
const send = (from: SignedIn, to: SignedIn, message: string, clientId?: string) =>
  from.call(messages.sendMessage, {
    body: { toUserId: to.id, message, ...(clientId === undefined ? {} : { clientId }) },
  });
const refused = async (from: SignedIn, to: SignedIn) =>
  (await from.attempt(messages.sendMessage, { body: { toUserId: to.id, message: 'Hello' } })).problem;
const conversation = (who: SignedIn, other: SignedIn) =>
  who.call(messages.getConversation, { params: { userId: other.id } });
const texts = async (who: SignedIn, other: SignedIn) =>
  (await conversation(who, other)).items.map(({ message, mine }) => (mine ? `me: ${message}` : message));
const judge = <T>(work: (tx: Parameters<typeof heldMessages.release>[0], at: Date) => Promise<T>) =>
  app.storage.database.asSystem('a test judges', (tx) => work(tx, new Date()));
const block = (who: SignedIn, other: SignedIn) => who.call(blocks.block, { params: { userId: other.id } });

describe('messages between two people', () => {
  test('are theirs alone, newest first, with what is unread', async () => {
    const [ana, ben] = await two();
    await send(ana, ben, 'One');
    await send(ana, ben, 'Two');
    expect(await texts(ben, ana)).toEqual(['Two', 'One']);
    expect(await texts(ana, ben)).toEqual(['me: Two', 'me: One']);
    expect(await texts(admin, ana)).toEqual([]);
    const listed = await ben.call(messages.listConversations);
    expect(listed).toMatchObject({
      items: [{ unread: 2, last: { message: 'Two', mine: false } }],
      counts: { unread: 2 },
    });
    expect((await ana.call(messages.listConversations)).counts.unread).toBe(0);
    expect(await ben.call(messages.readConversation, { params: { userId: ana.id } })).toEqual({ unread: 0 });
    expect((await ben.call(messages.listConversations)).items[0]?.unread).toBe(0);
    const page = await ben.call(messages.getConversation, { params: { userId: ana.id }, query: { limit: 1 } });
    const rest = await ben.call(messages.getConversation, {
      params: { userId: ana.id },
      query: { cursor: page.nextCursor ?? '' },
    });
    expect(rest.items.map(({ message }) => message)).toEqual(['One']);
  });

  test('sent twice under one client id are one, also at the same moment', async () => {
    const [ana, ben] = await two();
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(ana, ben, 'Once', 'the-one')));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await texts(ben, ana)).toEqual(['Once']);
  });

  test('arrive on every open page of both, and the sender’s carries its client id', async () => {
    const [ana, ben] = await two();
    const heard: unknown[] = [];
    const sockets = [ana.socket(), ben.socket(), ben.socket()];
    for (const [index, socket] of sockets.entries()) {
      socket.on('direct-message', (payload) => heard.push([index, payload.message.mine, payload.clientId]));
    }
    await expect.poll(() => sockets.every(({ connected }) => connected)).toBe(true);
    await send(ana, ben, 'Live', 'mine-1');
    await expect.poll(() => heard.length).toBe(3);
    expect(heard.toSorted()).toEqual([
      [0, true, 'mine-1'],
      [1, false, undefined],
      [2, false, undefined],
    ]);
    for (const socket of sockets) socket.disconnect();
  });

  test('that are held nobody but their author sees; approved late, they arrive marked and unread', async () => {
    const [ana, ben] = await two();
    const held = await send(ana, ben, '[[score=0.60 category=hate]]');
    expect(held).toMatchObject({ status: 'held', message: { status: 'held' } });
    expect(await send(ana, ben, '[[score=0.85 category=hate]]')).toMatchObject({ status: 'blocked', message: null });
    expect(await texts(ana, ben)).toEqual(['me: [[score=0.60 category=hate]]']);
    expect(await texts(ben, ana)).toEqual([]);
    expect(await ben.call(messages.listConversations)).toMatchObject({ items: [], counts: { unread: 0 } });
    const items = await app.storage.sql('select 1 from moderator_review_queue where content_id = $1', [held.id]);
    expect(items).toHaveLength(1);

    await judge((tx, at) => heldMessages.release(tx, held.id, { at }));
    const [arrived] = (await conversation(ben, ana)).items;
    expect(arrived).toMatchObject({ id: held.id, createdAt: held.message?.createdAt });
    expect(arrived?.approvedAt).not.toBeNull();
    expect((await ben.call(messages.listConversations)).counts.unread).toBe(1);
    await judge((tx, at) => heldMessages.putBack(tx, held.id, 'held', { at }));
    expect(await texts(ben, ana)).toEqual([]);
    expect((await ben.call(messages.listConversations)).counts.unread).toBe(0);
    await judge((tx, at) => heldMessages.hide(tx, held.id, { at }));
    expect(await texts(ana, ben)).toEqual([]);
  });

  test('that are held do not reach an admin either in whose conversation they stand', async () => {
    const [ana] = await two();
    await send(ana, admin, 'Hello');
    const { id } = await send(ana, admin, '[[score=0.7 category=threat]] held');
    expect(await texts(admin, ana)).toEqual(['Hello']);
    const { items } = await admin.call(messages.listConversations);
    expect(items.find(({ person }) => person.id === ana.id)?.last?.message).toBe('Hello');
    await judge((tx, at) => heldMessages.release(tx, id, { at }));
    expect(await texts(admin, ana)).toHaveLength(2);
  });

  test('that wait are withdrawn when their author deletes them, and do not arrive after a block', async () => {
    const [ana, ben] = await two();
    const [withdrawn, late] = [
      await send(ana, ben, '[[score=0.7 category=hate]] 1'),
      await send(ana, ben, '[[score=0.7 category=hate]] 2'),
    ];
    await ana.call(messages.deleteMessage, { params: { userId: ben.id, messageId: withdrawn.id } });
    await block(ben, ana);
    for (const { id } of [withdrawn, late]) await judge((tx, at) => heldMessages.release(tx, id, { at }));
    expect(await texts(ben, ana)).toEqual([]);
    expect((await ben.call(messages.listConversations)).items).toEqual([]);
    expect(await judge((tx) => heldMessages.context(tx, withdrawn.id))).toBeNull();
  });

  test('are deleted for oneself; what neither keeps is gone', async () => {
    const [ana, ben] = await two();
    const { id } = await send(ana, ben, 'Secret');
    const params = (other: SignedIn) => ({ params: { userId: other.id, messageId: id } });
    expect((await admin.attempt(messages.deleteMessage, params(ben))).problem?.code).toBe('not_found');
    await ana.call(messages.deleteMessage, params(ben));
    expect(await texts(ana, ben)).toEqual([]);
    expect(await texts(ben, ana)).toEqual(['Secret']);
    await ben.call(messages.deleteConversation, { params: { userId: ana.id } });
    expect((await ben.call(messages.listConversations)).items).toEqual([]);
    // Only that something was written to somebody who did not answer is still known.
    expect(await app.storage.sql('select message from direct_messages where id = $1', [id])).toEqual([{ message: '' }]);
    expect(await texts(ben, ana)).toEqual([]);
  });

  test('are gone when both delete what they wrote to each other', async () => {
    const [ana, ben] = await two();
    await send(ana, ben, 'Secret');
    await send(ben, ana, 'Kept');
    await ana.call(messages.deleteConversation, { params: { userId: ben.id } });
    await ben.call(messages.deleteConversation, { params: { userId: ana.id } });
    expect(
      await app.storage.sql('select 1 from direct_messages where from_user_id in ($1, $2)', [ana.id, ben.id]),
    ).toEqual([]);
  });

  test('are reported by whoever got them: only then an admin reads that one, and approving takes it away', async () => {
    const [ana, ben] = await two();
    await send(ana, ben, 'Before');
    const bad = await send(ana, ben, 'Insult');
    const body = { subject: { type: 'direct_message', id: bad.id }, reason: 'harassment' } as const;
    expect((await admin.attempt(reports.createReport, { body })).problem?.code).toBe('not_found');
    expect((await ana.attempt(reports.createReport, { body })).problem?.code).toBe('own_content');
    const { id } = await ben.call(reports.createReport, { body });
    const details = await admin.call(reports.getReport, { params: { id } });
    expect(details.context).toMatchObject({ type: 'direct_message', line: { text: 'Insult' } });
    expect(JSON.stringify(details)).not.toContain('Before');
    await admin.call(reports.resolveReport, { params: { id }, body: { decision: 'approved', reason: 'An insult' } });
    expect(await texts(ben, ana)).toEqual(['Before']);
    expect((await ben.call(messages.listConversations)).counts.unread).toBe(1);
  });
});

test('what arrived stays with whoever got it when its author has their account erased, from nobody; the rest goes', async () => {
  const [ana, ben] = await two();
  await send(ana, ben, 'For you');
  await send(ben, ana, 'Thank you');
  const held = await send(ana, ben, '[[score=0.7 category=hate]]');
  const plan = await ana.call(privacy.getErasurePlan);
  const others = { reason: 'others_content', years: null };
  expect(plan.kept).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'direct_messages_sent', count: 1, ...others }),
      expect.objectContaining({ kind: 'direct_messages_received', count: 1, ...others }),
    ]),
  );
  expect(plan.removed).toEqual(expect.arrayContaining([{ kind: 'direct_messages_sent', count: 1 }]));
  await ana.call(privacy.eraseMe, { body: { password: ana.password } });
  await app.advance(8 * 86_400_000);
  await app.settle();
  const kept = await ben.call(messages.getConversation, { params: { userId: ana.id } });
  expect(kept.items.map(({ message }) => message)).toEqual(['Thank you', 'For you']);
  expect([kept.reachable, kept.person.displayName.includes(ana.name)]).toEqual([false, false]);
  expect((await refused(ben, ana))?.code).toBe('not_found');
  expect(await app.storage.sql('select 1 from direct_messages where id = $1', [held.id])).toEqual([]);
  const sides = await app.storage.sql('select 1 from conversations where user_id = $1', [ana.id]);
  expect(sides).toEqual([]);
}, 30_000);

describe('blocking and muting', () => {
  test('a block closes the way in both directions by one sentence, and is taken back', async () => {
    const [ana, ben] = await two();
    await send(ana, ben, 'Hello');
    await block(ben, ana);
    await block(ben, ana);
    const [toBlocker, toBlocked] = [await refused(ana, ben), await refused(ben, ana)];
    expect(toBlocker?.code).toBe('not_allowed');
    expect(toBlocker?.detail).toBe(toBlocked?.detail);
    expect(JSON.stringify(toBlocker)).not.toMatch(/block/i);
    expect((await conversation(ana, ben)).towards).toEqual({ blocked: false, muted: false });
    expect((await conversation(ben, ana)).towards).toEqual({ blocked: true, muted: false });
    expect((await ben.call(messages.listConversations)).counts.unread).toBe(0);
    await ben.call(blocks.unblock, { params: { userId: ana.id } });
    expect((await send(ana, ben, 'Again')).status).toBe('published');
  });

  test('under the videos of whoever blocked them somebody cannot write, and elsewhere they are not shown to them', async () => {
    const [ana, ben] = await two();
    const carl = await app.signUp();
    const recording = async (channel: SignedIn) => {
      const id = uuidv7();
      await app.storage.sql(
        `insert into videos (id, channel_id, title, dante_realm, duration_ms, size_bytes, file_key, is_public, patron_only, created_at, updated_at)
         values ($1, $2, 'V', 'inferno', 1000, 10, 'x.mp4', true, false, now(), now())`,
        [id, channel.id],
      );
      return id;
    };
    const [ofAna, ofCarl] = [await recording(ana), await recording(carl)];
    await block(ana, ben);
    const comment = (id: string) => ben.attempt(comments.writeComment, { params: { id }, body: { message: 'Me' } });
    const { problem } = await comment(ofAna);
    expect([problem?.code, /block/i.test(problem?.detail ?? '')]).toEqual(['not_allowed', false]);
    expect((await comment(ofCarl)).problem).toBeNull();
    const seen = async (who: SignedIn) =>
      (await who.call(comments.listComments, { params: { id: ofCarl } })).items.map(({ message }) => message);
    expect(await seen(ana)).toEqual([]);
    const dora = await app.signUp();
    expect(await seen(dora)).toEqual(['Me']);
    await dora.call(blocks.mute, { params: { userId: ben.id } });
    expect(await seen(dora)).toEqual([]);
    await dora.call(blocks.unmute, { params: { userId: ben.id } });
    expect(await seen(dora)).toEqual(['Me']);
    // Under one’s own recording one is not blind to anybody.
    await carl.call(blocks.mute, { params: { userId: ben.id } });
    expect(await seen(carl)).toEqual(['Me']);
  });

  test('whoever is muted writes as before, arrives, and is not counted as unread', async () => {
    const [ana, ben] = await two();
    await ben.call(blocks.mute, { params: { userId: ana.id } });
    expect((await send(ana, ben, 'Hello')).status).toBe('published');
    expect(await texts(ben, ana)).toEqual(['Hello']);
    const { counts, items } = await ben.call(messages.listConversations);
    expect([counts.unread, items[0]?.unread, items[0]?.towards.muted]).toEqual([0, 1, true]);
  });

  test('are listed for oneself with a search, told to one’s other pages, and never to the other', async () => {
    const [ana, ben] = await two();
    const carl = await app.signUp({ name: 'Carl Quist' });
    const socket = ana.socket();
    const heard: unknown[] = [];
    socket.on('hidden-people', (people) => heard.push(people));
    await expect.poll(() => socket.connected).toBe(true);
    await block(ana, ben);
    await block(ana, carl);
    await ana.call(blocks.mute, { params: { userId: ben.id } });
    await expect.poll(() => heard.at(-1)).toEqual({ blocked: [ben.id, carl.id].toSorted(), muted: [ben.id] });
    const found = await ana.call(blocks.listBlocks, { query: { q: 'quist' } });
    expect(found.items.map(({ person }) => person.displayName)).toEqual(['Carl Quist']);
    expect(await ben.call(blocks.getHiddenPeople)).toEqual({ blocked: [], muted: [] });
    expect((await ana.attempt(blocks.block, { params: { userId: ana.id } })).problem?.code).toBe('own_content');
    expect((await ana.attempt(blocks.block, { params: { userId: 'nobody' } })).problem?.code).toBe('not_found');
    const notices = await app.storage.sql('select 1 from notifications where user_id = $1', [ben.id]);
    expect(notices).toEqual([]);
    socket.disconnect();
  });
});

test('with limits on, a stranger sends three until they are answered, and a young account reaches five people a day', async () => {
  const limited = await testApp({ env: { VIRGIL_RATE_LIMITS: 'on' } });
  try {
    const ana = await limited.signUp();
    const others: SignedIn[] = [];
    for (let n = 0; n < 6; n++) others.push(await limited.signUp());
    const [first, ...rest] = others;
    if (first === undefined) throw new Error('nobody');
    // At the same moment: no more than three pass.
    const attempts = await Promise.all(Array.from({ length: 5 }, () => refused(ana, first)));
    expect(attempts.map((problem) => problem?.code ?? 'sent').toSorted()).toEqual([
      ...['not_allowed', 'not_allowed'],
      ...['sent', 'sent', 'sent'],
    ]);
    // Whoever is pestered and clears it away is not open to three more.
    await first.call(messages.deleteConversation, { params: { userId: ana.id } });
    await ana.call(messages.deleteConversation, { params: { userId: first.id } });
    expect((await refused(ana, first))?.code).toBe('not_allowed');
    await send(first, ana, 'Hello');
    expect(await refused(ana, first)).toBeNull();
    const reached = [];
    for (const other of rest) reached.push((await refused(ana, other))?.code ?? 'sent');
    // The first one answered, and is no stranger any more.
    expect(reached).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
    const sixth = await limited.signUp();
    expect((await refused(ana, sixth))?.code).toBe('rate_limited');
    await limited.advance(25 * 3_600_000);
    expect(await refused(ana, sixth)).toBeNull();
  } finally {
    await limited.close();
  }
}, 60_000);
