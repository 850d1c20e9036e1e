import type { StreamId } from '@virgil/contract';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import type { Person } from '../../actor.ts';
import { type ContentRemoval, removeContent, restoreContent } from './index.ts';

let kit: LiveKit;
let creator: Person;
let admin: Person;
let patron: Person;
let moderator: Person;
let staff: Person;
let number = 0;
beforeAll(async () => {
  kit = await liveKit();
  creator = await kit.person('Creator', { tier: 'pro' });
  admin = await kit.person('Admin', { role: 'admin' });
  staff = await kit.person('Staff', { role: 'moderator' });
  patron = await kit.person('Patron');
  moderator = await kit.person('Moderator');
  await kit.call(creator, 'PUT', `/api/v1/channels/${creator.userId}/patrons/${patron.userId}`);
  await kit.call(creator, 'PUT', `/api/v1/channels/${creator.userId}/moderators/${moderator.userId}`);
});
afterAll(() => kit.close());

type Subject = ContentRemoval['subject'];
const at = () => kit.deps.clock.now();
const remove = (subject: Subject, decision: string, more: Partial<ContentRemoval> = {}) =>
  kit.db.database.asSystem('a test decides', (tx) =>
    removeContent(tx, { subject, decision: { kind: 'report', id: decision }, by: admin.userId, at: at(), ...more }),
  );
const restore = (decision: string) =>
  kit.db.database.asSystem('a test takes it back', (tx) =>
    restoreContent(tx, { decision: { kind: 'report', id: decision }, at: at() }),
  );

async function live(fields: Record<string, unknown> = {}): Promise<StreamId> {
  const id = await kit.start(creator, fields);
  await kit.engine.publish(id, sdpOffer());
  kit.engine.stage.receive(id, 30_000);
  return id;
}
const recordingOf = async (streamId: string) => {
  const find = () => kit.db.sql<{ id: string }>('select id from videos where stream_id = $1', [streamId]);
  await expect.poll(find, { timeout: 5_000 }).toHaveLength(1);
  return (await find())[0]?.id ?? '';
};
async function recorded(fields: Record<string, unknown> = {}) {
  const streamId = await live(fields);
  await kit.call(creator, 'POST', `/api/v1/livestreams/${streamId}/end`);
  return { streamId, videoId: await recordingOf(streamId) };
}
/** What a person gets of a video: `file` when the file opens too, else the code of the refusal. */
async function reach(who: Person | null, videoId: string): Promise<string> {
  const { body, status } = await kit.call(who, 'GET', `/api/v1/videos/${videoId}`);
  const listed = await kit.call(who, 'GET', `/api/v1/videos?creatorId=${creator.userId}&limit=100`);
  const isListed = listed.body.items.some((video: { id: string }) => video.id === videoId);
  if (status !== 200) return isListed ? 'listed all the same' : body.code;
  if (!isListed) return 'not listed';
  const bare = await kit.call(who, 'GET', `/media/videos/${videoId}.mp4`);
  if (body.mediaUrl === null) return bare.status === 200 ? 'a file without an address' : 'page';
  return (await kit.call(who, 'GET', body.mediaUrl)).status === 200 ? 'file' : 'page';
}

describe('a livestream that a decision removes', () => {
  test('ends at once, and its recording is its owner’s and the admins’ alone', async () => {
    const streamId = await live({ title: 'Too much' });
    await remove({ type: 'livestream', id: streamId }, 'd1');
    await kit.settle();
    const [row] = await kit.db.sql('select is_active, end_reason from livestreams where id = $1', [streamId]);
    expect(row).toEqual({ is_active: false, end_reason: 'decision' });
    expect(kit.heard).toContainEqual(
      expect.objectContaining({ to: `stream ${streamId}`, payload: expect.objectContaining({ isActive: false }) }),
    );
    expect(kit.deps.active.get(streamId)).toBeNull();

    const videoId = await recordingOf(streamId);
    const reached = await Promise.all(
      [null, patron, moderator, staff, creator, admin].map((who) => reach(who, videoId)),
    );
    expect(reached).toEqual(['not_found', 'not_found', 'not_found', 'not_found', 'file', 'file']);
    const page = await kit.call(creator, 'GET', `/api/v1/videos/${videoId}`);
    expect(page.body).toMatchObject({ isPublic: false, removal: { reason: null, statementId: null } });
    expect((await kit.call(patron, 'GET', `/api/v1/livestreams/${streamId}`)).body.videoId).toBeNull();
  });

  test('holds a recording that was there already', async () => {
    const { streamId, videoId } = await recorded();
    expect(await reach(null, videoId)).toBe('file');
    await remove({ type: 'livestream', id: streamId }, 'd2');
    expect(await reach(null, videoId)).toBe('not_found');
    await restore('d2');
    expect(await reach(null, videoId)).toBe('file');
  });

  test('stays ended when it is put back, and its recording returns', async () => {
    const streamId = await live();
    await remove({ type: 'livestream', id: streamId }, 'd3');
    await kit.settle();
    const videoId = await recordingOf(streamId);
    await restore('d3');
    expect(await reach(null, videoId)).toBe('file');
    const [row] = await kit.db.sql('select is_active from livestreams where id = $1', [streamId]);
    expect(row).toEqual({ is_active: false });
  });
});

describe('a video that a decision removes', () => {
  test('is not its owner’s to switch on, nor by a race with the decision', async () => {
    const { videoId } = await recorded();
    await remove({ type: 'video', id: videoId }, 'd4');
    const change = (body: object) => kit.call(creator, 'PATCH', `/api/v1/videos/${videoId}`, body);
    for (const isPublic of [true, false]) {
      const { body, status } = await change({ isPublic });
      expect([status, body.code]).toEqual([403, 'not_allowed']);
      expect(body.detail).toContain('removed by a decision');
    }
    expect((await change({ title: 'Renamed' })).body).toMatchObject({ title: 'Renamed', isPublic: false });
    // The database keeps it as well, whoever writes.
    await expect(kit.db.sql('update videos set is_public = true where id = $1', [videoId])).rejects.toThrow(
      /videos_removed_not_public/,
    );
  });

  test('shuts for patrons at once, also for the tokens they hold', async () => {
    const { videoId } = await recorded({ patronOnly: true });
    const { body } = await kit.call(patron, 'GET', `/api/v1/videos/${videoId}`);
    expect((await kit.call(null, 'GET', body.mediaUrl)).status).toBe(200);
    await remove({ type: 'video', id: videoId }, 'd5');
    expect((await kit.call(null, 'GET', body.mediaUrl)).status).toBe(404);
    expect((await kit.call(null, 'GET', body.mediaUrl.replace('.mp4', '.webp'))).status).toBe(404);
    expect(await reach(patron, videoId)).toBe('not_found');
    await restore('d5');
    expect(await reach(patron, videoId)).toBe('file');
    expect(await reach(null, videoId)).toBe('patron_required');
  });

  test('for endangering minors is withheld from its owner too', async () => {
    const { videoId } = await recorded();
    await remove({ type: 'video', id: videoId }, 'd6', { isWithheld: true });
    expect(await Promise.all([creator, admin].map((who) => reach(who, videoId)))).toEqual(['page', 'file']);
    await remove({ type: 'video', id: videoId }, 'd7');
    await restore('d6');
    expect(await reach(creator, videoId)).toBe('file');
  });
});

test('what does not exist cannot be removed', async () => {
  for (const type of ['livestream', 'video', 'message'] as const) {
    await expect(remove({ type, id: 'nothing' }, 'd8')).rejects.toMatchObject({ code: 'not_found' });
  }
});

async function makeVideo(isPublic: boolean): Promise<string> {
  const id = uuidv7();
  await kit.db.sql(
    `insert into videos (id, channel_id, title, duration_ms, size_bytes, is_public, patron_only, file_key, created_at,
       updated_at) values ($1, $2, 'made', 1, 1, $3, false, $1, now(), now())`,
    [id, creator.userId, isPublic],
  );
  return id;
}
async function makeMessage(streamId: string): Promise<string> {
  const id = uuidv7();
  await kit.db.sql(
    `insert into stream_messages (id, stream_id, channel_id, user_id, display_name, message, dante_realm, seq, status,
       scored_by, created_at) values ($1, $2, $3, $4, 'P', 'words', 'purgatorio', $5, 'published', 'rules', now())`,
    [id, streamId, creator.userId, patron.userId, ++number],
  );
  return id;
}
const stateOfVideo = async (id: string) =>
  (await kit.db.sql('select is_public, removal is not null as held from videos where id = $1', [id]))[0];
const statusOf = async (id: string) =>
  (await kit.db.sql<{ status: string }>('select status from stream_messages where id = $1', [id]))[0]?.status;

type Step = { readonly act: 'remove' | 'restore' | 'switch'; readonly decision: number };
const steps = fc.array(
  fc.record({
    act: fc.constantFrom<Step['act']>('remove', 'remove', 'restore', 'restore', 'switch'),
    decision: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 14 },
);

describe('any order of removals and restorations', () => {
  test('leaves a thing hidden while one decision holds it, else as its owner last set it', async () => {
    const streamId = await kit.start(await kit.person('Talker', { tier: 'pro' }));
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (order, startsPublic) => {
        const videoId = await makeVideo(startsPublic);
        const messageId = await makeMessage(streamId);
        const holding = new Set<number>();
        let isPublic = startsPublic;
        for (const { act, decision } of order) {
          const name = `${videoId}-${decision}`;
          if (act === 'remove') {
            await remove({ type: 'video', id: videoId }, name);
            await remove({ type: 'message', id: messageId }, name);
            holding.add(decision);
          } else if (act === 'restore') {
            await restore(name);
            holding.delete(decision);
          } else {
            const wanted = { isPublic: !isPublic };
            const { status } = await kit.call(creator, 'PATCH', `/api/v1/videos/${videoId}`, wanted);
            expect(status).toBe(holding.size === 0 ? 200 : 403);
            if (holding.size === 0) isPublic = !isPublic;
          }
          const held = holding.size > 0;
          expect(await stateOfVideo(videoId)).toEqual({ held, is_public: !held && isPublic });
          expect(await statusOf(messageId)).toBe(held ? 'removed' : 'published');
        }
      }),
      { numRuns: 15 },
    );
  });

  test('at the same moment ends right as well', async () => {
    for (let round = 0; round < 10; round++) {
      const videoId = await makeVideo(true);
      const name = (n: number) => `${videoId}-${n}`;
      await remove({ type: 'video', id: videoId }, name(0));
      await Promise.all([
        remove({ type: 'video', id: videoId }, name(1)),
        restore(name(0)),
        remove({ type: 'video', id: videoId }, name(2)),
        remove({ type: 'video', id: videoId }, name(1)),
      ]);
      expect(await stateOfVideo(videoId)).toEqual({ held: true, is_public: false });
      await Promise.all([restore(name(1)), restore(name(2)), restore(name(1))]);
      expect(await stateOfVideo(videoId)).toEqual({ held: false, is_public: true });
    }
  });
});
