/**
 * The testing checklist of "AI → moderator → admin escalation & appeals", each point a test, from the outside: over the
 * sockets and HTTP of the whole server. What each part does in detail is tried beside it, in `src/features`.
 */
import {
  appealDesk,
  appeals,
  type Category,
  channels,
  chat,
  desk,
  dossiers,
  escalations,
  livestreams,
  notifications,
  penalties,
  review,
} from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, testApp } from './kit/app.ts';

const APPEAL = 'If you want to appeal, open Appeals Center.';
const FINAL = 'This permanent ban cannot be appealed due to the severity of the violation.';

let app: TestApp;
let mira: SignedIn;
let mo: SignedIn;
let ed: SignedIn;
let ada: SignedIn;
let streamId: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  app = await testApp();
  mira = await app.signUp({ name: 'Mira', tier: 'pro' });
  mo = await app.signUp({ name: 'Mo' });
  ed = await app.signUp({ name: 'Ed', role: 'admin' });
  ada = await app.signUp({ name: 'Ada', role: 'admin' });
  await mira.call(channels.moderatorGrants.grant, { params: { id: mira.id, userId: mo.id } });
  streamId = (await mira.call(livestreams.startLivestream, { body: { title: 'Night' } })).livestream.id;
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
});

async function inRoom(who: SignedIn): Promise<Socket> {
  const socket = who.socket();
  sockets.push(socket);
  const joined = await socket.timeout(5000).emitWithAck(chat.joinStream.name, { streamId });
  expect(joined).toMatchObject({ ok: true });
  return socket;
}

const say = (socket: Socket, message: string) =>
  socket.timeout(5000).emitWithAck(chat.sendChatMessage.name, { streamId, message });
const scored = (score: string, category: Category = 'harassment') => `[[score=${score} category=${category}]] words`;
const letters = async (who: SignedIn) =>
  (await who.call(notifications.listNotifications)).items.map(({ text }) => text);
const shownTo = async (who: SignedIn) =>
  (await who.call(livestreams.getChatHistory, { params: { id: streamId } })).items.map(({ id }) => id as string);

/** Somebody new writes a line that is held; its item as Mo's queue shows it. */
async function held(score = '0.72', category: Category = 'harassment') {
  const vic = await app.signUp();
  const socket = await inRoom(vic);
  const { id: messageId, status } = await say(socket, scored(score, category));
  expect(status).toBe('held');
  const { items } = await mo.call(desk.getQueue, { query: { q: vic.name } });
  const [item] = items;
  if (item === undefined) throw new Error('nothing waits');
  return { vic, socket, messageId: messageId as string, item, params: { id: item.id } };
}

describe('from a score to a moderator', () => {
  it.each([
    ['0.5999', 'published'],
    ['0.60', 'held'],
    ['0.8499', 'held'],
    ['0.85', 'blocked'],
  ] as const)('a score of %s is %s', async (score, status) => {
    const vic = await app.signUp();
    expect(await say(await inRoom(vic), scored(score, 'spam'))).toMatchObject({ ok: true, status });
    const { items } = await mo.call(desk.getQueue, { query: { q: vic.name } });
    expect(items).toHaveLength(status === 'held' ? 1 : 0);
  });

  it('what was flagged waits in the moderator’s queue, and its author is told so', async () => {
    const { item, messageId, vic } = await held('0.6', 'hate');
    expect(item).toMatchObject({ category: 'hate', source: 'live', status: 'pending' });
    expect(item.riskScore).toBeCloseTo(0.6, 5);
    expect(await letters(vic)).toEqual([`Your message has been flagged for moderator review. ${APPEAL}`]);
    expect(await shownTo(mira)).toContain(messageId);
    expect(await shownTo(await app.signUp())).not.toContain(messageId);
  });

  it('a moderator approves: the message is there for everybody', async () => {
    const { messageId, params, vic } = await held();
    await mo.call(review.approveItem, { params, body: { reason: 'A joke among friends.' } });
    await app.settle();
    expect(await shownTo(await app.signUp())).toContain(messageId);
    expect((await letters(vic))[0]).toBe(`Your message has been approved. Reason: A joke among friends. ${APPEAL}`);
  });

  it('a moderator rejects: the message is hidden for good', async () => {
    const { messageId, params, vic } = await held();
    await mo.call(review.rejectItem, { params, body: { reason: 'Insults' } });
    await app.settle();
    expect(await shownTo(await app.signUp())).not.toContain(messageId);
    expect((await letters(vic))[0]).toBe(`Your message has been permanently hidden. Reason: Insults. ${APPEAL}`);
  });

  it('a moderator gives a timeout of 5 to 60 minutes, which is felt at once and ends by itself', async () => {
    const { params, socket, vic } = await held();
    for (const minutes of [4, 61, 7.5]) {
      const refused = await mo.attempt(review.timeOutAuthor, { params, body: { minutes, reason: 'Insults' } });
      expect(refused.problem?.code).toBe('invalid');
    }
    await mo.call(review.timeOutAuthor, { params, body: { minutes: 5, reason: 'Insults' } });
    await app.settle();
    expect(await say(socket, 'hello')).toMatchObject({ ok: false, error: { code: 'timed_out' } });
    expect((await letters(vic))[0]).toBe(`You have been timed out for 5 minutes. Reason: Insults. ${APPEAL}`);
    await app.advance(5 * 60_000);
    expect(await say(socket, 'hello again')).toMatchObject({ ok: true, status: 'published' });
  });

  it.each([
    ['warning', 'Warning'],
    ['strike', 'Strike'],
    ['ban', 'Ban'],
  ] as const)('a moderator punishes with a %s, for a reason', async (type, word) => {
    const { params, socket, vic } = await held();
    const without = await mo.attempt(review.punishAuthor, { params, body: { type, reason: '  ' } });
    expect(without.problem?.code).toBe('invalid');
    await mo.call(review.punishAuthor, { params, body: { type, reason: 'Insults.' } });
    await app.settle();
    expect((await letters(vic))[0]?.split('\n\n')[0]).toBe(`Punishment: ${word}. Reason: Insults. ${APPEAL}`);
    if (type === 'ban') expect(await say(socket, 'hello')).toMatchObject({ ok: false });
  });

  it('a moderator passes it on to the admins, and must say why', async () => {
    const { params, vic } = await held();
    const without = await mo.attempt(review.escalateItem, { params, body: { trigger: 'boredom' as 'threats' } });
    expect(without.problem?.code).toBe('invalid');
    await mo.call(review.escalateItem, { params, body: { trigger: 'racism' } });
    const { items } = await ed.call(escalations.listEscalations, { query: { q: vic.name } });
    expect(items).toMatchObject([{ trigger: 'racism', escalatedBy: { displayName: 'Mo' } }]);
  });

  it('moderators only see the streams they moderate', async () => {
    const { item, params } = await held();
    const elsewhere = await app.signUp({ tier: 'pro' });
    const stranger = await app.signUp();
    await elsewhere.call(channels.moderatorGrants.grant, { params: { id: elsewhere.id, userId: stranger.id } });
    const { items } = await stranger.call(desk.getQueue);
    expect(items).toEqual([]);
    expect((await stranger.attempt(desk.getReviewItem, { params })).problem?.code).toBe('not_found');
    expect((await stranger.attempt(review.approveItem, { params, body: { reason: 'Mine' } })).problem?.code).toBe(
      'not_found',
    );
    expect((await mo.call(desk.getQueue)).items.map(({ id }) => id)).toContain(item.id);
  });
});

/** Passed on by Mo. */
async function escalated() {
  const waiting = await held('0.8', 'threat');
  await mo.call(review.escalateItem, { params: waiting.params, body: { trigger: 'threats', note: 'An address' } });
  return waiting;
}

describe('from a moderator to an admin', () => {
  it('what was escalated waits in the admins’ queue, and for nobody else', async () => {
    const { vic } = await escalated();
    const { items } = await ed.call(escalations.listEscalations, { query: { q: vic.name } });
    expect(items).toMatchObject([{ author: { id: vic.id }, urgency: 'threats', note: 'An address' }]);
    expect((await mo.attempt(escalations.listEscalations)).problem?.code).toBe('not_allowed');
  });

  it('an admin reads the person’s history', async () => {
    const { vic, params, messageId } = await held();
    await mo.call(review.timeOutAuthor, { params, body: { minutes: 10, reason: 'Insults' } });
    const history = (of: 'messages' | 'decisions') =>
      ed.call(dossiers.getUserHistory, { params: { id: vic.id }, query: { of, limit: 20 } });
    expect((await history('messages')).items).toMatchObject([
      { kind: 'message', id: messageId, score: { category: 'harassment' }, goal: { type: 'item', id: params.id } },
    ]);
    expect((await history('decisions')).items).toMatchObject([{ kind: 'timeout', words: 'Insults', by: 'Mo' }]);
  });

  it.each([24, 168, 720] as const)('an admin closes an account for %i hours; it opens by itself', async (hours) => {
    const { vic, params } = await escalated();
    await ed.call(escalations.resolveEscalation, {
      params,
      body: {
        decision: 'penalty',
        reason: 'Threats.',
        penalty: {
          severity: 'temporary',
          durationHours: hours,
          evidenceLink: 'https://evidence.example/1',
          policyReference: 'community-rules/1#threats',
        },
      },
    });
    const { items } = await ed.call(penalties.listPenalties, { query: { userId: vic.id } });
    expect(items).toMatchObject([
      {
        severity: 'temporary',
        evidenceLink: 'https://evidence.example/1',
        policyReference: 'community-rules/1#threats',
        active: true,
      },
    ]);
    const [penalty] = items;
    expect(Date.parse(penalty?.expiresAt ?? '') - Date.parse(penalty?.issuedAt ?? '')).toBe(hours * 3_600_000);
    expect((await letters(vic))[0]).toBe(
      `Your account has received an administrative action. Reason: Threats. Decision is final unless appealed. ${APPEAL}`,
    );
    expect((await vic.attempt(livestreams.startLivestream, { body: { title: 'x' } })).problem?.code).toBe('banned');
  });

  it('an admin closes an account for good', async () => {
    const { vic, params } = await escalated();
    await ed.call(escalations.resolveEscalation, {
      params,
      body: { decision: 'penalty', reason: 'Threats.', penalty: { severity: 'permanent' } },
    });
    const { items } = await ed.call(penalties.listPenalties, { query: { userId: vic.id } });
    expect(items).toMatchObject([{ severity: 'permanent', expiresAt: null, active: true }]);
  });
});

const WORDS = 'It was a quotation from the film we watched.';

/** Closed by Ed. */
async function closed(terms: object = {}) {
  const vic = await app.signUp();
  const penalty = await ed.call(penalties.issuePenalty, {
    body: { userId: vic.id, severity: 'permanent', reason: 'Threats.', ...terms },
  });
  return { vic, subject: { type: 'penalty' as const, id: penalty.id } };
}

describe('an appeal', () => {
  it('is about active penalties; historical ones are shown without', async () => {
    const { vic, subject } = await closed({ severity: 'temporary', durationHours: 24 });
    expect(await vic.call(penalties.listOwnPenalties)).toMatchObject({
      active: [{ kind: 'penalty', id: subject.id, appealable: true }],
      historical: [],
    });
    await app.advance(24 * 3_600_000);
    expect(await vic.call(penalties.listOwnPenalties)).toMatchObject({
      active: [],
      historical: [{ kind: 'penalty', id: subject.id, appealable: false }],
    });
  });

  it('is submitted with at least ten characters, once', async () => {
    const { vic, subject } = await closed();
    const attempt = (reason: string) => vic.attempt(appeals.submitAppeal, { body: { subject, reason } });
    expect((await attempt('  unfair.  ')).problem?.code).toBe('invalid');
    expect((await attempt(WORDS)).status).toBe(201);
    expect((await attempt(WORDS)).problem?.code).toBe('appeal_exists');
    expect((await letters(vic))[0]).toBe(`Your appeal has been submitted and is under review. ${APPEAL}`);
  });

  it('may carry a screenshot', async () => {
    const { vic, subject } = await closed();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const sent = await vic.attempt(appeals.submitAppeal, {
      body: { subject, reason: WORDS },
      upload: { bytes: png, type: 'image/png' },
    });
    expect(sent.status).toBe(201);
    const picture = await vic.fetch(sent.body.screenshotUrl ?? '');
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect((await (await app.signUp()).fetch(sent.body.screenshotUrl ?? '')).status).toBe(404);
  });

  it.each(['minors', 'terror', 'fraud'] as const)('is not taken against a permanent ban for %s', async (category) => {
    const { vic, subject } = await closed({ category });
    const refused = await vic.attempt(appeals.submitAppeal, { body: { subject, reason: WORDS } });
    expect(refused.problem).toMatchObject({ code: 'appeal_not_possible', detail: FINAL });
    expect((await letters(vic))[0]).toBe(
      `Your account has received an administrative action. Reason: Threats. ${FINAL}`,
    );
  });

  it('is seen by admins, accepted, and its penalty is gone', async () => {
    const { vic, subject } = await closed();
    const appeal = await vic.call(appeals.submitAppeal, { body: { subject, reason: WORDS } });
    const pending = await ada.call(appealDesk.getPendingAppeals, { query: { q: vic.name } });
    expect(pending.items).toMatchObject([{ id: appeal.id, reason: WORDS }]);
    const params = { id: appeal.id };
    expect((await ed.attempt(appealDesk.acceptAppeal, { params, body: { resolution: 'No.' } })).problem?.code).toBe(
      'not_allowed',
    );
    await ada.call(appealDesk.acceptAppeal, { params, body: { resolution: 'You are right.' } });
    expect((await letters(vic))[0]).toBe(`Your appeal was reviewed and accepted. Reason: You are right. ${APPEAL}`);
    expect((await vic.call(penalties.listOwnPenalties)).active).toEqual([]);
  });

  it('is denied, with why', async () => {
    const { vic, subject } = await closed();
    const appeal = await vic.call(appeals.submitAppeal, { body: { subject, reason: WORDS } });
    await ada.call(appealDesk.denyAppeal, { params: { id: appeal.id }, body: { resolution: 'It was a threat' } });
    expect((await letters(vic))[0]).toBe(`Your appeal was reviewed and denied. Reason: It was a threat. ${APPEAL}`);
    expect((await vic.call(penalties.listOwnPenalties)).active).toMatchObject([{ active: true, appealable: false }]);
  });
});
