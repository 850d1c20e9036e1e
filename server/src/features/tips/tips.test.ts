/** Tips on the whole server: taken, credited, shown, refused, and harmless when repeated. */
import { chat, livestreams, notifications, payments, type StreamId, type Tip, tips } from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type SignedIn, type TestApp, type TestClient, testApp } from '../../../test/kit/app.ts';

/** Milliseconds; more than a second, which a busy machine may take. */
const PATIENCE = 10_000;

let app: TestApp;
let mira: SignedIn;
let juno: SignedIn;
let streamId: StreamId;
const sockets: Socket[] = [];

beforeAll(async () => {
  app = await testApp();
  mira = await app.signUp({ name: 'Mira Voss', tier: 'pro' });
  juno = await app.signUp({ name: 'Juno 88' });
  streamId = (await mira.call(livestreams.startLivestream, { body: { title: 'Nachtschicht' } })).livestream.id;
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
});

const params = () => ({ id: streamId });
const request = (
  fields: Partial<{ amount: number; currency: string; message: string; idempotencyKey: string }> = {},
) => ({
  amount: 500,
  currency: 'EUR',
  idempotencyKey: uuid(),
  ...fields,
});
const give = (who: TestClient, fields: Parameters<typeof request>[0] = {}) =>
  who.attempt(tips.tipLivestream, { params: params(), body: request(fields) });

/** In the room, hearing its tips. */
async function inRoom(who: TestClient) {
  const socket = who.socket();
  sockets.push(socket);
  const heard: Tip[] = [];
  socket.on(tips.tipShown.name, (tip: unknown) => heard.push(tips.tipShown.payload.parse(tip)));
  await vi.waitFor(() => expect(socket.connected).toBe(true), PATIENCE);
  const ack = chat.joinStream.ack.parse(await socket.emitWithAck('join-stream', { streamId }));
  return { socket, heard, shown: ack.tips };
}

/** What the ledger owes the creator for tips, in minor units; before anybody was paid nothing. */
async function owedTo(creator: SignedIn, currency = 'EUR'): Promise<number> {
  const [row] = await app.storage.sql<{ owed: string | null }>(
    `select sum(entries.amount) as owed from ledger_entries as entries join ledger_accounts as accounts on accounts.id = entries.account_id
     where accounts.owner_id = $1 and entries.currency = $2`,
    [creator.id, currency],
  );
  return Number(row?.owed ?? 0);
}

describe('a tip', () => {
  test('is credited nine tenths, written in the log, and shown in the room with name and words', async () => {
    const [owner, guest] = await Promise.all([inRoom(mira), inRoom(app.guest())]);
    const before = await owedTo(mira);
    const { status, body } = await give(juno, { amount: 505, message: 'Für die nächste Kiste Kabel' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'paid',
      artistShare: { amount: 455, currency: 'EUR' },
      platformShare: { amount: 50, currency: 'EUR' },
      tip: {
        userId: juno.id,
        displayName: 'Juno 88',
        message: 'Für die nächste Kiste Kabel',
        messageStatus: 'published',
      },
    });
    expect(body.checkoutUrl).toBeUndefined();
    expect((await owedTo(mira)) - before).toBe(455);
    await vi.waitFor(() => expect([owner.heard, guest.heard]).toEqual([[body.tip], [body.tip]]), PATIENCE);
    await app.settle();
    expect(await app.storage.sql(`select entity_id, actor_id from audit_index where type = 'LIVESTREAM_TIP'`)).toEqual([
      { entity_id: streamId, actor_id: juno.id },
    ]);
  });

  test('is there for whoever comes later, and in the list', async () => {
    const { body } = await give(juno, { message: 'Noch eine' });
    await app.settle();
    const later = await inRoom(app.guest());
    expect(later.shown.at(-1)).toEqual(body.tip);
    const listed = await app.stranger().call(tips.listTips, { params: params(), query: { limit: 1 } });
    expect(listed.items).toEqual([body.tip]);
    const more = await app.stranger().call(tips.listTips, {
      params: params(),
      query: { limit: 1, cursor: listed.nextCursor ?? '' },
    });
    expect(more.items[0]?.id).not.toBe(body.tip.id);
    const mine = await juno.call(tips.getGivenTip, { params: { id: body.tip.id } });
    expect(mine).toMatchObject({ status: 'paid', creator: { displayName: 'Mira Voss' }, refunded: null });
    expect((await mira.attempt(tips.getGivenTip, { params: { id: body.tip.id } })).problem?.code).toBe('not_found');
  });

  test('by socket is the same, for those in the room', async () => {
    const { socket, heard } = await inRoom(juno);
    const input = { streamId, ...request({ amount: 100, currency: 'USD' }) };
    const ack = await socket.emitWithAck('send-tip', input);
    expect(ack).toMatchObject({ ok: true, status: 'paid', artistShare: { amount: 90, currency: 'USD' } });
    await vi.waitFor(() => expect(heard.map(({ id }) => id)).toContain(ack.tip.id), PATIENCE);
    expect(await socket.emitWithAck('send-tip', input)).toEqual(ack);
    await socket.emitWithAck('leave-stream', { streamId });
    const outside = await socket.emitWithAck('send-tip', { streamId, ...request() });
    expect(outside).toMatchObject({ ok: false, error: { code: 'not_joined' } });
  });
});

describe('an idempotency key', () => {
  test('makes twenty attempts at once one tip, credited once', async () => {
    const before = await owedTo(mira);
    const body = request({ amount: 1000, message: 'Einmal' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => juno.attempt(tips.tipLivestream, { params: params(), body })),
    );
    const last = await juno.call(tips.tipLivestream, { params: params(), body });
    expect(new Set(answers.map(({ body: { tip } }) => tip.id))).toEqual(new Set([last.tip.id]));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(last.status).toBe('paid');
    expect((await owedTo(mira)) - before).toBe(900);
  });

  test.each([
    ['amount', { amount: 600 }],
    ['currency', { currency: 'GBP' }],
    ['words', { message: 'other words' }],
  ])('used for another %s is a conflict', async (_what, other) => {
    const body = request();
    await juno.call(tips.tipLivestream, { params: params(), body });
    const again = await juno.attempt(tips.tipLivestream, { params: params(), body: { ...body, ...other } });
    expect([again.status, again.problem?.code]).toEqual([409, 'idempotency_conflict']);
  });

  test('is one’s own: another person may use the same', async () => {
    const body = request();
    const other = await app.signUp();
    const [one, two] = [await give(juno, body), await give(other, body)];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(one.body.tip.id).not.toBe(two.body.tip.id);
  });
});

describe('refused', () => {
  test.each([
    ['too little', { amount: 99 }, 400, 'invalid'],
    ['too much', { amount: 50_001 }, 400, 'invalid'],
    ['half a cent', { amount: 100.5 }, 400, 'invalid'],
    ['yen', { currency: 'JPY' }, 422, 'currency_unsupported'],
    ['201 characters', { message: 'x'.repeat(201) }, 400, 'invalid'],
  ])('%s', async (_what, fields, status, code) => {
    const answer = await give(juno, fields);
    expect([answer.status, answer.problem?.code]).toEqual([status, code]);
  });

  test('to oneself, by a guest, on a stream that is not there', async () => {
    expect((await give(mira)).problem?.code).toBe('self_tip');
    expect((await give(app.guest())).problem?.code).toBe('sign_in_required');
    const nowhere = await juno.attempt(tips.tipLivestream, { params: { id: 'nowhere' as StreamId }, body: request() });
    expect(nowhere.problem?.code).toBe('not_found');
  });

  test('while banned or timed out in the channel, and afterwards not', async () => {
    const person = await app.signUp();
    await app.storage.sql(
      `insert into timed_out_users (id, channel_id, user_id, reason, created_at, expires_at) values ($1, $2, $3, 'r', now(), now() + interval '10 minutes')`,
      [uuid(), mira.id, person.id],
    );
    expect((await give(person)).problem?.code).toBe('timed_out');
    await app.storage.sql('update timed_out_users set lifted_at = now() where user_id = $1', [person.id]);
    await app.storage.sql(
      `insert into banned_viewers (id, channel_id, user_id, reason, created_at) values ($1, $2, $3, 'r', now())`,
      [uuid(), mira.id, person.id],
    );
    expect((await give(person)).problem?.code).toBe('banned');
    await app.storage.sql('update banned_viewers set lifted_at = now() where user_id = $1', [person.id]);
    expect((await give(person)).status).toBe(201);
  });

  test('on a patron-only stream to everybody but patrons, and after the end to all', async () => {
    const owner = await app.signUp({ tier: 'pro' });
    const { livestream } = await owner.call(livestreams.startLivestream, { body: { title: 'P', patronOnly: true } });
    const tip = (who: SignedIn) => who.attempt(tips.tipLivestream, { params: { id: livestream.id }, body: request() });
    const patron = await app.signUp();
    await app.storage.sql(
      `insert into channel_members (channel_id, user_id, role, since) values ($1, $2, 'patron', now())`,
      [owner.id, patron.id],
    );
    expect((await tip(juno)).problem?.code).toBe('patron_required');
    const given = await tip(patron);
    expect(given.status).toBe(201);
    expect((await juno.attempt(tips.listTips, { params: { id: livestream.id } })).problem?.code).toBe(
      'patron_required',
    );
    await owner.call(livestreams.endLivestream, { params: { id: livestream.id } });
    await app.settle();
    const late = await tip(patron);
    expect([late.status, late.problem?.code]).toEqual([409, 'stream_ended']);
    expect((await patron.call(tips.listTips, { params: { id: livestream.id } })).items).toEqual([given.body.tip]);
  });
});

describe('the words with a tip', () => {
  test('are held like a message: the tip is shown without them, author and moderators read them', async () => {
    const [owner, guest, author] = await Promise.all([inRoom(mira), inRoom(app.guest()), inRoom(juno)]);
    const message = 'mean [[score=0.72 category=harassment]]';
    const { body } = await give(juno, { message });
    expect(body.tip).toMatchObject({ message, messageStatus: 'held' });
    const without = { ...body.tip, message: null, messageStatus: 'none' };
    await vi.waitFor(() => expect(guest.heard).toEqual([without]), PATIENCE);
    await vi.waitFor(() => expect(author.heard).toEqual([body.tip]), PATIENCE);
    await vi.waitFor(() => expect(owner.heard.at(-1)).toEqual(body.tip), PATIENCE);
    await app.settle();
    expect((await inRoom(app.guest())).shown.at(-1)).toEqual(without);
    expect((await inRoom(mira)).shown.at(-1)).toEqual(body.tip);
    expect((await app.stranger().call(tips.listTips, { params: params() })).items[0]).toEqual(without);
    const [notice] = (await juno.call(notifications.listNotifications)).items;
    expect(notice).toMatchObject({ kind: 'tip_message_held', data: { tipId: body.tip.id, category: 'harassment' } });
  });

  test('are never shown when they are blocked; their author is told', async () => {
    const guest = await inRoom(app.guest());
    const { body } = await give(juno, { message: 'vile [[score=0.9 category=hate]]' });
    expect(body).toMatchObject({ status: 'paid', tip: { message: null, messageStatus: 'blocked' } });
    await vi.waitFor(() => expect(guest.heard.map(({ id }) => id)).toEqual([body.tip.id]), PATIENCE);
    expect(guest.heard[0]).toMatchObject({ message: null, messageStatus: 'none' });
    const [notice] = (await juno.call(notifications.listNotifications)).items;
    expect(notice).toMatchObject({ kind: 'tip_message_blocked', data: { automated: 'true' } });
    expect(notice?.text).toMatch(/hate speech.*If you want to appeal, open Appeals Center\.$/s);
    const reasons = await app.storage.sql(
      `select restriction, automated_decision, user_id from statements_of_reasons where subject_id = $1`,
      [body.tip.id],
    );
    expect(reasons).toEqual([{ restriction: 'message_blocked', automated_decision: 'fully', user_id: juno.id }]);
  });

  test('may be none: only invisible ones are refused, empty ones are left out', async () => {
    expect((await give(juno, { message: '\u200b' })).problem?.code).toBe('invalid');
    const { body } = await give(juno, { message: '   ' });
    expect(body.tip).toMatchObject({ message: null, messageStatus: 'none' });
  });
});

describe('the payment', () => {
  test('declined: nothing is credited or shown, and the same key answers the same', async () => {
    const guest = await inRoom(app.guest());
    const before = await owedTo(mira);
    const body = request({ amount: 1302 });
    const first = await juno.call(tips.tipLivestream, { params: params(), body });
    expect(first.status).toBe('failed');
    expect(await juno.call(tips.tipLivestream, { params: params(), body })).toEqual(first);
    await app.settle();
    expect(guest.heard).toEqual([]);
    expect(await owedTo(mira)).toBe(before);
  });

  test('asked again by the bank: it waits on its page, and the same key finds the page again', async () => {
    const body = request({ amount: 1301 });
    const first = await juno.call(tips.tipLivestream, { params: params(), body });
    expect(first.status).toBe('pending');
    // A page of ours in the sandbox, of the provider's elsewhere.
    expect(first.checkoutUrl).toMatch(/^(https?:\/\/|\/pay\/)/);
    expect(await juno.call(tips.tipLivestream, { params: params(), body })).toEqual(first);
    expect(await juno.call(tips.getGivenTip, { params: { id: first.tip.id } })).toMatchObject({ status: 'pending' });
  });

  test('paid a minute later: credited and shown then', async () => {
    const guest = await inRoom(app.guest());
    const before = await owedTo(mira);
    const { body } = await give(juno, { amount: 1303, message: 'late' });
    expect(body.status).toBe('pending');
    await app.advance(61_000);
    await vi.waitFor(() => expect(guest.heard.map(({ id }) => id)).toEqual([body.tip.id]), PATIENCE);
    expect((await owedTo(mira)) - before).toBe(1303 - 130);
  });

  test('told twice, and in the wrong order, it is one tip', async () => {
    const before = await owedTo(mira);
    await give(juno, { amount: 1304 });
    await app.advance(61_000);
    expect((await owedTo(mira)) - before).toBe(1304 - 130);
  });

  test('that was never begun, because the process ended, goes on under the same key', async () => {
    const body = request({ amount: 1301 });
    const first = await juno.call(tips.tipLivestream, { params: params(), body });
    await app.storage.sql('delete from payments where purpose_id = $1', [first.tip.id]);
    const again = await juno.call(tips.tipLivestream, { params: params(), body });
    expect(again).toMatchObject({ status: 'pending', tip: { id: first.tip.id } });
    const [row] = await app.storage.sql('select count(*)::int as payments from payments where purpose_id = $1', [
      first.tip.id,
    ]);
    expect(row).toEqual({ payments: 1 });
  });

  test('given back in part, it stays a tip; in whole, it is shown no more', async () => {
    const admin = await app.signUp({ role: 'admin' });
    const { body } = await give(juno, { amount: 1000 });
    const [row] = await app.storage.sql<{ payment_id: string }>('select payment_id from tips where id = $1', [
      body.tip.id,
    ]);
    const id = row?.payment_id ?? '';
    const refund = (amount: number) =>
      admin.call(payments.refundPayment, { params: { id }, body: { amount, reason: 'by mistake' } });
    await refund(400);
    await app.settle();
    const part = await juno.call(tips.getGivenTip, { params: { id: body.tip.id } });
    expect(part).toMatchObject({ status: 'paid', refunded: { amount: 400, currency: 'EUR' } });
    await refund(600);
    await app.settle();
    expect(await juno.call(tips.getGivenTip, { params: { id: body.tip.id } })).toMatchObject({ status: 'refunded' });
    const listed = await app.stranger().call(tips.listTips, { params: params() });
    expect(listed.items.map((tip) => tip.id)).not.toContain(body.tip.id);
  });
});
