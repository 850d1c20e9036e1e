import { mkdtemp, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelId, StreamId, UserId } from '@virgil/contract';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import type { Caller } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { createHttpServer, createRateLimits } from '../../http/index.ts';
import { FakeMediaEngine } from '../../media/fake/index.ts';
import { createMediaAccess, type MediaDoor, type MediaGate, MediaTokens, TOKEN_LIFE_MS } from './index.ts';

const owner = 'owner' as UserId;
const patron = 'patron' as UserId;
const viewer = 'viewer' as UserId;
const open = 'open-stream' as StreamId;
const patronOnly = 'patron-stream' as StreamId;
const ended = 'ended-stream' as StreamId;
const HOST = 'virgil.test';

let engine: FakeMediaEngine;
let tokens: MediaTokens;
let door: MediaDoor;
let fastify: FastifyInstance;
let nowMs: number;
let patrons: Set<string>;
let recording: string;

const streamFacts = (id: StreamId) => ({
  id,
  channelId: owner as string as ChannelId,
  patronOnly: id === patronOnly,
  isActive: id !== ended,
});

const gate: MediaGate = {
  stream: async (id) => ([open, patronOnly, ended].includes(id) ? streamFacts(id) : null),
  mayWatchStream: async (stream, actor) =>
    !stream.patronOnly || (actor.kind === 'person' && patrons.has(actor.userId)) ? null : 'patron_required',
  mayPersonWatch: async (userId) => patrons.has(userId),
  ensureRoom: async (streamId) => engine.open({ streamId, record: false }),
  channelOfKey: async (key) => {
    if (key === 'key-live') return { channelId: owner as string as ChannelId, streamId: open };
    return key === 'key-idle' ? { channelId: 'idle' as ChannelId, streamId: null } : null;
  },
  video: async (id) =>
    id.startsWith('video')
      ? {
          id,
          channelId: owner as string as ChannelId,
          isOpen: id === 'video-open',
          isRemoved: false,
          path: recording,
          thumbnailPath: null,
        }
      : null,
  mayWatchVideo: async (_video, actor) =>
    actor.kind === 'person' && patrons.has(actor.userId) ? null : 'patron_required',
};

/** A cookie or bearer names the person; `key-…` are no API keys. */
async function identify(headers: IncomingHttpHeaders): Promise<Caller> {
  const bearer = headers.authorization?.replace('Bearer ', '');
  const name = bearer?.startsWith('api-') ? bearer.slice(4) : bearer === undefined ? headers.cookie : undefined;
  if (bearer !== undefined && name === undefined) throw new AppError('sign_in_required');
  const isBanned = name === 'banned';
  const rest = { mustEnrolTwoFactor: name === 'unenrolled', isBanned, ip: '127.0.0.1' };
  if (name === undefined) {
    return { ...rest, actor: { kind: 'guest', guestId: null }, scopes: new Set(['read']), via: 'none' };
  }
  const actor = { kind: 'person', userId: name as UserId, role: 'user' } as const;
  const via = bearer === undefined ? 'session' : 'api-key';
  return {
    ...rest,
    actor,
    scopes: new Set(via === 'session' ? ['read', 'stream'] : name === 'chatter' ? ['chat'] : ['read']),
    via,
  };
}

beforeEach(async () => {
  nowMs = Date.now();
  patrons = new Set([patron, owner]);
  engine = new FakeMediaEngine();
  tokens = new MediaTokens(new Uint8Array(32).fill(1), () => nowMs);
  const origin = { allowed: [] };
  door = createMediaAccess({ engine, gate, tokens, identify, origin, rateLimits: createRateLimits(true) });
  fastify = await createHttpServer({ logger: pino({ level: 'silent' }), origin, secure: false });
  await door.register(fastify);
  recording = join(await mkdtemp(join(tmpdir(), 'virgil-video-')), 'a.mp4');
  await writeFile(recording, '0123456789');
  for (const streamId of [open, patronOnly]) {
    await engine.open({ streamId, record: false });
    await engine.publish(streamId, sdpOffer());
    engine.stage.receive(streamId, 10_000);
  }
});
afterEach(async () => {
  await fastify.close();
  await engine.stop();
});

const ask = (method: InjectOptions['method'], url: string, headers: Record<string, string> = {}, payload?: string) =>
  fastify.inject({
    method: method ?? 'GET',
    url,
    headers: { host: HOST, ...(payload === undefined ? {} : { 'content-type': 'application/sdp' }), ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
const watch = (streamId: string, headers?: Record<string, string>, query = '') =>
  ask('POST', `/whep/${streamId}${query}`, headers, sdpOffer({ direction: 'recvonly' }));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const tokenFor = async (who: UserId, id: string = patronOnly, kind: 'stream' | 'video' = 'stream') =>
  (await tokens.mint(who, 'patron', { kind, id })).token;

describe('watching by WHEP', () => {
  test('a guest gets an answer for a public stream, and leaves by DELETE on the address it names', async () => {
    const answer = await watch(open);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['content-type']).toContain('application/sdp');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.body).toMatch(/^v=0/);
    const location = String(answer.headers.location);
    expect((await ask('DELETE', location)).statusCode).toBe(200);
    expect(engine.stage.viewers(open)).toEqual([]);
    expect((await ask('DELETE', location)).json()).toMatchObject({ code: 'not_found' });
  });

  test('a key without the scope to read, and an admin without a second factor, watch nothing', async () => {
    patrons.add('chatter').add('unenrolled');
    for (const headers of [bearer('api-chatter'), { cookie: 'unenrolled', origin: `http://${HOST}` }]) {
      expect((await watch(open, headers)).json()).toMatchObject({ status: 403, code: 'not_allowed' });
      expect((await ask('GET', '/media/videos/video-closed.mp4', headers)).statusCode).toBe(403);
    }
  });

  test('what is no offer, no stream or over is refused with a problem document', async () => {
    expect((await ask('POST', `/whep/${open}`, {}, 'hello')).json()).toMatchObject({ status: 400, code: 'invalid' });
    expect((await watch('unknown')).json()).toMatchObject({ status: 404, code: 'not_found' });
    expect((await watch(ended)).json()).toMatchObject({ status: 409, code: 'stream_ended' });
    const json = await ask('POST', `/whep/${open}`, { 'content-type': 'application/json' }, '{}');
    expect(json.json()).toMatchObject({ status: 415, code: 'unsupported_media' });
    const huge = await ask('POST', `/whep/${open}`, {}, `v=0${'x'.repeat(70_000)}`);
    expect(huge.json()).toMatchObject({ status: 413, code: 'too_large' });
    expect((await ask('PATCH', `/whep/${open}/some`, {}, 'a=candidate')).json()).toMatchObject({ status: 405 });
    engine.stage.fail('no worker');
    expect((await watch(open)).json()).toMatchObject({ status: 503, code: 'media_unavailable' });
  });

  test('a foreign page may preflight and post, but its visitor’s cookie counts for nothing', async () => {
    const preflight = await ask('OPTIONS', `/whep/${open}`, { origin: 'https://elsewhere.test' });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST, OPTIONS',
    });
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await watch(open, { origin: 'https://elsewhere.test' })).statusCode).toBe(201);
    const cookie = { cookie: patron };
    expect((await watch(patronOnly, { ...cookie, origin: `http://${HOST}` })).statusCode).toBe(201);
    expect((await watch(patronOnly, { ...cookie, origin: 'https://elsewhere.test' })).json().code).toBe(
      'patron_required',
    );
    expect((await watch(patronOnly, { ...cookie, 'sec-fetch-site': 'cross-site' })).json().code).toBe(
      'patron_required',
    );
  });

  test('an eleventh session of one person ends their first', async () => {
    for (let n = 0; n < 11; n++) expect((await watch(open, { cookie: viewer })).statusCode).toBe(201);
    expect(engine.stage.viewers(open)).toHaveLength(10);
  });

  test('sixty posts a minute are enough for one person', async () => {
    let last = 0;
    for (let n = 0; n < 61; n++) last = (await watch(open, { cookie: viewer })).statusCode;
    expect(last).toBe(429);
    expect((await watch(open, { cookie: 'somebody-else' })).statusCode).toBe(201);
  });

  test('a running stream whose room is missing gets one', async () => {
    await engine.close(open);
    expect((await watch(open)).statusCode).toBe(201);
  });
});

describe('the gate of a patron-only stream', () => {
  const paths: [string, (headers: Record<string, string>, query: string) => ReturnType<typeof ask>][] = [
    ['WHEP', (headers, query) => watch(patronOnly, headers, query)],
    ['playlist', (headers, query) => ask('GET', `/hls/${patronOnly}/index.m3u8${query}`, headers)],
    ['segment', (headers, query) => ask('GET', `/hls/${patronOnly}/seg-1.m4s${query}`, headers)],
    ['still', (headers, query) => ask('GET', `/media/streams/${patronOnly}/thumbnail/5.webp${query}`, headers)],
    ['recording', (headers, query) => ask('GET', `/media/videos/video-patrons.mp4${query}`, headers)],
  ];
  const tokenOn = (path: string, who = patron) =>
    path === 'recording' ? tokenFor(who, 'video-patrons', 'video') : tokenFor(who);

  test.each(paths)('%s opens with a token or a session, and with nothing less', async (path, get) => {
    const token = await tokenOn(path);
    const wrong = path === 'recording' ? await tokenFor(patron) : await tokenFor(patron, open);
    const status = async (headers: Record<string, string> = {}, query = '') => (await get(headers, query)).statusCode;
    expect({
      guest: await status(),
      viewer: await status({ cookie: viewer }),
      nonsense: await status(bearer('nonsense')),
      tokenOfAnother: await status({}, `?token=${wrong}`),
    }).toEqual({ guest: 403, viewer: 403, nonsense: 403, tokenOfAnother: 403 });
    expect((await get({}, '')).json()).toMatchObject({ code: 'patron_required' });
    const good = [await status(bearer(token)), await status({}, `?token=${token}`), await status({ cookie: patron })];
    expect(good.map((code) => Math.floor(code / 100))).toEqual([2, 2, 2]);
  });

  test.each(paths)('%s is shut to a platform-banned session', async (_path, get) => {
    patrons.add('banned');
    expect((await get({ cookie: 'banned' }, '')).json()).toMatchObject({ code: 'banned' });
  });

  test.each(paths)('%s is shut to an expired token', async (path, get) => {
    const token = await tokenOn(path);
    nowMs += TOKEN_LIFE_MS;
    expect((await get({}, `?token=${token}`)).statusCode).toBe(403);
  });

  test.each(paths)('%s is shut at once to someone whose access was revoked', async (path, get) => {
    const token = await tokenOn(path);
    expect((await get({}, `?token=${token}`)).statusCode).toBeLessThan(300);
    patrons.delete(patron);
    await door.revokeViewer(patron);
    expect((await get({}, `?token=${token}`)).statusCode).toBe(403);
    expect(engine.stage.viewers(patronOnly)).toEqual([]);
  });

  test('a playlist hands its token on to what it lists', async () => {
    const token = await tokenFor(patron);
    const playlist = await ask('GET', `/hls/${patronOnly}/index.m3u8?token=${token}`);
    expect(playlist.body).toContain(`video.m3u8?token=${token}`);
    expect(playlist.headers['cache-control']).toBe('no-cache');
    const segment = await ask('GET', `/hls/${patronOnly}/seg-1.m4s?token=${token}`);
    expect(segment.headers['cache-control']).toBe('private, max-age=3600, immutable');
  });
});

describe('HLS', () => {
  test('answers players of any page, without credentials', async () => {
    const answer = await ask('GET', `/hls/${open}/index.m3u8`, { origin: 'https://elsewhere.test' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cache-control': 'no-cache' });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    const segment = await ask('GET', `/hls/${open}/seg-1.m4s`);
    expect(segment.headers['cache-control']).toBe('public, max-age=3600, immutable');
  });

  test.each([
    ['/hls/open-stream/nothing.m4s', 404, 'not_found'],
    ['/hls/open-stream/..%2f..%2fetc%2fpasswd', 404, 'not_found'],
    ['/hls/ended-stream/index.m3u8', 404, 'not_found'],
    ['/hls/open-stream/video.m3u8?_HLS_msn=99', 400, 'invalid'],
    ['/hls/open-stream/video.m3u8?_HLS_msn=-1', 400, 'invalid'],
    ['/hls/open-stream/video.m3u8?_HLS_msn=1&_HLS_part=x', 400, 'invalid'],
  ])('%s answers %d %s', async (url, status, code) => {
    expect((await ask('GET', url)).json()).toMatchObject({ status, code });
  });
});

describe('publishing by WHIP', () => {
  const publish = (url: string, headers: Record<string, string>) => ask('POST', url, headers, sdpOffer());

  test.each<[string, string, Record<string, string>, number]>([
    ['a stream key finds its started stream', '/whip', bearer('key-live'), 201],
    ['the key of a channel that has not started', '/whip', bearer('key-idle'), 409],
    ['an unknown key', '/whip', bearer('key-wrong'), 401],
    ['no key', '/whip', {}, 401],
    ['the channel’s key names its stream', `/whip/${open}`, bearer('key-live'), 201],
    ['another channel’s key', `/whip/${open}`, bearer('key-idle'), 403],
    ['the owner’s session', `/whip/${open}`, { cookie: owner, origin: `http://${HOST}` }, 201],
    ['the owner’s session on a foreign page', `/whip/${open}`, { cookie: owner, origin: 'https://evil.test' }, 401],
    ['somebody else’s session', `/whip/${open}`, { cookie: viewer }, 403],
    ['the owner’s API key without the scope', `/whip/${open}`, bearer('api-owner'), 403],
    ['a stranger', `/whip/${open}`, {}, 401],
    ['a stream that is not there', '/whip/unknown', { cookie: owner }, 404],
    ['a stream that ended', `/whip/${ended}`, { cookie: owner }, 409],
  ])('%s', async (_what, url, headers, status) => {
    expect((await publish(url, headers)).statusCode).toBe(status);
  });

  test('the session’s address ends it', async () => {
    const answer = await publish('/whip', bearer('key-live'));
    expect((await ask('DELETE', String(answer.headers.location))).statusCode).toBe(200);
    expect((await engine.stats(open)).state).toBe('interrupted');
  });
});

describe('recordings', () => {
  const file = (headers: Record<string, string> = {}) => ask('GET', '/media/videos/video-open.mp4', headers);

  test('come whole, in ranges, and not again when unchanged', async () => {
    const whole = await file();
    expect([whole.statusCode, whole.body, whole.headers['accept-ranges']]).toEqual([200, '0123456789', 'bytes']);
    const part = await file({ range: 'bytes=2-4' });
    expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    expect(part.headers['content-length']).toBe('3');
    const tail = await file({ range: 'bytes=-3' });
    expect([tail.statusCode, tail.body]).toEqual([206, '789']);
    const beyond = await file({ range: 'bytes=10-' });
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
    expect((await file({ 'if-none-match': String(whole.headers.etag) })).statusCode).toBe(304);
    expect((await file({ range: 'bytes=2-4', 'if-range': '"another"' })).statusCode).toBe(200);
    const head = await ask('HEAD', '/media/videos/video-open.mp4');
    expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([200, '', '10']);
  });

  test('that are unknown, or not on disk, are not found', async () => {
    expect((await ask('GET', '/media/videos/nothing.mp4')).json()).toMatchObject({ code: 'not_found' });
    recording = join(tmpdir(), 'virgil-not-there.mp4');
    expect((await file()).json()).toMatchObject({ code: 'not_found' });
  });
});

test('stills count back from the newest, for those who may see them', async () => {
  const still = await ask('GET', `/media/streams/${open}/thumbnail/5.webp`);
  expect([still.statusCode, still.headers['content-type']]).toEqual([200, 'image/webp']);
  expect((await ask('GET', `/media/streams/${open}/thumbnail/6.webp`)).statusCode).toBe(404);
});
