/**
 * Every operation of the contract, tried as everybody with good and bad input. Whatever the answer is, it must be one
 * the contract declares: its success, or a problem document with one of its codes. Never a failure of ours.
 */
import { errorsOf, OPERATIONS, type Operation, PROBLEM_STATUS, problemDocument, successOf } from '@virgil/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cookieOf, type TestApp, TestClient, testApp } from './kit/app.ts';
import { exampleOf, type Input, makeWorld, NEVER_SUCCEEDS, refreshWorld, type World } from './operation-examples.ts';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | FormData;
}

let app: TestApp;
let world: World;
let everybody: Map<string, TestClient>;

beforeAll(async () => {
  app = await testApp();
  world = await makeWorld(app);
  const banned = await app.signUp({ tier: 'pro' });
  await app.storage.sql(
    `insert into admin_penalties (id, user_id, severity, reason, issued_at) values ('p', $1, 'permanent', 'fraud', now())`,
    [banned.id],
  );
  everybody = new Map<string, TestClient>([
    ['stranger', app.stranger()],
    ['guest', app.guest()],
    ['banned', banned],
    ['key to moderate', await world.user.byApiKey(['moderate'])],
    ['key to read', await world.user.byApiKey(['read'])],
    ['user', world.user],
    ['moderator', await app.signUp({ role: 'moderator' })],
    ['admin', world.admin],
    ['owner', world.owner],
  ]);
}, 60_000);
afterAll(() => app.close());

const isEverybodys = (operation: Operation) => operation.who === 'anyone' || operation.who === 'test-mode';

async function send(client: TestClient, request: Sent): Promise<{ status: number; code: string | null }> {
  const response = await client.fetch(request.path, {
    method: request.method,
    headers: request.headers ?? {},
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const text = await response.text();
  if (response.status < 400) return { status: response.status, code: null };
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = problemDocument.parse(JSON.parse(text));
  expect(problem.status).toBe(response.status);
  expect(PROBLEM_STATUS[problem.code]).toBe(response.status);
  return { status: response.status, code: problem.code };
}

function requestOf(operation: Operation, input: Input): Sent {
  const path = operation.path.replace(/:([A-Za-z]+)/g, (_all, name: string) =>
    encodeURIComponent(input.params?.[name] ?? ''),
  );
  const search = new URLSearchParams(input.query);
  const to = search.size === 0 ? path : `${path}?${search}`;
  if (input.upload !== undefined && operation.upload !== undefined) {
    const form = new FormData();
    form.append(
      operation.upload.field,
      new Blob([Uint8Array.from(input.upload.bytes)], { type: input.upload.type }),
      'x',
    );
    return { method: operation.method, path: to, body: form };
  }
  if (input.body === undefined) return { method: operation.method, path: to };
  return { method: operation.method, path: to, headers: JSON_TYPE, body: JSON.stringify(input.body) };
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Requests that must be refused with `invalid`, `unsupported_media` or `too_large` by whoever may call at all. */
function badRequests(operation: Operation, good: Input): [string, Sent][] {
  const bad: [string, Sent][] = [
    ['an unknown query field', requestOf(operation, { ...good, query: { ...good.query, unknown: '1' } })],
  ];
  const fields = operation.query instanceof z.ZodObject ? Object.keys(operation.query.shape) : [];
  for (const name of fields.filter((field) => field === 'limit')) {
    for (const value of ['0', '-1', '1.5', '201', 'many', '1e999', '']) {
      bad.push([`${name}=${value}`, requestOf(operation, { ...good, query: { ...good.query, [name]: value } })]);
    }
  }
  for (const name of Object.keys(good.params ?? {})) {
    for (const value of ['x'.repeat(65), 'a b', 'ä', "'; drop table profiles --", '\u0000']) {
      bad.push([
        `${name} ${JSON.stringify(value)}`,
        requestOf(operation, { ...good, params: { ...good.params, [name]: value } }),
      ]);
    }
  }
  if (operation.upload !== undefined && operation.upload.beside === undefined) {
    bad.push(['JSON for a file', { ...requestOf(operation, {}), headers: JSON_TYPE, body: '{}' }]);
    const broken = 'multipart/form-data; boundary=x';
    bad.push([
      'a broken multipart',
      { ...requestOf(operation, {}), headers: { 'content-type': broken }, body: '--x\r\nnonsense' },
    ]);
    return bad;
  }
  if (operation.method === 'GET') return bad;
  if (operation.upload !== undefined) {
    const form = { 'content-type': 'multipart/form-data; boundary=x' };
    bad.push(['a broken multipart', { ...requestOf(operation, {}), headers: form, body: '--x\r\nnonsense' }]);
  }
  const plain = requestOf(operation, { ...good, body: {} });
  const withBody = (body: string, headers = JSON_TYPE): Sent => ({ ...plain, headers, body });
  bad.push(
    ['malformed JSON', withBody('{"')],
    ['a list', withBody('[1]')],
    ['a text', withBody('"text"')],
    ['an unknown field', withBody(JSON.stringify({ ...good.body, unknown: 1 }))],
    ['a prototype', withBody('{"__proto__": {"admin": true}}')],
    ['a form', withBody('a=b', { 'content-type': 'application/x-www-form-urlencoded' })],
    ['a megabyte', withBody(JSON.stringify({ ...good.body, unknown: 'x'.repeat(1_000_000) }))],
  );
  for (const [name, value] of Object.entries(good.body ?? {})) {
    for (const wrong of wrongFor(value)) {
      bad.push([
        `${name}: ${JSON.stringify(wrong)?.slice(0, 40)}`,
        withBody(JSON.stringify({ ...good.body, [name]: wrong })),
      ]);
    }
  }
  return bad;
}

/** Odd, but each may be fine: only the answer must be one that is declared. */
function oddRequests(operation: Operation, good: Input): [string, Sent][] {
  const fields = operation.query instanceof z.ZodObject ? Object.keys(operation.query.shape) : [];
  const cursors = [[], ['2026-01-01T00:00:00Z', 'a\u0000b'], [1, 'x'], [1e300, 'x'], ['x', 'y', 'z'], { a: 1 }, null];
  const odd = [
    ...ODD_TEXTS.flatMap((value) => fields.map((name) => [name, value] as const)),
    ...cursors.flatMap((value) => {
      const cursor = Buffer.from(JSON.stringify(value)).toString('base64url');
      return fields.filter((name) => name === 'cursor' || name === 'before').map((name) => [name, cursor] as const);
    }),
  ];
  return odd.map(([name, value]) => [
    `${name}=${JSON.stringify(value)}`,
    requestOf(operation, { ...good, query: { ...good.query, [name]: value } }),
  ]);
}

const ODD_TEXTS = ['', ' ', '\u0000', '%', '_%_', "' or 1=1 --", '\\', '\u202e', '💥'.repeat(25), 'true', '1e5', 'NaN'];

function wrongFor(value: unknown): unknown[] {
  const wrong: unknown[] = [null, [], { a: 1 }];
  if (typeof value !== 'string') wrong.push('text');
  else wrong.push(7, 'x'.repeat(20_000), 'half \ud800 a pair', 'a \u0000 zero');
  if (typeof value === 'number') wrong.push(-1, 1.5, 2 ** 60);
  return wrong;
}

it('serves every operation of the contract', () => {
  const bound = new Set(app.app.bindings.map((binding) => binding.operation.id));
  expect(OPERATIONS.map((operation) => operation.id).filter((id) => !bound.has(id))).toEqual([]);
});

describe.each(OPERATIONS.map((operation) => [operation.id, operation] as const))('%s', (_id, operation) => {
  const declared = new Set<string>(errorsOf(operation));
  beforeEach(async () => {
    world = await refreshWorld(app, world, operation);
  });

  const check = (answer: { status: number; code: string | null }, what: string) => {
    if (answer.code === null) expect([what, answer.status]).toEqual([what, successOf(operation)]);
    else expect([what, declared.has(answer.code), answer.code]).toEqual([what, true, answer.code]);
    expect([what, answer.code === 'internal' || answer.code === 'storage_unavailable']).toEqual([what, false]);
  };

  it('answers everybody with what it declares', async () => {
    const answers = new Map<string, { status: number; code: string | null }>();
    for (const [who, client] of everybody) {
      const answer = await send(client, requestOf(operation, exampleOf(operation, world)));
      check(answer, who);
      answers.set(who, answer);
    }
    for (const who of ['stranger', 'guest']) {
      if (!isEverybodys(operation)) expect([who, answers.get(who)?.code]).toEqual([who, 'sign_in_required']);
    }
    if (operation.who !== 'test-mode') {
      expect(answers.get('banned')?.code === 'banned').toBe(!operation.openToBanned);
      const without = operation.scope === 'moderate' ? 'key to read' : 'key to moderate';
      expect(answers.get(without)?.code).toBe('not_allowed');
    }
    if (operation.who === 'admin') {
      for (const who of ['user', 'moderator', 'owner'])
        expect([who, answers.get(who)?.code]).toEqual([who, 'not_allowed']);
    }
    const succeeded = [...answers.values()].some((answer) => answer.code === null);
    expect(succeeded).toBe(!NEVER_SUCCEEDS.includes(operation.id));
  });

  it('refuses bad input and says why', async () => {
    const good = exampleOf(operation, world);
    const callers = isEverybodys(operation) ? ['stranger'] : operation.who === 'admin' ? ['admin'] : ['owner', 'user'];
    for (const who of callers) {
      const client = everybody.get(who) ?? app.stranger();
      for (const [what, request] of badRequests(operation, good)) {
        const answer = await send(client, request);
        check(answer, `${who}, ${what}`);
        // An id that cannot be one may also simply not be found.
        expect([what, ['invalid', 'unsupported_media', 'too_large', 'not_found']]).toEqual([
          what,
          expect.arrayContaining([answer.code]),
        ]);
      }
    }
  });

  it('takes odd questions calmly', async () => {
    const client = operation.who === 'admin' ? world.admin : world.owner;
    for (const [what, request] of oddRequests(operation, exampleOf(operation, world))) {
      check(await send(client, request), what);
    }
  });

  it('asks who calls before it looks at what was sent', async () => {
    if (isEverybodys(operation)) return;
    for (const [what, request] of badRequests(operation, exampleOf(operation, world)).slice(0, 12)) {
      const answer = await send(app.stranger(), request);
      expect([what, answer.code]).toEqual([what, 'sign_in_required']);
    }
  });

  it('refuses foreign pages where it changes something, and methods it does not have', async () => {
    const request = requestOf(operation, exampleOf(operation, world));
    if (operation.method !== 'GET') {
      const foreign = { ...request, headers: { ...request.headers, origin: 'https://evil.example' } };
      expect((await send(world.owner, foreign)).code).toBe('origin_refused');
    }
    const response = await app.stranger().fetch(request.path, { method: 'PROPFIND' });
    expect([405, 404]).toContain(response.status);
  });
});

it('tells a session that was signed out elsewhere apart from one that lives', async () => {
  const person = await app.signUp();
  const second = await app.stranger().auth('/sign-in/email', { email: person.email, password: person.password });
  const other = new TestClient(app.url, { cookie: cookieOf(second) });
  expect((await other.auth('/revoke-other-sessions')).status).toBe(200);
  expect((await send(person, { method: 'GET', path: '/api/v1/me' })).code).toBe('sign_in_required');
  expect((await send(other, { method: 'GET', path: '/api/v1/me' })).status).toBe(200);
});
