import { setTimeout as sleep } from 'node:timers/promises';
import { accounts, connections } from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieOf, type SignedIn, type TestApp, TestClient, testApp } from '../../../test/kit/app.ts';
import { createOtp } from '../../../test/kit/one-time-password.ts';

interface Held {
  readonly socket: Socket;
  /** What the client was told before its connection ended. */
  readonly ended: Promise<unknown>;
}

async function hold(client: TestClient): Promise<Held> {
  const socket = client.socket();
  let told: unknown = null;
  socket.on(connections.sessionEnded.name, (payload: unknown) => {
    told = payload;
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, ended: new Promise((resolve) => socket.once('disconnect', () => resolve(told))) };
}

const SIGNED_OUT = { reason: 'signed_out' };

describe('open connections end with what opened them', () => {
  let app: TestApp;
  let bystander: Held;
  let person: SignedIn;
  beforeAll(async () => {
    app = await testApp();
    bystander = await hold(await app.signUp());
    person = await app.signUp();
  });
  afterAll(() => app.close());

  const signIn = async (who: SignedIn, password = who.password) =>
    new TestClient(app.url, {
      cookie: cookieOf(await app.stranger().auth('/sign-in/email', { email: who.email, password })),
    });
  const staysConnected = async (held: Held) => {
    await sleep(50);
    expect(held.socket.connected).toBe(true);
  };

  it('by signing out, for that person alone', async () => {
    const session = await signIn(person);
    const held = await hold(session);
    expect((await session.auth('/sign-out')).status).toBe(200);
    expect(await held.ended).toEqual(SIGNED_OUT);
    await staysConnected(bystander);
  });

  it.each(['/revoke-session', '/revoke-sessions', '/revoke-other-sessions'])('by %s', async (path) => {
    const [lost, found] = [await signIn(person), await signIn(person)];
    const held = await hold(lost);
    const { session } = (await (await lost.fetch('/api/auth/get-session')).json()) as { session: { token: string } };
    const body = path === '/revoke-session' ? { token: session.token } : {};
    expect((await found.auth(path, body)).status).toBe(200);
    expect(await held.ended).toEqual(SIGNED_OUT);
    expect((await lost.attempt(accounts.getMe)).problem?.code).toBe('sign_in_required');
    await staysConnected(bystander);
  });

  it('not by asking to sign out somebody else’s session', async () => {
    const mine = await signIn(person);
    const other = await hold(await app.signUp());
    await mine.auth('/revoke-session', { token: 'of nobody' });
    await staysConnected(other);
    other.socket.close();
  });

  it('by a changed password, and not by an attempt with a wrong one', async () => {
    const one = await app.signUp();
    const held = await hold(one);
    const change = (currentPassword: string) =>
      one.auth('/change-password', {
        currentPassword,
        newPassword: 'another long password',
        revokeOtherSessions: true,
      });
    expect((await change('not the password')).ok).toBe(false);
    await staysConnected(held);
    expect((await change(one.password)).status).toBe(200);
    expect(await held.ended).toEqual(SIGNED_OUT);
  });

  it('by a password that was reset: whoever comes back at once finds no session', async () => {
    const admin = await app.signUp({ role: 'admin' });
    const one = await app.signUp();
    const held = await hold(one);
    const back = held.ended.then(() => one.attempt(accounts.getMe));
    const { url } = await admin.call(accounts.issueResetLink, { params: { id: one.id } });
    const token = new URL(url).searchParams.get('token');
    expect((await app.stranger().auth('/reset-password', { token, newPassword: 'a new long one' })).status).toBe(200);
    expect(await held.ended).toEqual(SIGNED_OUT);
    expect((await back).problem?.code).toBe('sign_in_required');
    await staysConnected(bystander);
  });

  it('by a second factor set up or taken away, with the rights of before', async () => {
    const one = await app.signUp();
    const held = await hold(one);
    const enabled = await one.auth('/two-factor/enable', { password: one.password });
    const { totpURI } = (await enabled.json()) as { totpURI: string };
    await staysConnected(held);
    const verified = await one.auth('/two-factor/verify-totp', { code: createOtp(totpURI) });
    expect(await held.ended).toEqual(SIGNED_OUT);
    const now = new TestClient(app.url, { cookie: cookieOf(verified) });
    const again = await hold(now);
    expect((await now.auth('/two-factor/disable', { password: one.password })).status).toBe(200);
    expect(await again.ended).toEqual(SIGNED_OUT);
  });

  it('by a revoked API key', async () => {
    const one = await app.signUp();
    const { key, apiKey } = await one.call(accounts.createApiKey, { body: { name: 'A program', scopes: ['read'] } });
    const held = await hold(new TestClient(app.url, {}, key));
    await one.call(accounts.revokeApiKey, { params: { id: apiKey.id } });
    expect(await held.ended).toEqual(SIGNED_OUT);
    await staysConnected(bystander);
  });
});
