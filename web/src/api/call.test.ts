import { accounts, channels, livestreams } from '@virgil/contract';
import { afterEach, expect, test, vi } from 'vitest';
import { addressOf, call } from './call.ts';
import { ApiProblem } from './problem.ts';

afterEach(() => vi.unstubAllGlobals());

function answerWith(response: Response | Error) {
  const fetch = vi.fn(async (_address: string, _request: RequestInit) => {
    if (response instanceof Error) throw response;
    return response;
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });

test('params are put into the path, encoded', () => {
  expect(addressOf(channels.getChannel, { params: { id: 'a/b?c' } })).toBe('/api/v1/channels/a%2Fb%3Fc');
});

test('a query leaves out what is not set', () => {
  expect(addressOf(livestreams.listActive, { query: { realm: 'inferno', q: undefined, cursor: '', limit: 3 } })).toBe(
    '/api/v1/livestreams/active?realm=inferno&limit=3',
  );
});

test('a missing param is a mistake of ours, not a request', () => {
  expect(() => addressOf(channels.getChannel, {})).toThrow(/channels.get needs the parameter id/);
});

test('a body goes out as JSON and the answer comes back parsed', async () => {
  const fetch = answerWith(json(201, { url: 'https://x', expiresAt: '2026-11-20T10:00:00.000Z', secret: 'dropped' }));
  const answer = await call(accounts.issueResetLink, { params: { id: 'u1' } });
  expect(answer).toEqual({ url: 'https://x', expiresAt: '2026-11-20T10:00:00.000Z' });
  expect(fetch.mock.calls[0]?.[0]).toBe('/api/admin/users/u1/reset-link');
});

test('an upload goes out as the one file field of the operation', async () => {
  const fetch = answerWith(json(403, { type: 'x', title: 'x', status: 403, code: 'not_allowed' }));
  await expect(call(accounts.setAvatar, { file: new Blob(['x']) })).rejects.toMatchObject({ code: 'not_allowed' });
  const body = fetch.mock.calls[0]?.[1].body;
  expect(body).toBeInstanceOf(FormData);
  expect((body as FormData).has('avatar')).toBe(true);
});

test('an operation without output gives nothing for 204', async () => {
  answerWith(new Response(null, { status: 204 }));
  await expect(call(channels.moderatorGrants.revoke, { params: { id: 'c', userId: 'u' } })).resolves.toBeUndefined();
});

test('a problem document becomes an ApiProblem with its code, fields and waiting time', async () => {
  answerWith(
    json(429, {
      type: 'x',
      title: 'x',
      status: 429,
      code: 'rate_limited',
      retryAfterMs: 1500,
      errors: [{ path: 'a', message: 'b' }],
    }),
  );
  const problem = await call(accounts.getMe, {}).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({ code: 'rate_limited', retryAfterMs: 1500, fields: [{ path: 'a', message: 'b' }] });
});

test('no answer at all is being offline, an answer of a proxy likewise', async () => {
  answerWith(new TypeError('Failed to fetch'));
  await expect(call(accounts.getMe, {})).rejects.toMatchObject({ code: 'offline' });
  answerWith(new Response('<html>Bad gateway</html>', { status: 502 }));
  await expect(call(accounts.getMe, {})).rejects.toMatchObject({ code: 'offline' });
});

test('an answer that breaks the contract is our failure, not half an object', async () => {
  answerWith(json(200, { id: 'u1' }));
  await expect(call(accounts.getMe, {})).rejects.toMatchObject({ code: 'internal' });
});

test('an aborted request stays an abort', async () => {
  answerWith(new DOMException('gone', 'AbortError'));
  await expect(call(accounts.getMe, {})).rejects.toMatchObject({ name: 'AbortError' });
});
