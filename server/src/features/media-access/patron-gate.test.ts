/** A patron-only stream against the whole server: every way to anything of it, tried as everybody. */
import { accounts, channels, livestreams, type StreamId, type VideoId, videos } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type SignedIn, type TestApp, type TestClient, testApp } from '../../../test/kit/app.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';

let app: TestApp;
let owner: SignedIn;
let patron: SignedIn;
let streamId: StreamId;
let videoId: VideoId;
const people = new Map<string, TestClient>();

async function goLive(title: string): Promise<StreamId> {
  const started = await owner.call(livestreams.startLivestream, { body: { title, patronOnly: true } });
  const { id } = started.livestream;
  await app.media.publish(id, sdpOffer());
  app.media.stage.receive(id, 30_000);
  await until(id, ({ mediaState }) => mediaState === 'live');
  return id;
}

function until(id: StreamId, holds: (stream: livestreams.Livestream) => boolean): Promise<livestreams.Livestream> {
  return vi.waitFor(async () => {
    const stream = await owner.call(livestreams.getLivestream, { params: { id } });
    expect(stream).toSatisfy(holds);
    return stream;
  }, WAIT);
}

const WAIT = { timeout: 10_000, interval: 50 };

beforeAll(async () => {
  app = await testApp();
  owner = await app.signUp({ name: 'Beatrice', tier: 'pro' });
  patron = await app.signUp({ name: 'A Patron' });
  const moderator = await app.signUp({ name: 'Statius' });
  const vip = await app.signUp({ name: 'Sordello' });
  const on = (userId: SignedIn['id']) => ({ params: { id: owner.id as string as never, userId } });
  await owner.call(channels.patronGrants.grant, on(patron.id));
  await owner.call(channels.moderatorGrants.grant, on(moderator.id));
  await owner.call(channels.vipGrants.grant, on(vip.id));
  const follower = await app.signUp({ name: 'A Follower' });
  await follower.call(channels.follow, { params: { id: owner.id as string as never } });

  const recordedId = await goLive('Recorded');
  await owner.call(livestreams.endLivestream, { params: { id: recordedId } });
  const recorded = await until(recordedId, (stream) => stream.videoId !== null);
  if (recorded.videoId === null) throw new Error('no recording');
  videoId = recorded.videoId;

  streamId = await goLive('For patrons');
  const socket = owner.socket();
  await socket.emitWithAck('join-stream', { streamId });
  await socket.emitWithAck('chat-message', { streamId, message: 'among ourselves' });
  socket.close();

  const entries: [string, TestClient][] = [
    ['a stranger', app.stranger()],
    ['a guest', app.guest()],
    ['a viewer', await app.signUp({ name: 'A Viewer' })],
    ['a follower', follower],
    ['a VIP', vip],
    ['a patron', patron],
    ['a moderator of the channel', moderator],
    ['the owner', owner],
    ['a platform moderator', await app.signUp({ name: 'Charon', role: 'moderator' })],
    ['an admin', await app.signUp({ name: 'Minos', role: 'admin' })],
  ];
  for (const [name, client] of entries) people.set(name, client);
}, 60_000);
afterAll(() => app.close());

const codeOf = async (response: Response): Promise<string> =>
  response.ok ? 'in' : ((await response.json()) as { code: string }).code;
const whep = (client: TestClient, query = '', id: string = streamId) =>
  client.fetch(`/whep/${id}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/sdp' },
    body: sdpOffer({ direction: 'recvonly' }),
  });

const ways: [string, (client: TestClient) => Promise<string>][] = [
  ['details', async (client) => codeOf(await client.fetch(`/api/v1/livestreams/${streamId}`))],
  ['chat history', async (client) => codeOf(await client.fetch(`/api/v1/livestreams/${streamId}/chat`))],
  ['WHEP', async (client) => codeOf(await whep(client))],
  ['playlist', async (client) => codeOf(await client.fetch(`/hls/${streamId}/index.m3u8`))],
  ['media playlist', async (client) => codeOf(await client.fetch(`/hls/${streamId}/video.m3u8`))],
  ['segment', async (client) => codeOf(await client.fetch(`/hls/${streamId}/seg-1.m4s`))],
  ['still', async (client) => codeOf(await client.fetch(`/media/streams/${streamId}/thumbnail/5.webp`))],
  ['recording', async (client) => codeOf(await client.fetch(`/api/v1/videos/${videoId}`))],
  ['recorded file', async (client) => codeOf(await client.fetch(`/media/videos/${videoId}.mp4`))],
  [
    'the chat’s room',
    async (client) => {
      const socket = client.socket();
      const answer = await socket.emitWithAck('join-stream', { streamId });
      socket.close();
      return answer.ok ? 'in' : answer.error.code;
    },
  ],
];

const INSIDERS = new Set(['a patron', 'a moderator of the channel', 'the owner', 'a platform moderator', 'an admin']);

describe('a patron-only stream', () => {
  test.each(ways)('%s: in are patrons, those who look after the channel, and staff', async (_way, ask) => {
    const answers = new Map<string, string>();
    for (const [name, client] of people) answers.set(name, await ask(client));
    const expected = [...people.keys()].map((name) => [name, INSIDERS.has(name) ? 'in' : 'patron_required'] as const);
    expect(answers).toEqual(new Map(expected));
  });

  test('its chat is really read by everybody who is in', async () => {
    for (const name of INSIDERS) {
      const page = await people.get(name)?.call(livestreams.getChatHistory, { params: { id: streamId } });
      expect([name, page?.items.map(({ message }) => message)]).toEqual([name, ['among ourselves']]);
    }
  });

  test('shows in lists with a lock and without a picture', async () => {
    const { items } = await app.stranger().call(livestreams.listActive);
    expect(items).toContainEqual(expect.objectContaining({ id: streamId, patronOnly: true, thumbnailUrl: null }));
  });

  test('hands a patron a token that opens media from anywhere, and nothing else', async () => {
    const { playback } = await patron.call(livestreams.getLivestream, { params: { id: streamId } });
    const token = `?token=${playback?.token}`;
    expect(playback?.whepUrl.endsWith(token)).toBe(true);
    const stranger = app.stranger();
    expect(await codeOf(await whep(stranger, token))).toBe('in');
    const playlist = await fetch(playback?.hlsUrl ?? '', { headers: { origin: 'https://elsewhere.test' } });
    expect(await playlist.text()).toContain(token);
    expect(await codeOf(await stranger.fetch(`/api/v1/livestreams/${streamId}${token}`))).toBe('invalid');
    expect(await codeOf(await stranger.fetch(`/media/videos/${videoId}.mp4${token}`))).toBe('patron_required');
  });
});

describe('a patron whom the owner lets go', () => {
  test('loses picture, playlist, segments and chat at once; their old token opens nothing', async () => {
    const leaving = await app.signUp({ name: 'Leaving' });
    const grant = { params: { id: owner.id as string as never, userId: leaving.id } };
    await owner.call(channels.patronGrants.grant, grant);
    const { playback } = await leaving.call(livestreams.getLivestream, { params: { id: streamId } });
    const token = `?token=${playback?.token}`;
    expect((await whep(leaving)).status).toBe(201);
    expect((await whep(app.stranger(), token)).status).toBe(201);
    expect(app.media.stage.viewers(streamId).filter((identity) => identity === leaving.id)).toHaveLength(2);
    const socket = leaving.socket();
    expect((await socket.emitWithAck('join-stream', { streamId })).ok).toBe(true);

    await owner.call(channels.patronGrants.revoke, grant);
    await app.app.settle();
    expect(app.media.stage.viewers(streamId)).not.toContain(leaving.id);
    for (const path of [`/hls/${streamId}/index.m3u8`, `/hls/${streamId}/seg-1.m4s`]) {
      expect(await codeOf(await app.stranger().fetch(path + token))).toBe('patron_required');
    }
    expect(await codeOf(await whep(app.stranger(), token))).toBe('patron_required');
    const message = await socket.emitWithAck('chat-message', { streamId, message: 'still here?' });
    expect(message.ok).toBe(false);
    socket.close();
  });
});

describe('platform staff who step down', () => {
  test('lose the picture of patron-only streams at once; who renames themselves keeps it', async () => {
    const leaving = await app.signUp({ name: 'Pluto', role: 'moderator' });
    expect((await whep(leaving)).status).toBe(201);
    expect((await whep(patron)).status).toBe(201);
    const admin = await app.signUp({ name: 'Cato', role: 'admin' });
    await patron.call(accounts.updateMe, { body: { displayName: 'Another Patron' } });
    await admin.call(accounts.setRole, { params: { id: leaving.id }, body: { role: 'user' } });
    await app.app.settle();
    expect(app.media.stage.viewers(streamId)).not.toContain(leaving.id);
    expect(app.media.stage.viewers(streamId)).toContain(patron.id);
    expect(await codeOf(await whep(leaving))).toBe('patron_required');
  });
});

describe('publishing against the whole server', () => {
  const publish = (path: string, headers: Record<string, string>) =>
    fetch(`${app.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', ...headers },
      body: sdpOffer(),
    });

  test('takes the owner’s session, an API key with the scope and the stream key, until it is reset', async () => {
    const withScope = await owner.byApiKey(['stream']);
    const without = await owner.byApiKey(['read', 'chat']);
    const { streamKey } = await owner.call(accounts.getStreamKey);
    const path = `/whip/${streamId}`;
    expect((await publish(path, owner.headers)).status).toBe(201);
    expect((await publish(path, withScope.headers)).status).toBe(201);
    expect((await publish(path, without.headers)).status).toBe(403);
    expect((await publish(path, patron.headers)).status).toBe(403);
    expect((await publish('/whip', { authorization: `Bearer ${streamKey}` })).status).toBe(201);
    expect(app.media.stage.publishByRtmp(streamKey)).toBe(true);

    const fresh = await owner.call(accounts.resetStreamKey);
    await app.app.settle();
    expect((await app.media.stats(streamId)).state).toBe('interrupted');
    expect((await publish('/whip', { authorization: `Bearer ${streamKey}` })).status).toBe(401);
    expect(app.media.stage.publishByRtmp(streamKey)).toBe(false);
    expect((await publish('/whip', { authorization: `Bearer ${fresh.streamKey}` })).status).toBe(201);
    expect(app.media.stage.publishByRtmp(fresh.streamKey)).toBe(true);
  });
});

test('a hidden recording is listed for nobody but its creator', async () => {
  await owner.call(videos.updateVideo, { params: { id: videoId }, body: { title: 'Kept' } });
  const { items } = await app.stranger().call(videos.listVideos, { query: { creatorId: owner.id } });
  expect(items).toEqual([]);
});
