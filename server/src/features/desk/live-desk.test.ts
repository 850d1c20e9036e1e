/** Open desks on the whole server: what each of them hears, and what happens when one closes. */
import { desk, livestreams } from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { makeModerator, makeReviewItem } from '../../../test/kit/review-items.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import type { Person } from '../../actor.ts';

let app: TestApp;
const people = {} as Record<'mira' | 'ana' | 'ben' | 'vic' | 'stan' | 'ed', SignedIn>;
const open: Socket[] = [];

const actorOf = ({ id }: SignedIn, role: Person['role'] = 'user'): Person => ({ kind: 'person', userId: id, role });

beforeAll(async () => {
  app = await testApp();
  const roles = { stan: 'moderator', ed: 'admin' } as const;
  for (const name of ['mira', 'ana', 'ben', 'vic', 'stan', 'ed'] as const) {
    people[name] = await app.signUp({ name, ...(name in roles ? { role: roles[name as 'stan'] } : {}) });
  }
  await makeModerator(app.storage, actorOf(people.mira), actorOf(people.ana));
  await makeModerator(app.storage, actorOf(people.mira), actorOf(people.ben));
}, 60_000);
afterAll(() => app.close());
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

interface OpenDesk {
  readonly heard: desk.ModerationEvent[];
  readonly socket: Socket;
  /** Resolves with the acknowledgement. */
  look(itemId: string | null): Promise<unknown>;
  /** Waits for the first that fits. */
  hears(fits: (event: desk.ModerationEvent) => boolean): Promise<desk.ModerationEvent>;
}

async function deskOf(person: SignedIn, itemId: string | null = null): Promise<OpenDesk> {
  const socket = person.socket();
  open.push(socket);
  const heard: desk.ModerationEvent[] = [];
  socket.on(desk.moderation.name, (event: unknown) => heard.push(desk.moderation.payload.parse(event)));
  const opened: OpenDesk = {
    heard,
    socket,
    look: (item) => socket.timeout(5000).emitWithAck(desk.watchQueue.name, { itemId: item }),
    hears: (fits) =>
      expect
        .poll(() => heard.find(fits), { timeout: 10_000 })
        .toBeDefined()
        .then(() => heard.find(fits) as never),
  };
  expect(await opened.look(itemId)).toMatchObject({ ok: true });
  return opened;
}

const held = () => makeReviewItem(app.storage, { author: actorOf(people.vic), channel: actorOf(people.mira) });
const isItem =
  (id: string, status = 'pending') =>
  (event: desk.ModerationEvent) =>
    event.type === 'item' && event.itemId === id && event.status === status;
const claimedBy = (id: string, name: string | null) => (event: desk.ModerationEvent) =>
  event.type === 'item' && event.itemId === id && (event.claim?.by.displayName ?? null) === name;
const lookedAtBy =
  (id: string, ...names: string[]) =>
  (event: desk.ModerationEvent) =>
    event.type === 'looking' &&
    event.itemId === id &&
    event.people
      .map(({ displayName }) => displayName)
      .sort()
      .join() === names.sort().join();

describe('open desks', () => {
  test('hear of an item that comes, its claim and its decision; its author and strangers hear nothing', async () => {
    const [ana, ed, vic, stan] = [
      await deskOf(people.ana),
      await deskOf(people.ed),
      await deskOf(people.vic),
      await deskOf(people.stan),
    ];
    const id = await held();
    for (const each of [ana, ed]) await each.hears(isItem(id));
    await people.ben.call(desk.claimItem, { params: { id } });
    for (const each of [ana, ed]) await each.hears(claimedBy(id, 'ben'));
    await app.storage.sql(
      `update moderator_review_queue set resolution_status = 'approved', resolution_timestamp = now(), resolved_by = $2 where id = $1`,
      [id, people.ben.id],
    );
    const decided = await ana.hears(isItem(id, 'approved'));
    expect(decided).toMatchObject({ decided: { by: { displayName: 'ben' } } });
    await ed.hears(isItem(id, 'approved'));
    // Whatever was told is at the others by now.
    expect([...vic.heard, ...stan.heard]).toEqual([]);
    expect(JSON.stringify(ana.heard)).not.toContain('a held line');
  });

  test('of whoever an item is assigned to hear of it, and no other moderator of the platform', async () => {
    const stan = await deskOf(people.stan);
    const ana = await deskOf(people.ana);
    const id = await makeReviewItem(app.storage, {
      author: actorOf(people.vic),
      source: 'comment',
      assignedTo: actorOf(people.stan, 'moderator'),
    });
    await stan.hears(isItem(id));
    expect(ana.heard).toEqual([]);
    expect(await ana.look(id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  test('of whoever lost their role on the platform hear nothing more, on the connection they have', async () => {
    const [once, staffOnce] = [
      await app.signUp({ name: 'once', role: 'admin' }),
      await app.signUp({ name: 'staffed', role: 'moderator' }),
    ];
    const [former, assigned, ana] = [await deskOf(once), await deskOf(staffOnce), await deskOf(people.ana)];
    await app.storage.sql(`update profiles set role = 'user' where id in ($1, $2)`, [once.id, staffOnce.id]);
    const theirs = await makeReviewItem(app.storage, {
      author: actorOf(people.vic),
      source: 'comment',
      assignedTo: actorOf(staffOnce),
    });
    const id = await held();
    await ana.hears(isItem(id));
    expect(await ana.look(id)).toMatchObject({ ok: true });
    await ana.hears(lookedAtBy(id, 'ana'));
    expect([...former.heard, ...assigned.heard]).toEqual([]);
    for (const each of [id, theirs]) {
      expect(await former.look(each)).toMatchObject({ ok: false, error: { code: 'not_found' } });
      expect(await assigned.look(each)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    }
    expect(await former.look(null)).toMatchObject({ ok: true, looking: [] });
  });

  test('see who is looking at what, also those who open later, until they leave', async () => {
    const id = await held();
    const ana = await deskOf(people.ana, id);
    const ben = await deskOf(people.ben);
    expect(await ben.look(id)).toMatchObject({ ok: true });
    await ana.hears(lookedAtBy(id, 'ana', 'ben'));
    const late = await deskOf(people.mira);
    await expect
      .poll(async () => JSON.stringify(await late.look(null)), { timeout: 10_000 })
      .toContain('"displayName":"ben"');
    ben.socket.disconnect();
    await ana.hears(lookedAtBy(id, 'ana'));
  });

  test('give back what they held when the last of them closes', async () => {
    const id = await held();
    const first = await deskOf(people.ana, id);
    const second = await deskOf(people.ana, id);
    const ben = await deskOf(people.ben);
    await people.ana.call(desk.claimItem, { params: { id } });
    await ben.hears(claimedBy(id, 'ana'));
    const told = ben.heard.length;
    first.socket.disconnect();
    await ben.hears(lookedAtBy(id, 'ana'));
    expect(ben.heard.slice(told).some(claimedBy(id, null))).toBe(false);
    second.socket.disconnect();
    await expect.poll(() => ben.heard.slice(told).some(claimedBy(id, null)), { timeout: 10_000 }).toBe(true);
    expect((await people.ben.call(desk.claimItem, { params: { id } })).claim.by.displayName).toBe('ben');
  });

  test('are refused to guests and to whoever may only read', async () => {
    const guest = app.guest().socket();
    open.push(guest);
    const refused = await guest.timeout(5000).emitWithAck(desk.watchQueue.name, { itemId: null });
    expect(refused).toMatchObject({ ok: false, error: { code: 'sign_in_required' } });
    const reader = (await people.ana.byApiKey(['read'])).socket();
    open.push(reader);
    const unable = await reader.timeout(5000).emitWithAck(desk.watchQueue.name, { itemId: null });
    expect(unable).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  });
});

describe('the moment of a line', () => {
  test('is cut from what the running stream remembers, for whoever may read the item', async () => {
    const owner = await app.signUp({ name: 'streamer', tier: 'pro' });
    const { livestream } = await owner.call(livestreams.startLivestream, { body: { title: 'On air' } });
    await app.media.publish(livestream.id, sdpOffer());
    app.media.stage.receive(livestream.id, 90_000);
    const fields = { author: actorOf(people.vic), channel: actorOf(owner), streamId: livestream.id };
    const fresh = await makeReviewItem(app.storage, fields);
    const old = await makeReviewItem(app.storage, { ...fields, at: new Date(Date.now() - 120_000) });
    const seen = await owner.call(desk.getReviewItem, { params: { id: fresh } });
    expect(seen.moment).toMatchObject({ kind: 'ring', url: `/api/v1/moderation/queue/${fresh}/moment` });
    const clip = await owner.fetch(`/api/v1/moderation/queue/${fresh}/moment`);
    expect([clip.status, clip.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    // 30 s before a line of a moment ago.
    expect(await clip.text()).toMatch(/^clip of \S+, 3\d000 ms$/);
    app.media.stage.receive(livestream.id, 90_000);
    const past = await owner.call(desk.getReviewItem, { params: { id: old } });
    expect(past.moment).toMatchObject({ kind: 'recording', fromSeconds: 0, isApproximate: true });
    const excerpt = await owner.fetch(`/api/v1/moderation/queue/${old}/moment`);
    expect([excerpt.status, await excerpt.text()]).toEqual([
      200,
      expect.stringMatching(/ 40000 ms, ended 1\d\d s ago$/),
    ]);
    expect((await people.ana.fetch(`/api/v1/moderation/queue/${fresh}/moment`)).status).toBe(404);
    await owner.call(livestreams.endLivestream, { params: { id: livestream.id } });
    await expect
      .poll(async () => (await owner.call(desk.getReviewItem, { params: { id: fresh } })).moment.kind, {
        timeout: 10_000,
      })
      .toBe('recording');
    const { moment } = await owner.call(desk.getReviewItem, { params: { id: fresh } });
    const recording = await owner.fetch(moment.kind === 'recording' ? moment.url : '');
    expect(recording.status).toBe(200);
  });
});
