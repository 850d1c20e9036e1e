import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import type { Person } from '../../actor.ts';

let kit: LiveKit;
let creator: Person;
let viewer: Person;
beforeAll(async () => {
  kit = await liveKit();
  creator = await kit.person('Filmer', { tier: 'pro' });
  viewer = await kit.person('Spectator');
});
afterAll(() => kit.close());

/** A stream that ran for a while and ended; its recording is there. */
async function recorded(who: Person, fields: Record<string, unknown> = {}) {
  const id = await kit.start(who, fields);
  await kit.engine.publish(id, sdpOffer());
  kit.engine.stage.receive(id, 90_000);
  await kit.call(who, 'POST', `/api/v1/livestreams/${id}/end`);
  await expect.poll(() => videosOf(id)).toHaveLength(1);
  const [video] = await videosOf(id);
  if (video === undefined) throw new Error('no recording');
  return { streamId: id, videoId: video.id };
}
const videosOf = (streamId: string) =>
  kit.db.sql<{ id: string; file_key: string; duration_ms: string }>('select * from videos where stream_id = $1', [
    streamId,
  ]);
const get = async (who: Person | null, id: string) => (await kit.call(who, 'GET', `/api/v1/videos/${id}`)).body;

describe('a recording', () => {
  test('of a public stream is public, named like it, and played with ranges', async () => {
    const { streamId, videoId } = await recorded(creator, { title: 'First light', danteRealm: 'paradiso' });
    const video = await get(null, videoId);
    expect(video).toMatchObject({
      title: 'First light',
      danteRealm: 'paradiso',
      isPublic: true,
      patronOnly: false,
      streamId,
    });
    expect(video.durationSeconds).toBeGreaterThanOrEqual(90);
    const part = await kit.call(null, 'GET', video.mediaUrl, undefined, { range: 'bytes=0-8' });
    expect([part.status, part.body]).toEqual([206, 'recording']);
    expect((await kit.call(null, 'GET', `/api/v1/livestreams/${streamId}`)).body.videoId).toBe(videoId);
    const byCreator = await kit.call(null, 'GET', `/api/v1/livestreams/creator/${creator.userId}`);
    expect(byCreator.body.archived[0].videoId).toBe(videoId);
  });

  test('that its creator hides is gone for everybody else', async () => {
    const { videoId, streamId } = await recorded(creator, { title: 'Regretted' });
    const hidden = await kit.call(creator, 'PATCH', `/api/v1/videos/${videoId}`, { isPublic: false });
    expect(hidden.body).toMatchObject({ isPublic: false, title: 'Regretted' });
    expect((await get(viewer, videoId)).code).toBe('not_found');
    expect((await kit.call(null, 'GET', `/media/videos/${videoId}.mp4`)).status).toBe(404);
    expect((await kit.call(viewer, 'GET', `/api/v1/livestreams/${streamId}`)).body.videoId).toBeNull();
    expect((await get(creator, videoId)).mediaUrl).toMatch(/\?token=/);
    expect((await kit.call(null, 'GET', (await get(creator, videoId)).mediaUrl)).status).toBe(200);
    expect((await kit.call(viewer, 'PATCH', `/api/v1/videos/${videoId}`, { title: 'x' })).body.code).toBe('not_found');
    const renamed = await kit.call(creator, 'PATCH', `/api/v1/videos/${videoId}`, {
      isPublic: true,
      title: 'Forgiven',
    });
    expect(renamed.body).toMatchObject({ isPublic: true, title: 'Forgiven' });
  });

  test('of a patron-only stream stays for patrons, whoever asks and however', async () => {
    const { videoId } = await recorded(creator, { title: 'For friends', patronOnly: true });
    const patron = await kit.person('Friend');
    await kit.call(creator, 'PUT', `/api/v1/channels/${creator.userId}/patrons/${patron.userId}`);
    expect((await get(viewer, videoId)).code).toBe('patron_required');
    expect((await get(null, videoId)).code).toBe('patron_required');
    const { mediaUrl } = await get(patron, videoId);
    expect((await kit.call(null, 'GET', mediaUrl)).status).toBe(200);
    expect((await kit.call(null, 'GET', mediaUrl.split('?')[0])).body.code).toBe('patron_required');
    const listed = async (who: Person | null) => {
      const { body } = await kit.call(who, 'GET', `/api/v1/videos?q=friends`);
      return body.items.length;
    };
    expect([await listed(null), await listed(viewer), await listed(patron), await listed(creator)]).toEqual([
      0, 0, 1, 1,
    ]);
    const opened = await kit.call(creator, 'PATCH', `/api/v1/videos/${videoId}`, { isPublic: true });
    expect(opened.body.code).toBe('not_allowed');
  });

  test('of a moment is not kept, and nothing is kept where the channel keeps none', async () => {
    const id = await kit.start(creator);
    await kit.engine.publish(id, sdpOffer());
    await kit.call(creator, 'POST', `/api/v1/livestreams/${id}/end`);
    await kit.settle();
    expect(await videosOf(id)).toEqual([]);
  });

  test('is the longest one of a stream that outlived a restart, and no other file is left', async () => {
    const id = await kit.start(creator);
    const receive = async (ms: number) => {
      await kit.engine.publish(id, sdpOffer());
      kit.engine.stage.receive(id, ms);
    };
    await receive(20_000);
    await kit.restart();
    await receive(90_000);
    await kit.restart();
    await receive(30_000);
    await kit.call(creator, 'POST', `/api/v1/livestreams/${id}/end`);
    await expect.poll(async () => Number((await videosOf(id))[0]?.duration_ms)).toBeGreaterThanOrEqual(90_000);
    await kit.restart();
    const [video] = await videosOf(id);
    expect(Number(video?.duration_ms)).toBeLessThan(95_000);
    const all = await kit.db.sql<{ file_key: string }>('select file_key from videos');
    expect(new Set(await readdir(kit.folder))).toEqual(new Set(all.map((row) => row.file_key)));
  });
});

describe('the list of recordings', () => {
  test('is paged from the newest on', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query = `?creatorId=${creator.userId}&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`;
      const { body } = await kit.call(creator, 'GET', `/api/v1/videos${query}`);
      seen.push(...body.items.map(({ createdAt }: { createdAt: string }) => createdAt));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(seen.toSorted().reverse());
    const [row] = await kit.db.sql<{ n: number }>('select count(*)::int as n from videos');
    expect(seen).toHaveLength(row?.n ?? -1);
  });
});
