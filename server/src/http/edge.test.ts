import { operation } from '@virgil/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Caller } from '../actor.ts';
import { AppError } from '../errors.ts';
import {
  answerUnknownPaths,
  bind,
  collectPaths,
  createHttpServer,
  createRateLimits,
  type Identify,
  registerOperations,
} from './index.ts';

const echo = operation({
  id: 'test.echo',
  method: 'POST',
  path: '/api/v1/echo/:id',
  who: 'anyone',
  scope: 'read',
  summary: 'Says it again.',
  params: z.strictObject({ id: z.string().max(10) }),
  query: z.strictObject({ loud: z.stringbool().optional() }),
  body: z.strictObject({ word: z.string().min(1) }),
  output: z.object({ word: z.string() }),
  errors: ['not_found'],
  audit: { none: 'a test' },
});
const members = operation({
  id: 'test.members',
  method: 'GET',
  path: '/api/v1/members',
  who: 'signed-in',
  scope: 'account',
  summary: 'For members.',
  output: z.object({ id: z.string() }),
  errors: [],
});
const upload = operation({
  id: 'test.upload',
  method: 'PUT',
  path: '/api/v1/picture',
  who: 'anyone',
  scope: 'account',
  summary: 'Takes a picture.',
  upload: { field: 'picture', maxBytes: 1000, types: ['image/png'] },
  output: z.object({ type: z.string(), size: z.int() }),
  errors: [],
  audit: { none: 'a test' },
});

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(64)]);

function multipart(field: string, bytes: Buffer, claimedType = 'image/png') {
  const form = new FormData();
  form.append(field, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: claimedType }), 'x.png');
  return form;
}

describe('the edge', () => {
  const scopes = new Set(['read'] as const);
  const identify: Identify = async (headers, { ip }): Promise<Caller> => {
    const base = { scopes, via: 'none', mustEnrolTwoFactor: false, isBanned: false, ip } as const;
    if (headers.authorization === undefined) return { ...base, actor: { kind: 'guest', guestId: null } };
    if (headers.authorization === 'Bearer bad') throw new AppError('sign_in_required');
    return { ...base, actor: { kind: 'person', userId: 'u1' as never, role: 'user' }, via: 'api-key' };
  };
  let url = '';
  let close: () => Promise<unknown>;

  beforeAll(async () => {
    const fastify = await createHttpServer({
      logger: pino({ level: 'silent' }),
      origin: { allowed: [] },
      secure: false,
    });
    const known = collectPaths(fastify);
    registerOperations(
      fastify,
      [
        bind(echo, async ({ body, params }) => {
          if (params.id === 'crash') throw new Error('secret insides');
          if (params.id === 'gone') throw new AppError('not_found', { detail: 'It is gone.' });
          return { word: params.id === 'wrong' ? (7 as unknown as string) : body.word, leaked: 'password' };
        }),
        bind(members, async ({ caller }) => ({ id: caller.actor.kind === 'person' ? caller.actor.userId : '' })),
        bind(upload, async ({ upload: file }) => ({ type: file.type, size: file.bytes.length })),
      ],
      { identify, rateLimits: createRateLimits(false), secureCookies: false, testMode: true },
    );
    answerUnknownPaths(fastify, known, async () => false);
    url = await fastify.listen({ port: 0, host: '127.0.0.1' });
    close = () => fastify.close();
  });
  afterAll(() => close());

  const post = (path: string, body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(url + path, { method: 'POST', body, headers });
  const problem = async (response: Response) => {
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const document = (await response.json()) as { status: number; code: string; errors?: { path: string }[] };
    expect(document.status).toBe(response.status);
    return document;
  };

  it('runs the handler with parsed input and cuts what the contract does not declare', async () => {
    const response = await post('/api/v1/echo/1', '{"word":"hello"}');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ word: 'hello' });
  });

  it('names every refused field, unknown ones too, in body and query', async () => {
    const document = await problem(await post('/api/v1/echo/1?quiet=1', '{"word":"","extra":1}'));
    expect(document.code).toBe('invalid');
    expect(document.errors?.map((error) => error.path).sort()).toEqual(['extra', 'quiet', 'word']);
  });

  it.each([
    ['malformed JSON', '{"word":', 'application/json', 400, 'invalid'],
    ['no body', '', 'application/json', 400, 'invalid'],
    ['an array', '[]', 'application/json', 400, 'invalid'],
    ['another content type', 'word=hello', 'application/x-www-form-urlencoded', 415, 'unsupported_media'],
    ['a body of a megabyte', JSON.stringify({ word: 'x'.repeat(1_000_000) }), 'application/json', 413, 'too_large'],
  ])('answers %s with a problem document', async (_what, body, type, status, code) => {
    const response = await post('/api/v1/echo/1', body, { 'content-type': type });
    expect(response.status).toBe(status);
    expect((await problem(response)).code).toBe(code);
  });

  it('never shows our insides: a crash and a wrong answer are both `internal`', async () => {
    for (const id of ['crash', 'wrong']) {
      const response = await post(`/api/v1/echo/${id}`, '{"word":"x"}');
      expect(response.status).toBe(500);
      expect(JSON.stringify(await problem(response))).not.toMatch(/secret|contract|stack/);
    }
  });

  it('passes a feature’s refusal on', async () => {
    expect((await problem(await post('/api/v1/echo/gone', '{"word":"x"}'))).code).toBe('not_found');
  });

  it('refuses a foreign origin on a state change, accepts its own and none', async () => {
    const json = { 'content-type': 'application/json' };
    const foreign = await post('/api/v1/echo/1', '{"word":"x"}', { ...json, origin: 'https://evil.example' });
    expect((await problem(foreign)).code).toBe('origin_refused');
    expect((await post('/api/v1/echo/1', '{"word":"x"}', { ...json, origin: url })).status).toBe(200);
    expect((await post('/api/v1/echo/1', '{"word":"x"}', { ...json, origin: 'null' })).status).toBe(403);
  });

  it('answers 404 to unknown paths and 405 with Allow to unknown methods', async () => {
    expect((await problem(await fetch(`${url}/api/v1/nothing`))).code).toBe('not_found');
    const wrong = await fetch(`${url}/api/v1/members`, { method: 'DELETE' });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await problem(wrong)).code).toBe('method_not_allowed');
    expect((await fetch(`${url}/api/v1/members`, { method: 'OPTIONS' })).status).toBe(204);
    expect((await problem(await fetch(`${url}/api/v1/%E0%A4%A`))).code).toBe('invalid');
  });

  it('asks who calls before it reads a body, and checks the scope of a key', async () => {
    expect((await problem(await fetch(`${url}/api/v1/members`))).code).toBe('sign_in_required');
    const authorization = 'Bearer key';
    expect((await problem(await fetch(`${url}/api/v1/members`, { headers: { authorization } }))).code).toBe(
      'not_allowed',
    );
    const bad = await fetch(`${url}/api/v1/members`, { headers: { authorization: 'Bearer bad' } });
    expect(bad.headers.get('www-authenticate')).toContain('Bearer');
    expect((await problem(bad)).code).toBe('sign_in_required');
  });

  it('gives a guest a cookie once', async () => {
    const first = await post('/api/v1/echo/1', '{"word":"x"}');
    const cookie = first.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^virgil_guest=[\w-]{22};.*HttpOnly; SameSite=Lax/);
    const again = await post('/api/v1/echo/1', '{"word":"x"}', {
      'content-type': 'application/json',
      cookie: cookie.split(';')[0] ?? '',
    });
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  it('looks at the bytes of an upload, not at its name', async () => {
    const put = (body: FormData | string) => fetch(`${url}/api/v1/picture`, { method: 'PUT', body });
    expect(await (await put(multipart('picture', PNG))).json()).toEqual({ type: 'image/png', size: PNG.length });
    expect((await problem(await put(multipart('picture', Buffer.from('<svg onload=x>'.repeat(3)))))).code).toBe(
      'unsupported_media',
    );
    expect((await problem(await put(multipart('other', PNG)))).code).toBe('invalid');
    expect((await problem(await put(multipart('picture', Buffer.concat([PNG, Buffer.alloc(2000)]))))).code).toBe(
      'too_large',
    );
    expect((await problem(await put('plain'))).code).toBe('unsupported_media');
    const none = await put(new FormData());
    expect(none.status).toBe(400);
  });

  it('answers bytes that are no HTTP with a problem document', async () => {
    const { connect } = await import('node:net');
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.on('close', () => resolve(received));
    });
    expect(text).toMatch(/^HTTP\/1.1 400/);
    expect(text).toContain('"code":"invalid"');
  });
});
