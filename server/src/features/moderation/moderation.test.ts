/** What follows a score, end to end: bands, violations, items, letters, and what admins and moderators set. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  accounts,
  type ChannelId,
  type ChatMessage,
  livestreams,
  messages,
  moderation,
  notifications,
  penalties,
  reports,
  type StreamId,
  tips,
  type UserId,
} from '@virgil/contract';
import { pino } from 'pino';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { hearNodeSignals } from '../../db/index.ts';
import { ThresholdsInForce } from './index.ts';

let app: TestApp;
let admin: SignedIn;
let mira: SignedIn;
let moderator: SignedIn;
let streamId: StreamId;
let opinions: Server;
/** What the foreign service was sent, and what it says. */
const sent: string[] = [];
let foreignHate = 0;
const sockets: Socket[] = [];

beforeAll(async () => {
  opinions = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    sent.push((JSON.parse(Buffer.concat(chunks).toString()) as { input: string }).input);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ model: 'omni-1', results: [{ category_scores: { hate: foreignHate } }] }));
  });
  opinions.listen(0, '127.0.0.1');
  await once(opinions, 'listening');
  const port = (opinions.address() as AddressInfo).port;
  app = await testApp({ env: { OPENAI_API_KEY: 'sk-test', OPENAI_API_URL: `http://127.0.0.1:${port}` } });
  admin = await app.signUp({ role: 'admin' });
  mira = await app.signUp({ name: 'Mira Voss', tier: 'pro' });
  moderator = await app.signUp();
  await mira.fetch(`/api/v1/channels/${mira.id}/moderators/${moderator.id}`, { method: 'PUT' });
}, 60_000);
/** A jump of the clock ends a stream without pictures. */
beforeEach(async () => {
  const { body } = await mira.attempt(livestreams.startLivestream, { body: { title: 'Evening' } });
  if (body?.livestream !== undefined) streamId = body.livestream.id as StreamId;
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
  opinions.closeAllConnections();
  opinions.close();
});

async function enter(who: SignedIn) {
  const socket = who.socket();
  sockets.push(socket);
  const heard: ChatMessage[] = [];
  socket.on('chat-message', (line: ChatMessage) => heard.push(line));
  const ack = await socket.emitWithAck('join-stream', { streamId });
  expect(ack).toMatchObject({ ok: true });
  return { heard, say: (message: string) => socket.emitWithAck('chat-message', { streamId, message }) };
}
const mark = (score: number, category = 'hate') => `words [[score=${score} category=${category}]]`;
const violationsOf = (who: SignedIn) =>
  app.storage.sql<Record<string, unknown>>('select * from user_violations where user_id = $1 order by id', [who.id]);
const itemsOf = (who: SignedIn) =>
  app.storage.sql<Record<string, unknown>>('select * from moderator_review_queue where user_id = $1 order by id', [
    who.id,
  ]);
const lettersOf = async (who: SignedIn) => (await who.call(notifications.listNotifications)).items.toReversed();

describe('a score', () => {
  test.each([
    [0.5999, 'published', [], []],
    [0.6, 'held', ['held'], ['pending']],
    [0.8499, 'held', ['held'], ['pending']],
    [0.85, 'blocked', ['blocked'], []],
  ])('of %d: %s, with what follows', async (score, status, violations, items) => {
    const author = await app.signUp();
    const { say } = await enter(author);
    expect(await say(mark(score))).toMatchObject({ ok: true, status });
    expect((await violationsOf(author)).map(({ action }) => action)).toEqual(violations);
    expect((await itemsOf(author)).map((item) => item.resolution_status)).toEqual(items);
    const kinds = (await lettersOf(author)).map(({ kind }) => kind);
    expect(kinds).toEqual(status === 'published' ? [] : [`message_${status}`]);
  });

  test('is kept with everything the decision was made of', async () => {
    const author = await app.signUp();
    const { say } = await enter(author);
    const text = 'Wörds [[score=0.72 category=hate]] [[score=0.31 category=spam]]';
    const { id } = await say(text);
    const [violation] = await violationsOf(author);
    expect(violation).toMatchObject({
      source: 'auto',
      source_type: 'live',
      content_id: id,
      stream_id: streamId,
      channel_id: mira.id,
      content: text,
      normalised_text: text.toLowerCase(),
      risk_score: 0.72,
      category: 'hate',
      breakdown: { hate: 0.72, spam: 0.31 },
      classifier: 'scripted',
      classifier_version: '1',
      rule: 'scripted',
      hold_at: 0.6,
      block_at: 0.85,
      resolved_at: null,
    });
    expect(await itemsOf(author)).toEqual([
      expect.objectContaining({
        violation_id: violation?.id,
        reported_by_ai: true,
        content_id: id,
        content_preview: text,
        channel_id: mira.id,
        heads_queue: false,
      }),
    ]);
    const [letter] = await lettersOf(author);
    expect(letter?.text).toBe(
      'Your message has been flagged for moderator review. If you want to appeal, open Appeals Center.',
    );
  });

  test.each(['minors', 'self_harm', 'toxicity'])(
    'of 1 for %s waits for a person and blocks nothing',
    async (category) => {
      const author = await app.signUp();
      const { say } = await enter(author);
      expect(await say(mark(1, category))).toMatchObject({ status: 'held' });
      const [item] = await itemsOf(author);
      expect(item).toMatchObject({ category, heads_queue: category === 'minors', resolution_status: 'pending' });
      const violations = await violationsOf(author);
      expect(violations).toHaveLength(category === 'self_harm' ? 0 : 1);
      expect(item?.violation_id).toBe(violations[0]?.id ?? null);
      const [letter] = await lettersOf(author);
      expect(letter?.kind).toBe(category === 'self_harm' ? 'message_held_self_harm' : 'message_held');
      if (category === 'self_harm') expect(letter?.text).toContain('988');
    },
  );

  test('a child named beside something worse heads the queue instead of being blocked away', async () => {
    const author = await app.signUp();
    const { say } = await enter(author);
    expect(await say(`${mark(0.95)} ${mark(0.7, 'minors')}`)).toMatchObject({ status: 'held' });
    expect((await itemsOf(author))[0]).toMatchObject({ category: 'minors', risk_score: 0.7, heads_queue: true });
  });

  test('that blocks is told with reasons, which are about the violation and can be appealed', async () => {
    const author = await app.signUp();
    const { say } = await enter(author);
    const { id } = await say(mark(0.9));
    const [violation] = await violationsOf(author);
    const statements = await app.storage.sql(
      `select decision_kind, decision_id, subject_id, appeal_type, appeal_id, automated_decision
       from statements_of_reasons where user_id = $1`,
      [author.id],
    );
    expect(statements).toEqual([
      {
        decision_kind: 'classifier',
        decision_id: violation?.id,
        subject_id: id,
        appeal_type: 'violation',
        appeal_id: violation?.id,
        automated_decision: 'fully',
      },
    ]);
  });
});

describe('three blocked in one session', () => {
  const escalations = async (who: SignedIn) =>
    (await itemsOf(who)).filter((item) => item.escalation_trigger === 'multi_violation');

  test('call an admin once, also when they come at the same moment and from a tip', async () => {
    const author = await app.signUp();
    const { say } = await enter(author);
    const tip = () =>
      author.call(tips.tipLivestream, {
        params: { id: streamId },
        body: { amount: 200, currency: 'EUR', message: mark(0.9), idempotencyKey: crypto.randomUUID() },
      });
    await say(mark(0.9));
    expect(await escalations(author)).toEqual([]);
    await Promise.all([say(mark(0.91)), tip(), say(mark(0.92))]);
    const [item, ...more] = await escalations(author);
    expect(more).toEqual([]);
    expect(item).toMatchObject({ resolution_status: 'escalated', escalated_by: null, channel_id: mira.id });
    expect(item?.escalation_note).toMatch(/^[34] messages were blocked/);
    await say(mark(0.93));
    expect(await escalations(author)).toHaveLength(1);
    expect((await violationsOf(author)).map(({ action }) => action)).toEqual(Array(5).fill('blocked'));
  });

  test('of which only a strict channel blocks count for nothing, until as many are blocked everywhere', async () => {
    const author = await app.signUp();
    const { say } = await enter(author);
    const params = { id: mira.id as string as ChannelId };
    const set = (body: { hold: number; block: number }) => mira.call(moderation.setChannelThresholds, { params, body });
    await set({ hold: 0.1, block: 0.1 });
    try {
      for (let n = 0; n < 4; n++) expect(await say(mark(0.2))).toMatchObject({ status: 'blocked' });
      await say(mark(0.85));
      await say(mark(0.85));
      await say(mark(0.84));
      expect(await escalations(author)).toEqual([]);
      await say(mark(0.85));
      expect(await escalations(author)).toEqual([
        expect.objectContaining({ escalation_note: expect.stringMatching(/^3 messages were blocked/) }),
      ]);
    } finally {
      await set({ hold: 0.6, block: 0.85 });
    }
  });

  test('elsewhere are counted over 24 hours', async () => {
    const [author, receiver] = [await app.signUp(), await app.signUp()];
    const write = async () => {
      const body = { toUserId: receiver.id, message: mark(0.9, 'harassment') };
      expect((await author.attempt(messages.sendMessage, { body })).problem).toBeNull();
    };
    await write();
    await write();
    await app.advance(24 * 3_600_000 + 60_000);
    await write();
    expect(await escalations(author)).toEqual([]);
    await write();
    await write();
    expect(await escalations(author)).toHaveLength(1);
    await write();
    expect(await escalations(author)).toHaveLength(1);
  });
});

describe('the words with a tip', () => {
  test('are reported, removed and restored like a line; the tip and its money stay', async () => {
    const [author, reader] = [await app.signUp(), await app.signUp()];
    const params = { id: streamId };
    const { tip } = await author.call(tips.tipLivestream, {
      params,
      body: { amount: 500, currency: 'EUR', message: 'harsh words', idempotencyKey: crypto.randomUUID() },
    });
    const shown = async () =>
      (await app.stranger().call(tips.listTips, { params })).items.find(({ id }) => id === tip.id);
    expect(await shown()).toMatchObject({ message: 'harsh words' });
    const body = { subject: { type: 'message', id: tip.id }, reason: 'harassment' } as const;
    expect((await author.attempt(reports.createReport, { body })).problem?.code).toBe('own_content');
    const report = await reader.call(reports.createReport, { body });
    const page = await admin.call(reports.getReport, { params: { id: report.id } });
    expect(JSON.stringify(page)).toContain('harsh words');
    await admin.call(reports.resolveReport, {
      params: { id: report.id },
      body: { decision: 'approved', reason: 'Insults' },
    });
    await app.settle();
    expect(await shown()).toMatchObject({ message: null, messageStatus: 'none', amount: { amount: 500 } });
    expect((await reader.attempt(reports.createReport, { body })).problem?.code).toBe('not_found');

    const [strike] = await app.storage.sql<{ id: string }>('select id from content_safety_strikes where user_id = $1', [
      author.id,
    ]);
    const second = await app.signUp({ role: 'admin' });
    const accepted = await second.fetch(`/api/admin/strikes/${strike?.id}/appeal`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ decision: 'accepted', reason: 'A quotation' }),
    });
    expect(accepted.status).toBe(200);
    await app.settle();
    expect(await shown()).toMatchObject({ message: 'harsh words', messageStatus: 'published' });
  });

  test('that are held wait in the queue and are shown when a moderator releases them', async () => {
    const author = await app.signUp();
    const params = { id: streamId };
    const { tip } = await author.call(tips.tipLivestream, {
      params,
      body: { amount: 500, currency: 'EUR', message: mark(0.7), idempotencyKey: crypto.randomUUID() },
    });
    const [item] = await itemsOf(author);
    expect(item).toMatchObject({ source_type: 'live', content_id: tip.id, stream_id: streamId });
    const approved = await moderator.fetch(`/api/v1/moderation/queue/${item?.id}/approve`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'Harmless' }),
    });
    expect(approved.status).toBe(200);
    await app.settle();
    const listed = (await app.stranger().call(tips.listTips, { params })).items.find(({ id }) => id === tip.id);
    expect(listed).toMatchObject({ message: mark(0.7), messageStatus: 'published' });
  });
});

test('a moderator’s approval publishes the line for everybody, through the queue and the outbox', async () => {
  const [author, viewer] = [await app.signUp(), await enter(await app.signUp())];
  const { say } = await enter(author);
  const { id } = await say(mark(0.7));
  const [item] = await itemsOf(author);
  const approved = await moderator.fetch(`/api/v1/moderation/queue/${item?.id}/approve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'A quotation' }),
  });
  expect(approved.status).toBe(200);
  await expect.poll(() => viewer.heard.at(-1), { timeout: 5_000 }).toMatchObject({ id, status: 'published' });
  expect(viewer.heard.at(-1)?.approvedAt).toBeDefined();
});

test('what waits for a moderator of the platform goes to another when they lose the role, and when they are banned', async () => {
  const staff = [await app.signUp({ role: 'moderator' }), await app.signUp({ role: 'moderator' })];
  const [author, receiver] = [await app.signUp(), await app.signUp()];
  await author.call(messages.sendMessage, { body: { toUserId: receiver.id, message: mark(0.7, 'harassment') } });
  const assignee = async () => (await itemsOf(author))[0]?.assigned_moderator_id;
  const first = await assignee();
  const [one, two] = staff[0]?.id === first ? staff : staff.toReversed();
  expect(one?.id).toBe(first);
  await admin.call(accounts.setRole, { params: { id: one?.id as UserId }, body: { role: 'user' } });
  await app.settle();
  expect(await assignee()).toBe(two?.id);
  await admin.call(penalties.banUser, { params: { id: two?.id as UserId }, body: { reason: 'Sold what they read.' } });
  await app.settle();
  expect(await assignee()).toBeNull();
});

describe('thresholds', () => {
  const params = () => ({ id: mira.id as string as ChannelId });
  const set = (who: SignedIn, body: { hold: number; block: number }) =>
    who.attempt(moderation.setChannelThresholds, { params: params(), body });

  test('of a channel are set by those who look after it, and hold from the next text on', async () => {
    const [author, stranger] = [await app.signUp(), await app.signUp()];
    const { say } = await enter(author);
    expect(await say(mark(0.4))).toMatchObject({ status: 'published' });
    expect((await set(stranger, { hold: 0.3, block: 0.5 })).problem?.code).toBe('not_allowed');
    expect((await stranger.attempt(moderation.getChannelThresholds, { params: params() })).problem?.code).toBe(
      'not_allowed',
    );
    const done = await set(moderator, { hold: 0.3, block: 0.5 });
    expect(done.body).toEqual({ hold: 0.3, block: 0.5, platform: { hold: 0.6, block: 0.85 } });
    expect(await mira.call(moderation.getChannelThresholds, { params: params() })).toEqual(done.body);
    expect(await say(mark(0.4))).toMatchObject({ status: 'held' });
    expect(await say(mark(0.5))).toMatchObject({ status: 'blocked' });
    expect((await violationsOf(author)).map(({ block_at, hold_at }) => [hold_at, block_at])).toEqual([
      [0.3, 0.5],
      [0.3, 0.5],
    ]);
    await set(mira, { hold: 0.6, block: 0.85 });
    expect(await say(mark(0.5))).toMatchObject({ status: 'published' });
  });

  test.each([
    [{ hold: 0.61, block: 0.85 }, ['hold']],
    [{ hold: 0.6, block: 0.86 }, ['block']],
    [{ hold: 0.5, block: 0.4 }, ['block']],
  ])('of a channel may only be stricter: %j is refused', async (body, paths) => {
    const { problem, status } = await set(mira, body);
    expect([status, problem?.code]).toEqual([400, 'invalid']);
    expect(problem?.errors?.map(({ path }) => path)).toEqual(paths);
  });

  test('of the platform are an admin’s, and hold from the next text on', async () => {
    const author = await app.signUp();
    const { say } = await enter(author);
    expect((await mira.attempt(moderation.setThresholds, { body: { hold: 0.2, block: 0.3 } })).problem?.code).toBe(
      'not_allowed',
    );
    const state = await admin.call(moderation.setThresholds, { body: { hold: 0.45, block: 0.7 } });
    expect(state).toMatchObject({ thresholds: { hold: 0.45, block: 0.7 }, defaults: { hold: 0.6, block: 0.85 } });
    expect(await say(mark(0.45))).toMatchObject({ status: 'held' });
    expect(await say(mark(0.7))).toMatchObject({ status: 'blocked' });
    // A channel that went back to the platform's has none of its own that could stay behind.
    await set(mira, { hold: 0.3, block: 0.7 });
    await set(mira, { hold: 0.45, block: 0.7 });
    await admin.call(moderation.setThresholds, { body: { hold: 0.7, block: 0.9 } });
    expect(await say(mark(0.69))).toMatchObject({ status: 'published' });
    await admin.call(moderation.setThresholds, { body: { hold: 0.6, block: 0.85 } });
    expect(await say(mark(0.7))).toMatchObject({ status: 'held' });
  });

  test('of platform and channel reach another node at once', async () => {
    const { database, urls } = app.storage;
    const logger = pino({ level: 'silent' });
    const there = new ThresholdsInForce(database, logger);
    const signals = hearNodeSignals({
      connectionString: urls.app,
      clock: { now: () => new Date() },
      logger,
      hear: async (word) => there.hear(word),
      missed: async () => there.forget(),
    });
    await signals.start();
    try {
      const onMira = () => there.of(mira.id as string as ChannelId);
      expect(await onMira()).toEqual({ hold: 0.6, block: 0.85 });
      await set(mira, { hold: 0.2, block: 0.85 });
      await expect.poll(onMira, { timeout: 5_000 }).toEqual({ hold: 0.2, block: 0.85 });
      await admin.call(moderation.setThresholds, { body: { hold: 0.1, block: 0.5 } });
      await expect.poll(onMira, { timeout: 5_000 }).toEqual({ hold: 0.1, block: 0.5 });
      expect(await there.of(null)).toEqual({ hold: 0.1, block: 0.5 });
      await admin.call(moderation.setThresholds, { body: { hold: 0.6, block: 0.85 } });
      await set(mira, { hold: 0.6, block: 0.85 });
    } finally {
      await signals.stop();
    }
  });

  test('can be tried on what was written in the last seven days', async () => {
    const seen = await admin.call(moderation.getScoreDistribution);
    const counted = await app.storage.sql<{ n: number }>('select count(*)::integer as n from stream_messages');
    expect(seen.texts).toBeGreaterThanOrEqual(counted[0]?.n ?? 0);
    expect(seen.buckets.map(({ score }) => score)).toContain(0.59);
    expect(seen.buckets.find(({ score }) => score === 1)).toMatchObject({ neverBlocked: expect.any(Number) });
    expect(seen.buckets.reduce((sum, { texts }) => sum + texts, 0)).toBe(seen.texts);
    await app.advance(8 * 24 * 3_600_000);
    expect((await admin.call(moderation.getScoreDistribution)).texts).toBe(0);
  });
});

describe('the second opinion', () => {
  test('is off by default, sends nothing until an admin turns it on, and nothing after it was turned off', async () => {
    const author = await app.signUp();
    const { say } = await enter(author);
    foreignHate = 0.7;
    expect(await say('first words')).toMatchObject({ status: 'published' });
    expect(sent).toEqual([]);
    const before = await admin.call(moderation.getClassification);
    expect(before.secondOpinion).toMatchObject({ isConfigured: true, isOn: false, breaker: null });
    expect((await moderator.attempt(moderation.setSecondOpinion, { body: { isOn: true } })).problem?.code).toBe(
      'not_allowed',
    );

    const on = await admin.call(moderation.setSecondOpinion, { body: { isOn: true } });
    expect(on).toMatchObject({ rulesOnly: false, secondOpinion: { isOn: true, breaker: 'closed' } });
    expect(await say('second words')).toMatchObject({ status: 'held' });
    expect(sent).toEqual(['second words']);
    const [violation] = await violationsOf(author);
    expect(violation).toMatchObject({
      classifier: 'scripted+openai',
      classifier_version: '1, omni-1',
      rule: 'OpenAI: hate',
      breakdown: { hate: 0.7 },
    });

    await admin.call(moderation.setSecondOpinion, { body: { isOn: false } });
    expect(await say('third words')).toMatchObject({ status: 'published' });
    expect(sent).toEqual(['second words']);
  });

  test('needs its key', async () => {
    const bare = await testApp({ env: { OPENAI_API_KEY: '', OPENAI_API_URL: '' } });
    try {
      const boss = await bare.signUp({ role: 'admin' });
      const { problem } = await boss.attempt(moderation.setSecondOpinion, { body: { isOn: true } });
      expect([problem?.code, problem?.errors?.[0]?.path]).toEqual(['invalid', 'isOn']);
      const state = await boss.call(moderation.getClassification);
      expect(state.secondOpinion).toMatchObject({ isConfigured: false, isOn: false, host: 'api.openai.com' });
    } finally {
      await bare.close();
    }
  });
});
