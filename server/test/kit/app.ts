/** The whole server in this process, on a port and a database of its own, in test mode, with a fake media engine. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PlatformRole, Tier, UserId } from '@virgil/contract';
import { testing } from '@virgil/contract';
import { pino } from 'pino';
import { type App, type AppOverrides, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createTestClock } from '../../src/db/index.ts';
import { FakeMediaEngine } from '../../src/media/fake/index.ts';
import { cookieOf, SignedIn, TestClient } from './client.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export { cookieOf, SignedIn, TestClient } from './client.ts';

export interface TestAppOptions extends Pick<AppOverrides, 'classifier' | 'logger' | 'webFolder'> {
  /** Environment beside the usual of tests. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface NewPerson {
  readonly name?: string;
  readonly tier?: Tier;
  readonly role?: PlatformRole;
  readonly password?: string;
}

export interface TestApp {
  readonly url: string;
  readonly app: App;
  readonly storage: TestDatabase;
  /** Keys, pictures, recordings and archives of this server. */
  readonly dataFolder: string;
  readonly media: FakeMediaEngine;
  /** Signs up over HTTP; tier and role are given in the database, as an admin would. */
  signUp(person?: NewPerson): Promise<SignedIn>;
  /** Not signed in, with a guest cookie of its own. */
  guest(): TestClient;
  /** No cookie at all: a program. */
  stranger(): TestClient;
  /** Moves the product clock and waits for what falls due. */
  advance(ms: number): Promise<Date>;
  /** What was announced has been followed. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'virgil-app-'));
  const clock = createTestClock();
  const storage = await testDatabase({ clock });
  const media = new FakeMediaEngine();
  const config = readConfig({
    VIRGIL_MODE: 'test',
    PORT: '0',
    VIRGIL_DATA: dataFolder,
    VIRGIL_CLASSIFIER: 'scripted',
    VIRGIL_RATE_LIMITS: 'off',
    // Where nobody listens: off until an admin turns it on, and then without an answer.
    // Production takes no other address for it.
    ...(options.env?.VIRGIL_MODE === 'production'
      ? {}
      : { OPENAI_API_KEY: 'sk-nobody', OPENAI_API_URL: 'http://127.0.0.1:9' }),
    LOG_LEVEL: 'warn',
    ...options.env,
  });
  const app = await createApp(config, {
    // VIRGIL_TEST_LOG=1 lets the server speak.
    logger: options.logger ?? pino({ level: process.env.VIRGIL_TEST_LOG === '1' ? 'debug' : 'silent' }),
    storage,
    clock,
    engine: media,
    webFolder: options.webFolder ?? path.join(dataFolder, 'no-web-app'),
    ...(options.classifier === undefined ? {} : { classifier: options.classifier }),
  });
  await app.listen();
  const { url } = app;
  let people = 0;

  return {
    url,
    app,
    storage,
    dataFolder,
    media,
    async signUp(person = {}) {
      const unique = `${++people}${randomBytes(3).toString('hex')}`;
      const name = person.name ?? `Person ${unique}`;
      const email = `${unique}@example.org`;
      const password = person.password ?? `password of ${unique}`;
      const response = await new TestClient(url).auth('/sign-up/email', { name, email, password });
      if (!response.ok) throw new Error(`sign-up of ${name}: ${response.status} ${await response.text()}`);
      const { user } = (await response.json()) as { user: { id: UserId } };
      if (person.tier !== undefined || person.role !== undefined) {
        await storage.sql(
          'update profiles set tier = coalesce($2, tier), granted_tier = coalesce($2, granted_tier), role = coalesce($3, role) where id = $1',
          [user.id, person.tier ?? null, person.role ?? null],
        );
      }
      return new SignedIn(url, { id: user.id, name, email, password, cookie: cookieOf(response) });
    },
    guest: () => new TestClient(url, { cookie: `virgil_guest=${randomBytes(16).toString('base64url')}` }),
    stranger: () => new TestClient(url),
    async advance(ms) {
      const { now } = await new TestClient(url).call(testing.advanceClock, { body: { advanceMs: ms } });
      return new Date(now);
    },
    settle: () => app.settle(),
    async close() {
      await app.close();
      await storage.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
