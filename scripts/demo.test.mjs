import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from './setup/paths.mjs';
import { endAll, run, startEnvironment } from './testing/started.mjs';

let folder;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'virgil demo '));
});
afterEach(async () => {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const post = (env, place, body) =>
  fetch(`http://127.0.0.1:${env.PORT}${place}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${env.PORT}` },
    body: JSON.stringify(body),
  });
const get = async (env, place, headers = {}) =>
  (await fetch(`http://127.0.0.1:${env.PORT}${place}`, { headers })).json();

/** Reads as somebody of the demo. */
const readerOf = async (env, email, password) => {
  const response = await post(env, '/api/auth/sign-in/email', { email, password });
  const cookie = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  return (place) => get(env, place, { cookie: cookie.join('; ') });
};

it('shows a living product, and leaves the data folder to its real people', { timeout: 240_000 }, async () => {
  // This folder is there before the demo, so it must be there after it.
  const env = { ...(await startEnvironment(folder, '.')), VIRGIL_DATA: folder };
  const real = { name: 'A real person', email: 'real@person.example', password: 'a long password' };

  const demo = run(root, 'scripts/demo.mjs', [], { env });
  await demo.says('The demo is live');
  const password = /Password\s+(\S+)/.exec(demo.said())[1];
  const { items } = await get(env, '/api/v1/livestreams/active');
  expect(items.map(({ danteRealm }) => danteRealm).sort()).toEqual(['inferno', 'paradiso', 'purgatorio']);
  expect(items.every(({ viewers }) => viewers >= 3)).toBe(true);
  const history = await get(env, `/api/v1/livestreams/${items[0].id}/chat`);
  expect(history.items.length).toBeGreaterThan(0);
  if (!demo.said().includes('node-av is not here')) {
    const isOn = async () =>
      (await get(env, '/api/v1/livestreams/active')).items.some(({ mediaState }) => mediaState === 'live');
    await expect.poll(isOn, { timeout: 60_000, interval: 300 }).toBe(true);
  }
  expect((await get(env, '/api/v1/instance')).demo).toBe(true);

  // Something to decide for everybody who decides: held lines, one passed on, an appeal that an admin asked about.
  const asAdmin = await readerOf(env, 'admin@demo.virgil.example', password);
  const open = async () => (await asAdmin('/api/admin/appeals')).items.map(({ messages }) => messages);
  await expect.poll(open, { timeout: 60_000, interval: 300 }).toEqual([1]);
  expect((await asAdmin('/api/admin/escalations')).items).toMatchObject([{ trigger: 'threats' }]);
  const asModerator = await readerOf(env, 'moderator@demo.virgil.example', password);
  const held = (await asModerator('/api/v1/moderation/queue')).items.map(({ category }) => category);
  expect(held.sort()).toEqual(expect.arrayContaining(['sexual', 'spam', 'threat']));
  const asViewer = await readerOf(env, 'viewer@demo.virgil.example', password);
  expect((await asViewer('/api/v1/messages')).counts.unread).toBe(3);

  expect((await post(env, '/api/auth/sign-up/email', real)).status).toBe(200);
  demo.kill('SIGTERM');
  expect((await demo.ended).code).toBe(0);

  const removed = await run(root, 'scripts/demo.mjs', ['--remove'], { env }).ended;
  expect(removed).toMatchObject({ code: 0, said: expect.stringMatching(/^14 demo accounts/m) });
  expect(existsSync(folder)).toBe(true);

  const server = run(root, 'scripts/start.mjs', [], { env });
  await server.says('Virgil is ready');
  expect((await get(env, '/api/v1/livestreams/active')).items).toEqual([]);
  expect((await get(env, '/api/v1/instance')).demo).toBe(false);
  expect((await post(env, '/api/auth/sign-in/email', real)).status).toBe(200);
  const gone = { email: 'viewer@demo.virgil.example', password };
  expect((await post(env, '/api/auth/sign-in/email', gone)).status).toBe(401);
});
