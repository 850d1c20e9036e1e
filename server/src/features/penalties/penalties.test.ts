import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  accounts,
  appeals,
  connections,
  escalations,
  livestreams,
  notifications,
  OPERATIONS,
  penalties,
  privacy,
  type UserId,
} from '@virgil/contract';
import { pino } from 'pino';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieOf, type SignedIn, type TestApp, TestClient, testApp } from '../../../test/kit/app.ts';
import { makeReviewItem } from '../../../test/kit/review-items.ts';
import { silentLogger } from '../../../test/kit/silent-logger.ts';
import { createApp } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { createTestClock } from '../../db/index.ts';
import { openDatabase } from '../../db/open-database.ts';
import { FakeMediaEngine } from '../../media/fake/index.ts';

const HOUR = 3_600_000;
let app: TestApp;
let admin: SignedIn;
beforeAll(async () => {
  app = await testApp();
  admin = await app.signUp({ role: 'admin', name: 'Ed Admin' });
});
afterAll(() => app.close());

const ban = (userId: string, body: object = {}, by: TestClient = admin) =>
  by.attempt(penalties.banUser, {
    params: { id: userId as SignedIn['id'] },
    body: { reason: 'Fake giveaways.', ...body },
  });
const unban = (userId: string) =>
  admin.attempt(penalties.unbanUser, { params: { id: userId as SignedIn['id'] }, body: { reason: 'A mistake.' } });

async function connected(client: TestClient): Promise<{ socket: Socket; ended: Promise<unknown> }> {
  const socket = client.socket();
  let told: unknown = null;
  socket.on(connections.sessionEnded.name, (payload: unknown) => {
    told = payload;
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, ended: new Promise((resolve) => socket.once('disconnect', () => resolve(told))) };
}

describe('a ban', () => {
  it('reaches a request that was begun before it and whose body comes after it', async () => {
    const vic = await app.signUp({ role: 'admin' });
    const target = await app.signUp();
    const body = JSON.stringify({ tier: 'premium' });
    const slow = request(`${app.url}/api/admin/users/${target.id}/tier`, {
      method: 'POST',
      headers: { ...vic.headers, 'content-type': 'application/json', 'content-length': String(body.length) },
    });
    const status = new Promise((resolve, reject) => {
      slow.on('response', (response) => resolve(response.resume().statusCode));
      slow.on('error', reject);
    });
    slow.write(body.slice(0, 5));
    await sleep(700);
    expect((await ban(vic.id)).status).toBe(201);
    await sleep(700);
    slow.end(body.slice(5));
    expect(await status).toBe(403);
    await unban(vic.id);
    await app.storage.sql(`update profiles set role = 'user' where id = $1`, [vic.id]);
  });

  it('ends sockets, the own livestream and what is watched, at once, and keeps the person to what is open', async () => {
    const vic = await app.signUp({ tier: 'pro' });
    const other = await app.signUp({ tier: 'pro' });
    const key = await vic.byApiKey(['read', 'chat', 'stream']);
    const { livestream } = await vic.call(livestreams.startLivestream, { body: { title: 'Mine' } });
    const { livestream: theirs } = await other.call(livestreams.startLivestream, { body: { title: 'Theirs' } });
    const [page, program] = [await connected(vic), await connected(key)];
    const { status, body } = await ban(vic.id);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      user: { id: vic.id },
      severity: 'permanent',
      reason: 'Fake giveaways.',
      issuedBy: { id: admin.id },
      active: true,
      appealable: true,
      expiresAt: null,
    });
    expect(await Promise.all([page.ended, program.ended])).toEqual([{ reason: 'banned' }, { reason: 'banned' }]);
    await expect
      .poll(
        async () => (await app.guest().call(livestreams.getLivestream, { params: { id: livestream.id } })).isActive,
        { timeout: 10_000 },
      )
      .toBe(false);
    const still = await app.guest().call(livestreams.getLivestream, { params: { id: theirs.id } });
    expect(still.isActive).toBe(true);

    // Also after signing in anew: what is open to them, and nothing else.
    const response = await app.stranger().auth('/sign-in/email', { email: vic.email, password: vic.password });
    const again = new TestClient(app.url, { cookie: cookieOf(response) });
    expect(await again.call(accounts.getMe)).toMatchObject({ isBanned: true });
    const open = OPERATIONS.filter(({ openToBanned }) => openToBanned).map(({ id }) => id);
    expect(open).toEqual(
      expect.arrayContaining([
        penalties.listOwnPenalties.id,
        appeals.submitAppeal.id,
        appeals.getUserAppeals.id,
        notifications.listNotifications.id,
        privacy.requestExport.id,
      ]),
    );
    expect((await again.attempt(livestreams.startLivestream, { body: { title: 'Again' } })).problem?.code).toBe(
      'banned',
    );
    expect((await key.attempt(livestreams.listActive)).problem?.code).toBe('banned');

    // A new connection is for the inbox: it stays, and enters no room.
    const inbox = await connected(again);
    const join = await inbox.socket.timeout(2_000).emitWithAck('join-stream', { streamId: theirs.id });
    expect(join).toMatchObject({ ok: false, error: { code: 'banned' } });
    await sleep(1_200);
    expect(inbox.socket.connected).toBe(true);

    // Open again: the connection that knew of the ban gives way to one that does not.
    expect((await unban(vic.id)).body.ended).toMatchObject([{ active: false, endedBy: { id: admin.id } }]);
    expect(await inbox.ended).toEqual({ reason: 'signed_out' });
    expect(await again.call(accounts.getMe)).toMatchObject({ isBanned: false });
    const letters = (await again.call(notifications.listNotifications)).items.map(({ text }) => text);
    expect(letters[0]).toBe('Your account is open again. Reason: A mistake.');
    expect(letters[1]).toContain(
      'Your account has received an administrative action. Reason: Fake giveaways. Decision is final unless appealed.',
    );
  });

  it('cuts what they watch: their media token is worth nothing any more', async () => {
    const [vic, creator] = [await app.signUp(), await app.signUp({ tier: 'pro' })];
    const { livestream } = await creator.call(livestreams.startLivestream, { body: { title: 'On air' } });
    await app.media.watch(livestream.id, 'v=0', { identity: vic.id }).catch(() => undefined);
    const revoked: string[] = [];
    const original = app.media.revoke.bind(app.media);
    app.media.revoke = async (identity, streamId) => {
      revoked.push(identity);
      await original(identity, streamId);
    };
    await ban(vic.id);
    await expect.poll(() => revoked).toContain(vic.id);
    app.media.revoke = original;
  });

  it('is decided once: a second is told what was decided and by whom', async () => {
    const vic = await app.signUp();
    const answers = await Promise.all([ban(vic.id), ban(vic.id), ban(vic.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = answers.find(({ problem }) => problem !== null)?.problem;
    expect(refused).toMatchObject({ code: 'already_decided', detail: expect.stringContaining('Ed Admin closed') });
    expect((await unban(vic.id)).status).toBe(200);
    expect((await unban(vic.id)).problem).toMatchObject({
      code: 'already_decided',
      detail: 'Ed Admin ended it before.',
    });
    expect((await unban((await app.signUp()).id)).problem?.code).toBe('already_decided');
  });

  it('leaves nobody on air who went live at the same moment', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => app.signUp({ tier: 'pro' })));
    await Promise.all(
      people.flatMap((vic) => [
        vic.attempt(livestreams.startLivestream, { body: { title: 'Just in time' } }),
        ban(vic.id),
      ]),
    );
    await app.settle();
    const onAir = `select 1 from livestreams where is_active and channel_id = any($1)`;
    await expect.poll(() => app.storage.sql(onAir, [people.map(({ id }) => id)])).toEqual([]);
  });

  it('by decision comes on top of one for three strikes, and outlasts it', async () => {
    const vic = await app.signUp();
    await app.storage.sql(
      `insert into content_safety_strikes (id, user_id, reason, source_kind, source_id, issued_at, issued_on, expires_at)
       select $1 || n, $1, 'r', 'admin', $1 || n, now(), now()::date, now() + interval '90 days' from generate_series(1, 3) as n`,
      [vic.id],
    );
    await app.storage.sql(
      `insert into admin_penalties (id, user_id, severity, reason, issued_at, cause)
       values ($1, $1, 'permanent', 'r', now(), 'strikes')`,
      [vic.id],
    );
    expect((await ban(vic.id)).status).toBe(201);
    const { items } = await admin.call(penalties.listPenalties, { query: { userId: vic.id, state: 'active' } });
    expect(items.map(({ cause }) => cause)).toEqual(['decision', 'strikes']);
    await app.storage.sql(`update content_safety_strikes set expires_at = now() where user_id = $1`, [vic.id]);
    const left = await admin.call(penalties.listPenalties, { query: { userId: vic.id, state: 'active' } });
    expect(left.items.map(({ cause }) => cause)).toEqual(['decision']);
    expect((await vic.attempt(livestreams.listActive)).problem?.code).toBe('banned');
  });

  it('is nobody’s own: neither oneself, nor by two admins each other', async () => {
    expect((await ban(admin.id)).problem?.code).toBe('own_content');
    expect((await ban('nobody')).problem?.code).toBe('not_found');
    const [one, two] = [await app.signUp({ role: 'admin' }), await app.signUp({ role: 'admin' })];
    const [a, b] = await Promise.all([ban(two.id, {}, one), ban(one.id, {}, two)]);
    expect([a.status, b.status].sort()).toEqual([201, 403]);
  });

  it('leaves an admin who can act: one whose only fellow is banned cannot step down', async () => {
    await app.storage.sql(`update profiles set role = 'user' where role = 'admin' and id <> $1`, [admin.id]);
    const fellow = await app.signUp({ role: 'admin' });
    await ban(fellow.id);
    const stepDown = await admin.attempt(accounts.setRole, { params: { id: admin.id }, body: { role: 'user' } });
    expect(stepDown.problem?.code).toBe('not_allowed');
  });

  it('needs a reason', async () => {
    const vic = await app.signUp();
    for (const body of [{ reason: '' }, { reason: '   ' }, { reason: undefined }]) {
      expect((await ban(vic.id, body)).problem?.code).toBe('invalid');
    }
  });
});

describe('a temporary penalty', () => {
  it('ends by itself, at the minute, and is told', async () => {
    const vic = await app.signUp();
    const { body } = await admin.attempt(penalties.issuePenalty, {
      body: { userId: vic.id, severity: 'temporary', durationHours: 24, reason: 'A day to think' },
    });
    expect(body).toMatchObject({ severity: 'temporary', durationHours: 24 });
    await app.advance(24 * HOUR - 60_000);
    expect((await vic.attempt(livestreams.listActive)).problem?.code).toBe('banned');
    await app.advance(60_000);
    expect((await vic.attempt(livestreams.listActive)).status).toBe(200);
    const [newest] = (await vic.call(notifications.listNotifications)).items;
    expect(newest).toMatchObject({
      kind: 'penalty_ended',
      text: 'Your account is open again. Reason: Its time is over.',
    });
    const { historical } = await vic.call(penalties.listOwnPenalties);
    expect(historical).toMatchObject([{ id: body.id, active: false, appealable: false }]);
    const listed = await admin.call(penalties.listPenalties, { query: { userId: vic.id, state: 'ended' } });
    expect(listed).toMatchObject({ items: [{ id: body.id }], counts: { all: 1, active: 0, ended: 1 } });
  });

  it('lasts a day, a week or thirty days, and nothing else', async () => {
    const { id: userId } = await app.signUp();
    const attempt = (fields: object) =>
      admin.attempt(penalties.issuePenalty, {
        body: { userId, severity: 'temporary', durationHours: 24, reason: 'r', ...fields } as never,
      });
    expect((await attempt({ durationHours: 25 })).problem?.code).toBe('invalid');
    expect((await attempt({ durationHours: undefined })).problem?.code).toBe('invalid');
    expect((await attempt({ severity: 'permanent' })).problem?.code).toBe('invalid');
    for (const evidenceLink of ['javascript:alert(1)', 'http://example.org/1', 'https://', 'example.org/1']) {
      expect([evidenceLink, (await attempt({ evidenceLink })).problem?.code]).toEqual([evidenceLink, 'invalid']);
    }
    for (const policyReference of ['Rule 2', 'community-rules/1#no-such-rule', 'community-rules/7#insults']) {
      const { problem } = await attempt({ policyReference });
      expect(problem).toMatchObject({ code: 'invalid', errors: [{ path: 'policyReference' }] });
    }
    const { body } = await attempt({
      durationHours: 168,
      evidenceLink: 'https://example.org/1',
      policyReference: 'community-rules/1#fraud',
    });
    // The rule that was named says what it was about, and stands in the reasons word for word.
    expect(body).toMatchObject({ category: 'fraud', policyReference: 'community-rules/1#fraud', appealable: true });
    const [row] = await app.storage.sql(
      'select rule, explanation, policy_reference from statements_of_reasons where decision_id = $1',
      [body.id],
    );
    expect(row).toEqual({
      rule: 'Community rules 3.2: Fraud',
      explanation: 'Do not deceive people for gain.',
      policy_reference: 'community-rules/1#fraud',
    });
    const deactivate = () =>
      admin.attempt(penalties.deactivatePenalty, { params: { id: body.id }, body: { reason: 'Too hard' } });
    expect((await deactivate()).body).toMatchObject({ active: false, endedReason: 'Too hard' });
    expect((await deactivate()).problem?.code).toBe('already_decided');
  });
});

async function closeByEscalation(userId: UserId): Promise<void> {
  const author = { kind: 'person', userId, role: 'user' } as const;
  const id = await makeReviewItem(app.storage, { author, source: 'inboxMessage' });
  const penalty = { severity: 'temporary', durationHours: 24 } as const;
  const body = { decision: 'penalty', reason: 'A threat.', penalty } as const;
  expect((await admin.attempt(escalations.resolveEscalation, { params: { id }, body })).status).toBe(200);
}

it('reaches every node: a second server on the same database cuts its sockets and ends its stream too', async () => {
  const vic = await app.signUp({ tier: 'pro' });
  const clock = createTestClock();
  const storage = await openDatabase({ urls: app.storage.urls, clock, logger: silentLogger, prepared: true });
  const media = new FakeMediaEngine();
  const config = readConfig({
    VIRGIL_MODE: 'test',
    PORT: '0',
    VIRGIL_DATA: app.dataFolder,
    VIRGIL_RATE_LIMITS: 'off',
    LOG_LEVEL: 'warn',
  });
  const second = await createApp(config, { logger: pino({ level: 'silent' }), storage, clock, engine: media });
  try {
    await second.listen();
    const there = new TestClient(second.url, vic.headers);
    const { livestream } = await there.call(livestreams.startLivestream, { body: { title: 'On the other node' } });
    const held = [await connected(there), await connected(vic)];
    const closed: string[] = [];
    const close = media.close.bind(media);
    media.close = async (id) => {
      closed.push(id);
      await close(id);
    };
    await ban(vic.id);
    expect(await Promise.all(held.map(({ ended }) => ended))).toEqual([{ reason: 'banned' }, { reason: 'banned' }]);
    await expect.poll(() => closed, { timeout: 10_000 }).toContain(livestream.id);

    // A node that was cut off from the others looks for itself when it is back.
    await unban(vic.id);
    await app.settle();
    const again = [await connected(there), await connected(vic)];
    await app.storage.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'virgil signals' and datname = current_database()`,
    );
    // This time by what an admin decides on an escalated text.
    await closeByEscalation(vic.id);
    expect(await Promise.all(again.map(({ ended }) => ended))).toEqual([{ reason: 'banned' }, { reason: 'banned' }]);
  } finally {
    await second.close();
  }
});
