import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accounts, instance, livestreams, notifications } from '@virgil/contract';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { cookieOf, type TestApp, TestClient, testApp } from '../../../test/kit/app.ts';
import { createOtp } from '../../../test/kit/one-time-password.ts';
import { createApp } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { FakeMediaEngine } from '../../media/fake/index.ts';

describe('the first admin', () => {
  let app: TestApp;
  afterEach(() => app.close());

  /** A second server on the same database, up and down again. */
  async function startAgain(env: Record<string, string>): Promise<void> {
    const VIRGIL_DATA = await mkdtemp(path.join(tmpdir(), 'virgil-again-'));
    const config = readConfig({ VIRGIL_MODE: 'test', PORT: '0', VIRGIL_DATA, LOG_LEVEL: 'silent', ...env });
    const again = await createApp(config, {
      storage: { ...app.storage, close: async () => undefined },
      engine: new FakeMediaEngine(),
      logger: pino({ level: 'silent' }),
    });
    await again.close();
    await rm(VIRGIL_DATA, { recursive: true });
  }

  it('comes in by the link of the terminal, which works once', async () => {
    app = await testApp();
    expect((await app.guest().call(instance.getInstance)).setupNeeded).toBe(true);
    const { setupLink } = await app.app.notes();
    const token = new URL(setupLink ?? '').searchParams.get('token') ?? '';
    const redeem = (who: string, by = token) =>
      app.stranger().attempt(accounts.redeemSetup, {
        body: { token: by, email: `${who}@example.org`, password: 'a long password', displayName: who },
      });
    expect((await redeem('Nobody', 'x'.repeat(32))).problem?.code).toBe('not_found');

    const answers = await Promise.all([redeem('Rhadamanthys'), redeem('Aiakos')]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect((await redeem('Late')).problem?.code).toBe('already_decided');
    expect(await app.storage.sql(`select role, tier from profiles where role = 'admin'`)).toEqual([
      { role: 'admin', tier: 'premium' },
    ]);
    expect((await app.guest().call(instance.getInstance)).setupNeeded).toBe(false);
    expect((await app.app.notes()).setupLink).toBeNull();
  });

  it('comes in once: a link that was not used in time makes no second one, and no account', async () => {
    app = await testApp();
    const token = new URL((await app.app.notes()).setupLink ?? '').searchParams.get('token') ?? '';
    await app.signUp({ role: 'admin' });
    const late = { token, email: 'late@example.org', password: 'a long password', displayName: 'Late' };
    const answer = await app.stranger().attempt(accounts.redeemSetup, { body: late });
    expect(answer.problem?.code).toBe('already_decided');
    const signIn = await app.stranger().auth('/sign-in/email', { email: late.email, password: late.password });
    expect(signIn.status).toBe(401);
  });

  it('from the environment makes the links of earlier starts worth nothing', async () => {
    app = await testApp();
    await app.app.notes();
    const person = await app.signUp();
    const unused = () => app.storage.sql('select token_hash from setup_tokens where used_at is null');
    expect(await unused()).toHaveLength(1);
    await startAgain({ VIRGIL_ADMIN_EMAIL: person.email, VIRGIL_ADMIN_PASSWORD: 'a long password' });
    expect((await person.call(accounts.getMe)).role).toBe('admin');
    expect(await unused()).toEqual([]);
  });

  it('comes from the environment, and is there once after every start', async () => {
    const env = { VIRGIL_ADMIN_EMAIL: 'Admin@example.org', VIRGIL_ADMIN_PASSWORD: 'a long password' };
    app = await testApp({ env });
    const signIn = await app
      .stranger()
      .auth('/sign-in/email', { email: 'admin@example.org', password: 'a long password' });
    const admin = new TestClient(app.url, { cookie: cookieOf(signIn) });
    expect(await admin.call(accounts.getMe)).toMatchObject({ role: 'admin', tier: 'premium' });
    expect((await app.app.notes()).setupLink).toBeNull();
  });

  it('must have a second factor in production before anything else', async () => {
    const env = {
      VIRGIL_MODE: 'production',
      HOST: '127.0.0.1',
      VIRGIL_CLASSIFIER: 'local',
      VIRGIL_RATE_LIMITS: 'on',
      VIRGIL_ADMIN_EMAIL: 'admin@example.org',
      VIRGIL_ADMIN_PASSWORD: 'a long password',
    };
    app = await testApp({ env });
    const credentials = { email: 'admin@example.org', password: 'a long password' };
    const admin = new TestClient(app.url, {
      cookie: cookieOf(await app.stranger().auth('/sign-in/email', credentials)),
    });
    expect((await admin.call(accounts.getMe)).mustEnrolTwoFactor).toBe(true);
    expect((await admin.call(instance.getInstance)).setupNeeded).toBe(false);
    const closed = [
      admin.attempt(accounts.listUsers),
      admin.attempt(accounts.updateMe, { body: { bio: 'x' } }),
      admin.attempt(accounts.createApiKey, { body: { name: 'Around it', scopes: ['admin'] } }),
      admin.attempt(notifications.listNotifications),
      admin.attempt(livestreams.listActive),
      admin.attempt(livestreams.startLivestream, { body: { title: 'Not yet' } }),
    ];
    for (const answer of await Promise.all(closed)) {
      expect(answer.problem).toMatchObject({ code: 'not_allowed', detail: expect.stringContaining('second factor') });
    }

    const enabled = await admin.auth('/two-factor/enable', { password: credentials.password });
    const { totpURI } = (await enabled.json()) as { totpURI: string };
    const verified = await admin.auth('/two-factor/verify-totp', { code: createOtp(totpURI) });
    expect(verified.status).toBe(200);
    const enrolled = new TestClient(app.url, { cookie: cookieOf(verified) });
    expect((await enrolled.call(accounts.getMe)).mustEnrolTwoFactor).toBe(false);
    expect((await enrolled.attempt(accounts.listUsers)).status).toBe(200);

    const first = await app.stranger().auth('/sign-in/email', credentials);
    expect(await first.json()).toMatchObject({ twoFactorRedirect: true });
    const half = new TestClient(app.url, { cookie: cookieOf(first) });
    expect((await half.attempt(accounts.getMe)).problem?.code).toBe('sign_in_required');
    expect((await half.auth('/two-factor/verify-totp', { code: '000000' })).status).toBe(401);
    const second = await half.auth('/two-factor/verify-totp', { code: createOtp(totpURI) });
    expect((await new TestClient(app.url, { cookie: cookieOf(second) }).attempt(accounts.listUsers)).status).toBe(200);
  });
});
