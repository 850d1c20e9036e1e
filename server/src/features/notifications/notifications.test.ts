import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import type { Person } from '../../actor.ts';
import { notify } from './index.ts';

let kit: LiveKit;
let anna: Person;
let berta: Person;
beforeAll(async () => {
  kit = await liveKit();
  anna = await kit.person('Anna');
  berta = await kit.person('Berta');
  for (let n = 1; n <= 5; n++) {
    await kit.db.database.asActor(berta, (tx) =>
      notify(tx, {
        userId: anna.userId,
        sentBy: berta.userId,
        kind: 'test.note',
        text: `Note ${n}`,
        data: { n: String(n) },
        at: new Date(),
      }),
    );
  }
});
afterAll(() => kit.close());

const list = async (who: Person, query = '') => (await kit.call(who, 'GET', `/api/v1/notifications${query}`)).body;
const texts = (page: { items: { text: string }[] }) => page.items.map(({ text }) => text);

describe('the inbox', () => {
  test('shows the newest first, page by page, and who sent it to nobody', async () => {
    const first = await list(anna, '?limit=3');
    const second = await list(anna, `?limit=3&cursor=${first.nextCursor}`);
    expect([...texts(first), ...texts(second)]).toEqual(['Note 5', 'Note 4', 'Note 3', 'Note 2', 'Note 1']);
    expect(second.nextCursor).toBeNull();
    expect(JSON.stringify(first)).not.toContain(berta.userId);
  });

  test('is one’s own alone', async () => {
    expect(await list(berta)).toEqual({ items: [], nextCursor: null, counts: { all: 0, unread: 0 } });
    const { items } = await list(anna);
    const foreign = await kit.call(berta, 'POST', `/api/v1/notifications/${items[0].id}/read`);
    expect(foreign.body.code).toBe('not_found');
    expect((await kit.call(null, 'GET', '/api/v1/notifications')).body.code).toBe('sign_in_required');
  });

  test('keeps the moment of the first reading, and counts what is unread', async () => {
    const { items } = await list(anna);
    const read = async () => (await kit.call(anna, 'POST', `/api/v1/notifications/${items[0].id}/read`)).body.readAt;
    const first = await read();
    await kit.advance(60_000);
    expect(await read()).toBe(first);
    expect((await list(anna, '?unread=true')).counts).toEqual({ all: 5, unread: 4 });
    expect(texts(await list(anna, '?unread=true'))).not.toContain('Note 5');
    expect(texts(await list(anna, '?q=note%203'))).toEqual(['Note 3']);
    expect((await kit.call(anna, 'POST', '/api/v1/notifications/read-all')).body.read).toBe(4);
    expect((await kit.call(anna, 'POST', '/api/v1/notifications/read-all')).body).toEqual({ read: 0, readAt: null });
  });

  test('is filtered by what notices are about', async () => {
    const carla = await kit.person('Carla');
    const kinds = ['statement.strike', 'payment.failed', 'livestream.started', 'role_changed'];
    for (const kind of kinds) {
      const notice = { userId: carla.userId, sentBy: null, kind, text: kind, data: {}, at: new Date() };
      await kit.db.database.asSystem('test', (tx) => notify(tx, notice));
    }
    const about = async (topic: string) => texts(await list(carla, `?topic=${topic}`));
    expect(await Promise.all(['decisions', 'money', 'social', 'account'].map(about))).toEqual(
      kinds.map((kind) => [kind]),
    );
    expect((await kit.call(carla, 'GET', '/api/v1/notifications?topic=gossip')).body.code).toBe('invalid');
  });

  test('gets a held notice when its time has come, also when the server was down at that moment', async () => {
    const dora = await kit.person('Dora');
    const at = kit.deps.clock.now();
    const deliverAt = new Date(at.getTime() + 3_600_000);
    const notice = { userId: dora.userId, sentBy: null, kind: 'z', text: 'Held', data: {}, at, deliverAt };
    const id = await kit.db.database.asSystem('test', (tx) => notify(tx, notice));
    expect((await kit.call(dora, 'POST', `/api/v1/notifications/${id}/read`)).body.code).toBe('not_found');
    expect((await list(dora)).counts).toEqual({ all: 0, unread: 0 });
    await kit.restart();
    await kit.advance(3_600_000);
    expect(texts(await list(dora))).toEqual(['Held']);
  });

  test('takes no notice written in somebody else’s name', async () => {
    const forged = { userId: anna.userId, sentBy: anna.userId, kind: 'x', text: 'x', data: {}, at: new Date() };
    await expect(kit.db.database.asActor(berta, (tx) => notify(tx, forged))).rejects.toThrow();
  });

  test('shows a notice on open pages once it is on disk, and not when its act was undone', async () => {
    const notice = { userId: anna.userId, sentBy: null, kind: 'y', text: 'Shown', data: {}, at: new Date() };
    await kit.settle();
    kit.heard.length = 0;
    await kit.db.database.asSystem('test', (tx) => notify(tx, notice));
    const undone = kit.db.database.asSystem('test', async (tx) => {
      await notify(tx, { ...notice, text: 'Never' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await kit.settle();
    expect(kit.heard.map(({ to, payload }) => [to, (payload as { text: string }).text])).toEqual([
      [`user ${anna.userId}`, 'Shown'],
    ]);
  });
});

describe('followers of a creator who goes live', () => {
  test('hear of it when the first picture comes, each once, also when there are ten thousand', async () => {
    const creator = await kit.person('Famous', { tier: 'premium' });
    await kit.db.sql(
      `insert into profiles (id, display_name, display_name_skeleton, created_at, updated_at)
       select 'f' || n, 'Follower ' || n, 'follower-' || n, now(), now() from generate_series(1, 10000) n`,
    );
    await kit.db.sql(
      `insert into follows (channel_id, user_id, since) select $1, 'f' || n, now() from generate_series(1, 10000) n`,
      [creator.userId],
    );
    const id = await kit.start(creator, { title: 'The big night' });
    const told = async () => {
      const [row] = await kit.db.sql<{ n: number; people: number }>(
        `select count(*)::int as n, count(distinct user_id)::int as people
         from notifications where kind = 'livestream.started' and data->>'streamId' = $1`,
        [id],
      );
      return row;
    };
    await kit.settle();
    expect(await told()).toEqual({ n: 0, people: 0 });
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    expect(await told()).toEqual({ n: 10_000, people: 10_000 });
    kit.engine.stage.interrupt(id);
    await kit.settle();
    await kit.engine.publish(id, sdpOffer());
    await kit.settle();
    expect(await told()).toEqual({ n: 10_000, people: 10_000 });
  }, 60_000);
});
