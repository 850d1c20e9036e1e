import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import type { Person } from '../../actor.ts';
import { endStream } from './end-livestream.ts';
import { lockStream } from './store.ts';

const MINUTE = 60_000;
let kit: LiveKit;
let number = 0;
beforeAll(async () => {
  kit = await liveKit();
});
afterAll(() => kit.close());

const creator = (): Promise<Person> => kit.person(`Creator ${++number}`, { tier: 'pro' });
const stream = async (id: string, who: Person | null = null) =>
  (await kit.call(who, 'GET', `/api/v1/livestreams/${id}`)).body;

describe('starting', () => {
  test('a free account is told which tier it takes, and a guest to sign in', async () => {
    const free = await kit.person('Free of charge');
    const body = { title: 'Hello' };
    expect((await kit.call(free, 'POST', '/api/v1/livestreams/start', body)).body.code).toBe('tier_required');
    expect((await kit.call(null, 'POST', '/api/v1/livestreams/start', body)).body.code).toBe('sign_in_required');
  });

  test('answers the stream, the ways in and the ways to watch', async () => {
    const who = await creator();
    const { status, body } = await kit.call(who, 'POST', '/api/v1/livestreams/start', {
      title: '  Opening night ',
      danteRealm: 'inferno',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      livestream: {
        title: 'Opening night',
        danteRealm: 'inferno',
        isActive: true,
        mediaState: 'waiting',
        channelId: who.userId,
        me: { role: 'owner' },
        thumbnailUrl: null,
      },
      websocketUrl: 'http://virgil.test',
      ingest: { whipUrl: 'http://virgil.test/whip', streamKey: expect.stringMatching(/.{20,}/) },
    });
    expect(body.playback.whepUrl).toBe(`http://virgil.test/whep/${body.livestream.id}`);
    expect(body.playback.token).toBeUndefined();
  });

  test('twenty starts at once make one stream, and nineteen are told so', async () => {
    const who = await creator();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => kit.call(who, 'POST', '/api/v1/livestreams/start', { title: 'Race' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'already_live')).toHaveLength(19);
    const [row] = await kit.db.sql<{ n: number }>('select count(*)::int as n from livestreams where channel_id = $1', [
      who.userId,
    ]);
    expect(row?.n).toBe(1);
  });

  test('and ending are written into the audit outbox by the one who did it', async () => {
    const who = await creator();
    const id = await kit.start(who);
    await kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`);
    const rows = await kit.db.sql('select type, actor_id from audit_outbox where entity_id = $1 order by id', [id]);
    expect(rows).toEqual([
      { type: 'LIVESTREAM_STARTED', actor_id: who.userId },
      { type: 'LIVESTREAM_ENDED', actor_id: who.userId },
    ]);
  });
});

describe('ending and changing', () => {
  test('the owner ends once; the second time is told it is over', async () => {
    const who = await creator();
    const id = await kit.start(who);
    const { status, body } = await kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`);
    expect([status, body.bonus, body.livestream.isActive]).toEqual([200, null, false]);
    expect(body.livestream).toMatchObject({ mediaState: 'ended', playback: null, viewers: 0 });
    const again = await kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`);
    expect([again.status, again.body.code]).toEqual([409, 'stream_ended']);
  });

  test('ten ends at once are one end', async () => {
    const who = await creator();
    const id = await kit.start(who);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  test('nobody but the owner ends or renames a stream', async () => {
    const who = await creator();
    const id = await kit.start(who);
    const admin = await kit.person('Some admin', { role: 'admin' });
    for (const other of [await kit.person('Stranger'), admin]) {
      expect((await kit.call(other, 'POST', `/api/v1/livestreams/${id}/end`)).body.code).toBe('not_allowed');
      const renamed = await kit.call(other, 'PATCH', `/api/v1/livestreams/${id}`, { title: 'Mine' });
      expect(renamed.body.code).toBe('not_allowed');
    }
    expect((await kit.call(who, 'POST', '/api/v1/livestreams/unknown/end')).body.code).toBe('not_found');
  });

  test('a renamed stream tells its room', async () => {
    const who = await creator();
    const id = await kit.start(who);
    await kit.settle();
    kit.heard.length = 0;
    const { body } = await kit.call(who, 'PATCH', `/api/v1/livestreams/${id}`, { title: 'Second act' });
    expect(body.title).toBe('Second act');
    await kit.settle();
    expect(kit.heard).toEqual([
      { to: `stream ${id}`, name: 'stream-state', payload: expect.objectContaining({ title: 'Second act' }) },
    ]);
  });

  test('an ended stream has no room, no key and no media any more', async () => {
    const who = await creator();
    const { body } = await kit.call(who, 'POST', '/api/v1/livestreams/start', { title: 'Over soon' });
    const { id } = body.livestream;
    const { streamKey } = body.ingest;
    const publish = () =>
      kit.call(null, 'POST', '/whip', sdpOffer(), {
        authorization: `Bearer ${streamKey}`,
        'content-type': 'application/sdp',
      });
    expect((await publish()).status).toBe(201);
    await kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`);
    expect((await publish()).body.code).toBe('stream_not_started');
    expect(kit.engine.stage.publishByRtmp(streamKey)).toBe(false);
    const next = await kit.start(who);
    expect(kit.engine.stage.publishByRtmp(streamKey)).toBe(true);
    await kit.settle();
    expect((await stream(next)).mediaState).toBe('live');
  });
});

describe('media', () => {
  let who: Person;
  let id: Awaited<ReturnType<LiveKit['start']>>;
  beforeEach(async () => {
    who = await creator();
    id = await kit.start(who);
  });
  const states = () =>
    kit.heard
      .filter(({ to }) => to === `stream ${id}`)
      .map(({ payload }) => (payload as { mediaState: string }).mediaState);

  test('comes, stops and comes back, and the room hears each', async () => {
    await kit.settle();
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    expect((await stream(id)).mediaState).toBe('live');
    kit.engine.stage.interrupt(id);
    await kit.settle();
    expect((await stream(id)).mediaState).toBe('interrupted');
    await kit.advance(4 * MINUTE);
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    expect((await stream(id)).mediaState).toBe('live');
    await kit.advance(30 * MINUTE);
    expect((await stream(id)).isActive).toBe(true);
    expect([...new Set(states())]).toEqual(['waiting', 'live', 'interrupted']);
  });

  test('that stays away for five minutes ends the stream, by the system', async () => {
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    kit.engine.stage.interrupt(id);
    await kit.settle();
    await kit.advance(5 * MINUTE - 1000);
    expect((await stream(id)).isActive).toBe(true);
    await kit.advance(1000);
    expect(await stream(id)).toMatchObject({ isActive: false, mediaState: 'ended' });
    const [entry] = await kit.db.sql(
      `select actor_id, details from audit_outbox where entity_id = $1 and type = 'LIVESTREAM_ENDED'`,
      [id],
    );
    expect(entry).toMatchObject({ actor_id: null, details: { reason: 'no_media' } });
    await expect(kit.engine.stats(id)).rejects.toThrow();
    expect(states().at(-1)).toBe('ended');
  });

  test('that never came ends the stream after a quarter of an hour', async () => {
    await kit.advance(15 * MINUTE - 1000);
    expect((await stream(id)).isActive).toBe(true);
    await kit.advance(1000);
    expect((await stream(id)).isActive).toBe(false);
  });

  test('that flows is never ended by a clock that jumps', async () => {
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    await kit.advance(24 * 60 * MINUTE);
    expect((await stream(id)).mediaState).toBe('live');
  });

  test('that flows although nobody noted it keeps the stream', async () => {
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    await kit.db.sql(`update livestreams set media_state = 'interrupted' where id = $1`, [id]);
    await kit.db.sql(
      `insert into jobs (kind, key, run_at, payload) values ('livestream.end-without-media', $1, now(), $2)
       on conflict (kind, key) do update set run_at = excluded.run_at`,
      [id, JSON.stringify({ streamId: id })],
    );
    await kit.advance(6 * MINUTE);
    expect((await stream(id)).isActive).toBe(true);
    await kit.settle();
    expect((await stream(id)).mediaState).toBe('live');
  });

  test('is counted as received, over interruptions and a restart of the server', async () => {
    await kit.engine.publish(id, sdpOffer());
    kit.engine.stage.receive(id, 60_000);
    kit.engine.stage.interrupt(id);
    await kit.settle();
    await kit.restart();
    await kit.engine.publish(id, sdpOffer());
    kit.engine.stage.receive(id, 30_000);
    await kit.settle();
    const health = await kit.call(who, 'GET', `/api/v1/livestreams/${id}/health`);
    expect(health.body).toMatchObject({ mediaState: 'live', source: 'whip', receivedSeconds: 90 });
    await kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`);
    const [row] = await kit.db.sql<{ ms: string }>('select media_ms as ms from livestreams where id = $1', [id]);
    expect(Math.floor(Number(row?.ms) / 1000)).toBe(90);
  });

  test('earns the creator 10 cents a whole minute when the stream ends, once, and nothing for less than one', async () => {
    const received = async (ms: number) => {
      await kit.engine.publish(id, sdpOffer());
      kit.engine.stage.receive(id, ms);
      await kit.settle();
      return id;
    };
    await received(55_000);
    expect((await kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`)).body.bonus).toBeNull();
    id = await kit.start(who);
    await received(175_000);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`)),
    );
    expect(answers.flatMap(({ status, body }) => (status === 200 ? [body.bonus] : []))).toEqual([
      { amount: 20, currency: 'USD' },
    ]);
    expect(await bonusOf(id)).toEqual([
      { account_id: `creator:${who.userId}:available`, amount: '20' },
      { account_id: 'platform:promotion', amount: '-20' },
    ]);
    const [entry] = await kit.db.sql(
      `select details from audit_outbox where type = 'BONUS_CREDITED' and entity_id = $1`,
      [id],
    );
    expect(entry).toMatchObject({ details: { creatorId: who.userId, amount: 20, currency: 'USD' } });
  });

  test('earns the same when the stream ends by itself', async () => {
    await kit.engine.publish(id, sdpOffer());
    kit.engine.stage.receive(id, 61_000);
    kit.engine.stage.interrupt(id);
    await kit.settle();
    await kit.advance(5 * MINUTE);
    expect(await bonusOf(id)).toContainEqual({ account_id: `creator:${who.userId}:available`, amount: '10' });
  });

  test('earns the same when a decision ends the stream', async () => {
    await kit.engine.publish(id, sdpOffer());
    kit.engine.stage.receive(id, 61_000);
    await kit.settle();
    await kit.db.database.asSystem('a decision ends a stream', async (tx) => {
      const stream = await lockStream(tx, id);
      if (stream === null) throw new Error('there is no such stream');
      await endStream(tx, stream, { at: new Date(), actorId: null, reason: 'decision', receivedMs: 0 });
    });
    expect(await bonusOf(id)).toContainEqual({ account_id: `creator:${who.userId}:available`, amount: '10' });
  });

  const bonusOf = (streamId: string) =>
    kit.db.sql(
      `select account_id, amount from ledger_transfers t join ledger_entries e on e.transfer_id = t.id
       where t.key = 'bonus:' || $1 order by account_id`,
      [streamId],
    );

  test('figures are the owner’s alone', async () => {
    const stranger = await kit.person(`Curious ${++number}`);
    expect((await kit.call(stranger, 'GET', `/api/v1/livestreams/${id}/health`)).body.code).toBe('not_allowed');
  });

  test('lost with a media worker makes viewers open it again', async () => {
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    kit.heard.length = 0;
    kit.engine.stage.restartWorker();
    await kit.settle();
    const payloads = kit.heard.filter(({ to }) => to === `stream ${id}`).map(({ payload }) => payload);
    expect(payloads).toContainEqual(expect.objectContaining({ reconnectMedia: true }));
  });
});

describe('a restart of the server', () => {
  test('interrupts what was live; the publisher comes back with the same key and continues', async () => {
    const who = await creator();
    const { body } = await kit.call(who, 'POST', '/api/v1/livestreams/start', { title: 'Still here' });
    const { id } = body.livestream;
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    await kit.restart();
    expect(await stream(id)).toMatchObject({ isActive: true, mediaState: 'interrupted' });
    expect(kit.engine.stage.publishByRtmp(body.ingest.streamKey)).toBe(true);
    await kit.settle();
    expect((await stream(id)).mediaState).toBe('live');
    expect((await kit.call(who, 'POST', '/api/v1/livestreams/start', { title: 'Again' })).body.code).toBe(
      'already_live',
    );
  });

  test('ends what was live when nobody comes back within five minutes', async () => {
    const who = await creator();
    const id = await kit.start(who);
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    await kit.restart();
    await kit.advance(5 * MINUTE);
    expect((await stream(id)).isActive).toBe(false);
  });

  test('leaves a waiting stream its quarter of an hour', async () => {
    const who = await creator();
    const id = await kit.start(who);
    await kit.advance(10 * MINUTE);
    await kit.restart();
    expect((await stream(id)).mediaState).toBe('waiting');
    await kit.advance(5 * MINUTE);
    expect((await stream(id)).isActive).toBe(false);
  });
});

describe('someone whom the channel banned', () => {
  test('reaches neither page nor picture of its streams, until the ban is over', async () => {
    const who = await creator();
    const banned = await kit.person(`Banned ${++number}`);
    const id = await kit.start(who);
    await kit.db.sql(
      `insert into banned_viewers (id, channel_id, user_id, reason, created_at, expires_at)
       values ($1, $2, $3, 'spam', $4, $5)`,
      [`ban-${id}`, who.userId, banned.userId, kit.deps.clock.now(), new Date(kit.deps.clock.now().getTime() + MINUTE)],
    );
    const watch = () =>
      kit.call(banned, 'POST', `/whep/${id}`, sdpOffer({ direction: 'recvonly' }), {
        'content-type': 'application/sdp',
      });
    expect((await stream(id, banned)).code).toBe('banned');
    expect((await watch()).body.code).toBe('banned');
    expect((await kit.call(banned, 'GET', `/api/v1/livestreams/${id}/chat`)).body.code).toBe('banned');
    await kit.advance(MINUTE);
    expect((await stream(id, banned)).isActive).toBe(true);
    expect((await watch()).status).toBe(201);
  });
});

describe('a creator’s streams', () => {
  test('are the active one, and the ended ones from the newest on, page by page', async () => {
    const who = await creator();
    const ended: string[] = [];
    for (let n = 0; n < 5; n++) {
      const id = await kit.start(who, { title: `Evening ${n}` });
      await kit.advance(MINUTE);
      await kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`);
      ended.unshift(id);
    }
    const active = await kit.start(who);
    const first = await kit.call(null, 'GET', `/api/v1/livestreams/creator/${who.userId}?limit=3`);
    expect(first.body.active.map(({ id }: { id: string }) => id)).toEqual([active]);
    const { nextCursor } = first.body;
    const second = await kit.call(
      null,
      'GET',
      `/api/v1/livestreams/creator/${who.userId}?limit=3&cursor=${nextCursor}`,
    );
    const ids = [...first.body.archived, ...second.body.archived].map(({ id }: { id: string }) => id);
    expect(ids).toEqual(ended);
    expect(first.body.archived[0].durationSeconds).toBe(60);
    expect([second.body.active, second.body.nextCursor]).toEqual([[], null]);
    expect((await kit.call(null, 'GET', '/api/v1/livestreams/creator/nobody')).body.code).toBe('not_found');
  });
});

describe('everything live', () => {
  const list = async (query = '') => (await kit.call(null, 'GET', `/api/v1/livestreams/active${query}`)).body;

  test('is sorted by viewers and pages without losing or repeating a stream, however viewers are spread', async () => {
    await kit.db.sql(
      `update livestreams set is_active = false, ended_at = now(), media_state = 'ended' where is_active`,
    );
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) ids.push(await kit.start(await creator(), { title: `Paged ${n}` }));
    const shape = fc.record({
      viewers: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 }),
      limit: fc.integer({ min: 1, max: 13 }),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ viewers, limit }) => {
        await kit.db.sql(
          'update livestreams set viewers = given.n from unnest($1::text[], $2::int[]) as given(id, n) where livestreams.id = given.id',
          [ids, viewers],
        );
        const seen: { id: string; viewers: number }[] = [];
        let cursor: string | null = null;
        do {
          const page = await list(`?limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.nextCursor;
        } while (cursor !== null);
        expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(ids));
        expect(seen).toHaveLength(ids.length);
        const counts = seen.map((each) => each.viewers);
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      }),
      { numRuns: 15 },
    );
  });

  test('is counted by realm, filtered by realm and searched by title, category and name; patron-only ones show a lock', async () => {
    const marked = await kit.person('Vergilia Marone', { tier: 'premium' });
    const id = await kit.start(marked, {
      title: '100% live_music',
      category: 'Öffentlich',
      danteRealm: 'paradiso',
      patronOnly: true,
    });
    await kit.engine.publish(id, sdpOffer());
    kit.engine.stage.receive(id, 5000);
    await kit.settle();
    const found = async (q: string) =>
      (await list(`?q=${encodeURIComponent(q)}`)).items.map((each: { id: string }) => each.id);
    expect(await found('0% LIVE_m')).toEqual([id]);
    expect(await found('ÖFFENT')).toEqual([id]);
    expect(await found('öffent')).toEqual([id]);
    expect(await found('marone')).toEqual([id]);
    expect(await found('100%%')).toEqual([]);
    expect(await found('liveXmusic')).toEqual([]);
    const paradiso = await list('?realm=paradiso');
    expect(paradiso.items).toHaveLength(1);
    expect(paradiso.items[0]).toMatchObject({ patronOnly: true, thumbnailUrl: null, mediaState: 'live' });
    expect(paradiso.counts).toEqual({ all: 13, inferno: 0, purgatorio: 12, paradiso: 1 });
  });

  test.each(['nonsense', Buffer.from('[1]').toString('base64url'), Buffer.from('["x",{}]').toString('base64url')])(
    'refuses the foreign cursor %s',
    async (cursor) => {
      expect((await list(`?cursor=${cursor}`)).code).toBe('invalid');
    },
  );

  test.each(['?limit=101', '?limit=0', '?realm=limbo', '?surprise=1'])('refuses %s', async (query) => {
    expect((await list(query)).code).toBe('invalid');
  });
});
