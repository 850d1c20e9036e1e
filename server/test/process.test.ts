/** The server as a process of its own: what it says, how it ends, with which exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connections, penalties, type UserId } from '@virgil/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cookieOf, TestClient } from './kit/client.ts';
import { type TestDatabase, testDatabase } from './kit/database.ts';

const MAIN = path.join(import.meta.dirname, '../src/main.ts');

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
  /** Resolves with the address once it is ready. */
  ready(): Promise<string>;
}

describe('the server process', () => {
  let storage: TestDatabase;
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    storage = await testDatabase();
    folder = await mkdtemp(path.join(tmpdir(), 'virgil-process-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0))
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await storage.drop();
    await rm(folder, { recursive: true, force: true });
  });

  function start(env: Record<string, string> = {}, args: string[] = []): Started {
    const child = spawn(process.execPath, [MAIN, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        ...(process.env.NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE } : {}),
        VIRGIL_MODE: 'test',
        VIRGIL_DATA: folder,
        DATABASE_URL: storage.urls.admin,
        PORT: '0',
        RTMP_PORT: '0',
        MEDIA_UDP_PORT: '0',
        LOG_LEVEL: 'warn',
        ...env,
      },
    });
    children.push(child);
    let text = '';
    const heard = Promise.withResolvers<string>();
    const hear = (chunk: Buffer) => {
      text += chunk.toString();
      const address = /Open +(https?:\/\/\S+)/.exec(text)?.[1];
      if (address !== undefined && text.includes('Ctrl+C')) heard.resolve(address);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const ended = once(child, 'close').then(([code]) => {
      heard.reject(new Error(`it ended (${code}):\n${text}`));
      return code as number | null;
    });
    heard.promise.catch(() => undefined); // who waits for it hears it
    return { child, ended, output: () => text, ready: () => heard.promise };
  }

  it('says where to open it and how to become admin, and ends in order on a signal', async () => {
    const server = start();
    const url = await server.ready();
    expect(server.output()).toContain(`${url}/setup?token=`);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.output()).not.toMatch(/"level":(40|50|60)/);
  }, 30_000);

  it('ends at once on a second signal', async () => {
    const server = start();
    const url = await server.ready();
    // A request that stays open keeps the orderly end waiting.
    const { port } = new URL(url);
    const { connect } = await import('node:net');
    const open = connect(Number(port), '127.0.0.1', () =>
      open.write('POST /api/auth/sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n'),
    );
    open.on('error', () => undefined); // it is cut
    await once(open, 'connect');
    server.child.kill('SIGINT');
    await expect.poll(server.output).toContain('Once more ends at once');
    server.child.kill('SIGINT');
    expect([130, 0]).toContain(await server.ended);
  }, 30_000);

  it('names a taken port and leaves with 69', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const server = start({ PORT: String(port) });
    expect(await server.ended).toBe(69);
    expect(server.output()).toContain(`Port ${port} is taken`);
    expect(server.output()).not.toContain('    at ');
    other.close();
  }, 30_000);

  it('names a mistake in the environment, without values, and leaves with 78', async () => {
    const server = start({ SMTP_URL: 'gopher://user:secret-password@host' });
    expect(await server.ended).toBe(78);
    expect(server.output()).toContain('SMTP_URL');
    expect(server.output()).not.toContain('secret-password');
  }, 30_000);

  it('speaks https with a certificate of its own, the same after a restart', async () => {
    const fingerprint = (url: string): Promise<string> =>
      new Promise((resolve, reject) => {
        get(`${url}/health`, { rejectUnauthorized: false }, (response) => {
          const socket = response.socket as import('node:tls').TLSSocket;
          expect(response.headers['strict-transport-security']).toBeDefined();
          resolve(socket.getPeerCertificate().fingerprint256);
          response.resume();
        }).on('error', reject);
      });
    const seen: string[] = [];
    for (let round = 0; round < 2; round++) {
      const server = start({ HOST: '127.0.0.1' }, ['--https']);
      const url = await server.ready();
      expect(url).toMatch(/^https:/);
      seen.push(await fingerprint(url));
      server.child.kill('SIGTERM');
      await server.ended;
    }
    expect(seen[0]).toBe(seen[1]);
  }, 60_000);

  it('is one of several: a ban that one decides ends within two seconds what is open at another', async () => {
    const admin = { VIRGIL_ADMIN_EMAIL: 'admin@example.org', VIRGIL_ADMIN_PASSWORD: 'a long admin password' };
    const here = await start({ ...admin, VIRGIL_RATE_LIMITS: 'off' }).ready();
    const there = await start({ VIRGIL_RATE_LIMITS: 'off' }).ready();
    const signedIn = async (url: string, path: string, body: object) => {
      const response = await new TestClient(url).auth(path, body);
      const { user } = (await response.json()) as { user: { id: UserId } };
      return { id: user.id, client: new TestClient(url, { cookie: cookieOf(response) }) };
    };
    const person = { name: 'Vic', email: 'vic@example.org', password: 'a long password' };
    const vic = await signedIn(there, '/sign-up/email', person);
    const ed = await signedIn(here, '/sign-in/email', {
      email: 'admin@example.org',
      password: 'a long admin password',
    });
    const socket = vic.client.socket();
    const told = Promise.withResolvers<unknown>();
    socket.on(connections.sessionEnded.name, told.resolve);
    await once(socket as unknown as NodeJS.EventEmitter, 'connect');
    const since = performance.now();
    await ed.client.call(penalties.banUser, { params: { id: vic.id }, body: { reason: 'Fake giveaways.' } });
    expect(await told.promise).toEqual({ reason: 'banned' });
    expect(performance.now() - since).toBeLessThan(2_000);
    expect((await vic.client.attempt(penalties.listOwnPenalties)).body.active).toHaveLength(1);
    socket.close();
  }, 60_000);
});
