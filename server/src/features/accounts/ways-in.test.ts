import { accounts, instance } from '@virgil/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { cookieOf, type TestApp, TestClient, testApp } from '../../../test/kit/app.ts';
import { Authenticator } from '../../../test/kit/authenticator.ts';
import { mailServer } from '../../../test/kit/mail-server.ts';

describe('ways in beside a password', () => {
  let app: TestApp;
  afterEach(() => app.close());

  it('is a passkey: made while signed in, then enough by itself', async () => {
    app = await testApp();
    const person = await app.signUp();
    const device = new Authenticator(app.url);
    const browser = (client: TestClient, path: string, body: unknown) =>
      client.fetch(`/api/auth/passkey${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: app.url },
        body: JSON.stringify(body),
      });

    const asked = await person.fetch('/api/auth/passkey/generate-register-options');
    const holding = new TestClient(app.url, { cookie: `${person.headers.cookie}; ${cookieOf(asked)}` });
    const made = await browser(holding, '/verify-registration', {
      response: device.register((await asked.json()) as Parameters<Authenticator['register']>[0]),
    });
    expect([made.status, await made.json()]).toMatchObject([200, { userId: person.id }]);

    const signInWith = async (by: Authenticator) => {
      const challenge = await app.stranger().fetch('/api/auth/passkey/generate-authenticate-options');
      const response = by.use((await challenge.json()) as Parameters<Authenticator['use']>[0]);
      const visitor = new TestClient(app.url, { cookie: cookieOf(challenge) });
      return browser(visitor, '/verify-authentication', { response });
    };
    expect((await signInWith(new Authenticator(app.url))).ok).toBe(false);
    const signedIn = await signInWith(device);
    expect(signedIn.status).toBe(200);
    expect(await new TestClient(app.url, { cookie: cookieOf(signedIn) }).call(accounts.getMe)).toMatchObject({
      id: person.id,
    });
    await app.settle();
    const types = await app.storage.sql<{ type: string }>(
      `select type from audit_index where entity_id = $1 order by seq`,
      [person.id],
    );
    expect(types.map(({ type }) => type)).toEqual([
      'ACCOUNT_CREATED',
      'ACCOUNT_SIGNED_IN',
      'PASSKEY_ADDED',
      'ACCOUNT_SIGNED_IN',
    ]);
  });

  it('is Twitch, where the instance has an agreement with it', async () => {
    app = await testApp({ env: { TWITCH_CLIENT_ID: 'our-id', TWITCH_CLIENT_SECRET: 'our-secret' } });
    expect((await app.guest().call(instance.getInstance)).signIn.twitch).toBe(true);
    const answer = await app.stranger().auth('/sign-in/social', { provider: 'twitch', callbackURL: '/' });
    const { url } = (await answer.json()) as { url: string };
    expect(new URL(url).origin).toBe('https://id.twitch.tv');
    expect(new URL(url).searchParams.get('redirect_uri')).toBe(`${app.url}/api/auth/callback/twitch`);
    const elsewhere = await app
      .stranger()
      .auth('/sign-in/social', { provider: 'twitch', callbackURL: 'https://evil.example/' });
    expect(elsewhere.status).toBe(403);
  });
});

describe('with e-mail', () => {
  let app: TestApp;
  afterEach(() => app.close());

  it('an address is confirmed before its person comes in, and a forgotten password is replaced by a link', async () => {
    const mail = await mailServer();
    app = await testApp({ env: { SMTP_URL: mail.url } });
    expect((await app.guest().call(instance.getInstance)).signIn.emailReset).toBe(true);
    const [email, password] = ['pia@example.org', 'a long password'];
    const signIn = (by: string) => app.stranger().auth('/sign-in/email', { email, password: by });

    const signUp = await app.stranger().auth('/sign-up/email', { name: 'Pia', email, password });
    expect([signUp.status, cookieOf(signUp)]).toEqual([200, '']);
    expect((await signIn(password)).status).toBe(403);
    const again = await app.stranger().auth('/sign-up/email', { name: 'Other', email, password });
    expect(again.status).toBe(200);

    const confirmed = await fetch((await mail.to(email)).link, { redirect: 'manual' });
    const pia = new TestClient(app.url, { cookie: cookieOf(confirmed) });
    expect(await pia.call(accounts.getMe)).toMatchObject({ displayName: 'Pia', emailVerified: true });
    expect((await signIn(password)).status).toBe(200);

    await app.stranger().auth('/request-password-reset', { email, redirectTo: '/reset-password' });
    await expect.poll(async () => (await mail.to(email)).link).toContain('/reset-password?token=');
    const token = new URL((await mail.to(email)).link).searchParams.get('token');
    expect((await app.stranger().auth('/reset-password', { token, newPassword: 'another long one' })).status).toBe(200);
    expect([(await signIn(password)).status, (await signIn('another long one')).status]).toEqual([401, 200]);
    mail.close();
  });

  it('nobody learns whether an address is known', async () => {
    const mail = await mailServer();
    app = await testApp({ env: { SMTP_URL: mail.url } });
    await app
      .stranger()
      .auth('/sign-up/email', { name: 'Nella', email: 'nella@example.org', password: 'a long password' });
    const [known, unknown] = await Promise.all(
      ['nella@example.org', 'nobody@example.org'].map((email) =>
        app.stranger().auth('/request-password-reset', { email }),
      ),
    );
    expect([known?.status, await known?.text()]).toEqual([unknown?.status, await unknown?.text()]);
    mail.close();
  });
});
