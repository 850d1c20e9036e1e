import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import type { Person } from '../../actor.ts';

let kit: LiveKit;
let owner: Person;
let fan: Person;
beforeAll(async () => {
  kit = await liveKit();
  owner = await kit.person('Beatrice', { tier: 'premium' });
  fan = await kit.person('Dante');
});
afterAll(() => kit.close());

const channel = (path = '') => `/api/v1/channels/${owner.userId}${path}`;
const inbox = async (who: Person) => (await kit.call(who, 'GET', '/api/v1/notifications')).body;

describe('following', () => {
  test('counts once however often it is asked for, and ends the same way', async () => {
    for (let n = 0; n < 2; n++) {
      const { body } = await kit.call(fan, 'PUT', channel('/follow'));
      expect(body).toMatchObject({ followers: 1, me: { role: 'follower', following: true } });
    }
    const mine = await kit.call(fan, 'GET', '/api/v1/channels?following=true');
    expect(mine.body.items.map(({ id }: { id: string }) => id)).toEqual([owner.userId]);
    for (let n = 0; n < 2; n++) {
      const { body } = await kit.call(fan, 'DELETE', channel('/follow'));
      expect(body).toMatchObject({ followers: 0, me: { role: 'viewer', following: false } });
    }
    const rows = await kit.db.sql(`select type from audit_outbox where type like 'CHANNEL_%FOLLOWED' order by id`);
    expect(rows).toEqual([{ type: 'CHANNEL_FOLLOWED' }, { type: 'CHANNEL_UNFOLLOWED' }]);
  });

  test('is not for oneself, not for guests, and not for channels that are not there', async () => {
    expect((await kit.call(owner, 'PUT', channel('/follow'))).body.code).toBe('own_content');
    expect((await kit.call(null, 'PUT', channel('/follow'))).body.code).toBe('sign_in_required');
    expect((await kit.call(fan, 'PUT', '/api/v1/channels/nobody/follow')).body.code).toBe('not_found');
    expect((await kit.call(null, 'GET', '/api/v1/channels?following=true')).body.code).toBe('sign_in_required');
  });
});

describe('roles', () => {
  test.each(['moderator', 'vip', 'patron'] as const)(
    'the owner makes someone a %s and takes it back, once each',
    async (role) => {
      const person = await kit.person(`Future ${role}`);
      const path = channel(`/${role === 'vip' ? 'vips' : `${role}s`}/${person.userId}`);
      for (let n = 0; n < 2; n++) {
        const { status, body } = await kit.call(owner, 'PUT', path);
        expect([status, body.role, body.person.displayName]).toEqual([200, role, `Future ${role}`]);
      }
      expect((await kit.call(person, 'GET', channel())).body.me.role).toBe(role);
      for (let n = 0; n < 2; n++) expect((await kit.call(owner, 'DELETE', path)).status).toBe(204);
      expect((await kit.call(person, 'GET', channel())).body.me.role).toBe('viewer');
      await kit.settle();
      const { items, counts } = await inbox(person);
      expect(items.map(({ kind }: { kind: string }) => kind)).toEqual([
        `channel.${role}.revoked`,
        `channel.${role}.granted`,
      ]);
      expect(counts).toEqual({ all: 2, unread: 2 });
      const shown = kit.heard.filter(({ to, name }) => to === `user ${person.userId}` && name === 'notification');
      expect(shown).toHaveLength(2);
    },
  );

  test('nobody else gives them, and the owner not to themselves', async () => {
    const admin = await kit.person('Admin', { role: 'admin' });
    for (const other of [fan, admin]) {
      expect((await kit.call(other, 'PUT', channel(`/moderators/${fan.userId}`))).body.code).toBe('not_allowed');
    }
    expect((await kit.call(owner, 'PUT', channel(`/vips/${owner.userId}`))).body.code).toBe('own_content');
    expect((await kit.call(owner, 'PUT', channel('/vips/nobody'))).body.code).toBe('not_found');
  });

  test('twenty grants at once are one', async () => {
    const person = await kit.person('Wanted');
    const path = channel(`/vips/${person.userId}`);
    const answers = await Promise.all(Array.from({ length: 20 }, () => kit.call(owner, 'PUT', path)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await inbox(person)).counts.all).toBe(1);
  });

  test('the list is for those who look after the channel, page by page', async () => {
    const moderator = await kit.person('Aaron');
    await kit.call(owner, 'PUT', channel(`/moderators/${moderator.userId}`));
    for (const name of ['Cato', 'Balthasar']) {
      await kit.call(owner, 'PUT', channel(`/patrons/${(await kit.person(name)).userId}`));
    }
    const first = await kit.call(moderator, 'GET', channel('/members?limit=2'));
    const second = await kit.call(moderator, 'GET', channel(`/members?limit=2&cursor=${first.body.nextCursor}`));
    const names = [...first.body.items, ...second.body.items].map(({ person }) => person.displayName);
    expect(names).toEqual(['Aaron', 'Balthasar', 'Cato', 'Wanted']);
    expect((await kit.call(owner, 'GET', channel('/members?role=patron&q=cat'))).body.items).toHaveLength(1);
    expect((await kit.call(fan, 'GET', channel('/members'))).body.code).toBe('not_allowed');
  });
});

describe('settings', () => {
  test('are the owner’s to read and change, field by field', async () => {
    const before = (await kit.call(owner, 'GET', channel('/settings'))).body;
    expect(before).toMatchObject({ description: '', defaultRealm: 'purgatorio', record: true });
    const change = { description: 'Paradise, weekly', defaultRealm: 'paradiso' };
    expect((await kit.call(owner, 'PATCH', channel('/settings'), change)).body).toEqual({ ...before, ...change });
    expect((await kit.call(fan, 'PATCH', channel('/settings'), change)).body.code).toBe('not_allowed');
    expect((await kit.call(fan, 'GET', channel('/settings'))).body.code).toBe('not_allowed');
    expect((await kit.call(owner, 'PATCH', channel('/settings'), { color: 'red' })).body.code).toBe('invalid');
    expect((await kit.call(null, 'GET', channel())).body.description).toBe('Paradise, weekly');
  });

  test('a stream of a channel that keeps no recordings is not recorded', async () => {
    await kit.call(owner, 'PATCH', channel('/settings'), { record: false });
    const id = await kit.start(owner);
    const [row] = await kit.db.sql('select record from livestreams where id = $1', [id]);
    expect(row).toEqual({ record: false });
    await kit.call(owner, 'POST', `/api/v1/livestreams/${id}/end`);
  });
});

describe('the list of channels', () => {
  test('shows live ones first, then by name, and pages through all of them once', async () => {
    const late = await kit.person('Zeno', { tier: 'pro' });
    const id = await kit.start(late);
    const seen: { id: string; displayName: string; live: { id: string } | null }[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await kit.call(
        null,
        'GET',
        `/api/v1/channels?limit=4${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen[0]).toMatchObject({ displayName: 'Zeno', live: { id } });
    const names = seen.slice(1).map(({ displayName }) => displayName.toLowerCase());
    expect(names).toEqual(names.toSorted());
    expect(new Set(seen.map((each) => each.id)).size).toBe(seen.length);
    const [row] = await kit.db.sql<{ n: number }>('select count(*)::int as n from channels');
    expect(seen).toHaveLength(row?.n ?? -1);
  });

  test('is searched by name, with every character meaning itself', async () => {
    const found = async (q: string) => (await kit.call(null, 'GET', `/api/v1/channels?q=${q}`)).body.items.length;
    expect([await found('zEn'), await found('%25'), await found('_'), await found('nobody')]).toEqual([1, 0, 0, 0]);
  });
});
