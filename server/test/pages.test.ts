/** What the server serves beside its operations: the web app, pages for operators, the reference. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from './kit/app.ts';

const HTML = { accept: 'text/html,application/xhtml+xml' };
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(5000))});`;

describe('pages', () => {
  let app: TestApp;
  let webFolder: string;
  beforeAll(async () => {
    webFolder = await mkdtemp(path.join(tmpdir(), 'virgil-web-'));
    await mkdir(path.join(webFolder, 'assets'));
    await writeFile(path.join(webFolder, 'index.html'), '<!doctype html><title>Virgil</title>');
    await writeFile(path.join(webFolder, 'assets/app-abc123.js'), SCRIPT);
    await writeFile(path.join(webFolder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    app = await testApp({ webFolder });
  });
  afterAll(async () => {
    await app.close();
    await rm(webFolder, { recursive: true });
  });

  it.each(['/', '/watch/some-stream', '/settings/account/appeals', '/c/dante?x=1'])(
    'answers the page %s with the app',
    async (page) => {
      const response = await app.stranger().fetch(page, { headers: HTML });
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await response.text()).toContain('<title>Virgil</title>');
      expect(response.headers.getSetCookie()[0]).toMatch(/^virgil_guest=[\w-]{22}; .*HttpOnly; SameSite=Lax/);
    },
  );

  it('lets no script in but its own', async () => {
    const policy = (await app.stranger().fetch('/', { headers: HTML })).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("media-src 'self' blob:");
    expect(policy).toContain("object-src 'none'");
  });

  it('keeps hashed files for good, compressed when asked', async () => {
    const response = await app.stranger().fetch('/assets/app-abc123.js', { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('br');
    // fetch has already unpacked it.
    expect(await response.text()).toBe(SCRIPT);
    const raw = await app.app.fastify.inject({ url: '/assets/app-abc123.js', headers: { 'accept-encoding': 'br' } });
    expect(brotliDecompressSync(raw.rawPayload).toString()).toBe(SCRIPT);
    expect(raw.rawPayload.length).toBeLessThan(200);
    const again = await app
      .stranger()
      .fetch('/assets/app-abc123.js', { headers: { 'if-none-match': raw.headers.etag as string } });
    expect(again.status).toBe(304);
  });

  it.each(['/api/v1/nothing', '/assets/gone.js', '/media/nothing', '/favicon.xyz'])(
    'is honest about %s',
    async (wrong) => {
      const response = await app.stranger().fetch(wrong, { headers: HTML });
      expect([response.status, response.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ]);
    },
  );

  it('gives away no file beside the app', async () => {
    for (const outside of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/assets/..%5c..%5cx',
      '/%00',
    ]) {
      const response = await app.app.fastify.inject({ url: outside });
      expect([outside, response.statusCode]).toEqual([outside, 404]);
    }
  });

  it('has a reference and its source', async () => {
    expect((await app.stranger().fetch('/docs')).headers.get('content-type')).toContain('text/html');
    expect((await app.stranger().fetch('/docs/reference.css')).headers.get('content-type')).toContain('text/css');
    expect(await (await app.stranger().fetch('/openapi.json')).json()).toMatchObject({ openapi: '3.1.1' });
  });
});

describe('pages for operators', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp({ env: { TRUST_PROXY: 'true' } });
  });
  afterAll(() => app.close());

  it('say that it lives and is ready', async () => {
    expect(await (await app.stranger().fetch('/health')).json()).toEqual({ status: 'ok' });
    const ready = await app.stranger().fetch('/ready');
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', dependencies: { database: 'ok', media: 'ok', classifier: 'ok', 'audit log': 'ok' } },
    ]);
  });

  it('show metrics to this machine and to admins, not to strangers behind a proxy', async () => {
    const metrics = await app.stranger().fetch('/metrics');
    expect(await metrics.text()).toContain('virgil_socket_connections');
    const forwarded = { headers: { 'x-forwarded-for': '203.0.113.9' } };
    expect((await app.stranger().fetch('/metrics', forwarded)).status).toBe(403);
    expect((await (await app.signUp()).fetch('/metrics', forwarded)).status).toBe(403);
    expect((await (await app.signUp({ role: 'admin' })).fetch('/metrics', forwarded)).status).toBe(200);
  });

  it('say which part is not ready when the database is away', async () => {
    const [here] = await app.storage.sql<{ name: string }>('select current_database() as name');
    await app.storage.sql(`alter database ${here?.name} connection limit 0`);
    try {
      await app.storage.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app' and datname = current_database()`,
      );
      const ready = await app.stranger().fetch('/ready');
      expect([ready.status, await ready.json()]).toMatchObject([
        503,
        { dependencies: { database: 'unavailable', media: 'ok' } },
      ]);
      expect((await app.stranger().fetch('/health')).status).toBe(200);
      const list = await app.stranger().fetch('/api/v1/livestreams/active');
      expect([list.status, await list.json()]).toMatchObject([503, { code: 'storage_unavailable' }]);
    } finally {
      await app.storage.sql(`alter database ${here?.name} connection limit -1`);
    }
    expect((await app.stranger().fetch('/ready')).status).toBe(200);
  });
});
