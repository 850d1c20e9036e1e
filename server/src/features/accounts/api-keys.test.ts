import { accounts, livestreams, notifications, SCOPES } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, TestClient, testApp } from '../../../test/kit/app.ts';

describe('API keys', () => {
  let app: TestApp;
  let person: SignedIn;
  beforeAll(async () => {
    app = await testApp();
    person = await app.signUp({ tier: 'pro' });
  });
  afterAll(() => app.close());

  it('may do what their scopes name and nothing else', async () => {
    const reader = await person.byApiKey(['read']);
    expect(await reader.call(accounts.getMe)).toMatchObject({ id: person.id });
    const refused = await reader.attempt(accounts.updateMe, { body: { bio: 'x' } });
    expect(refused.problem).toMatchObject({
      status: 403,
      code: 'not_allowed',
      detail: expect.stringContaining('account'),
    });
    const streamer = await person.byApiKey(['stream']);
    expect((await streamer.attempt(livestreams.startLivestream, { body: { title: 'By a program' } })).status).toBe(201);
    expect((await streamer.attempt(notifications.listNotifications)).problem?.code).toBe('not_allowed');
  });

  it('are shown once, listed without their secret, and stop working when revoked', async () => {
    const made = await person.call(accounts.createApiKey, {
      body: { name: 'OBS', scopes: ['read', 'stream'], expiresInDays: 7 },
    });
    expect(made.key.startsWith(made.apiKey.start)).toBe(true);
    const { items } = await person.call(accounts.listApiKeys);
    expect(items[0]).toMatchObject({
      id: made.apiKey.id,
      name: 'OBS',
      scopes: ['read', 'stream'],
      expiresAt: expect.any(String),
    });
    expect(JSON.stringify(items)).not.toContain(made.key);
    const program = new TestClient(app.url, {}, made.key);
    expect((await program.attempt(accounts.getMe)).status).toBe(200);
    await person.call(accounts.revokeApiKey, { params: { id: made.apiKey.id } });
    expect((await program.attempt(accounts.getMe)).problem?.code).toBe('sign_in_required');
    expect((await person.attempt(accounts.revokeApiKey, { params: { id: made.apiKey.id } })).problem?.code).toBe(
      'not_found',
    );
  });

  it('die on their day', async () => {
    const { key, apiKey } = await person.call(accounts.createApiKey, {
      body: { name: 'Short', scopes: ['read'], expiresInDays: 1 },
    });
    await app.storage.sql(`update auth.apikey set "expiresAt" = now() - interval '1 second' where id = $1`, [
      apiKey.id,
    ]);
    expect((await new TestClient(app.url, {}, key).attempt(accounts.getMe)).problem?.code).toBe('sign_in_required');
  });

  it('make no other keys, and none of an admin for one who is none', async () => {
    const powerful = await person.byApiKey(SCOPES.filter((scope) => scope !== 'admin'));
    expect(
      (await powerful.attempt(accounts.createApiKey, { body: { name: 'Child', scopes: ['read'] } })).problem?.code,
    ).toBe('not_allowed');
    expect(
      (await person.attempt(accounts.createApiKey, { body: { name: 'Admin', scopes: ['admin'] } })).problem?.code,
    ).toBe('not_allowed');
  });

  it('are not to be had past our own operations', async () => {
    const answer = await person.auth('/api-key/create', { name: 'Past the scopes' });
    expect(answer.status).toBe(404);
  });

  it.each(['', 'x', 'vgl_'.padEnd(68, 'a'), 'x'.repeat(5000)])('refuse the bearer token %j', async (token) => {
    const answer = await app
      .stranger()
      .attempt(livestreams.listActive, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.problem?.code).toBe('sign_in_required');
  });

  it('are not to be guessed: an address that shows wrong ones is soon not asked any more, anywhere', async () => {
    const limited = await testApp({ env: { VIRGIL_RATE_LIMITS: 'on' } });
    const owner = await limited.signUp();
    const { key } = await owner.call(accounts.createApiKey, { body: { name: 'Right', scopes: ['read'] } });
    const by = (token: string) => new TestClient(limited.url, {}, token);
    // Metrics are free to this machine; a forwarded request is a stranger's.
    const metrics = () => by('wrong').fetch('/metrics', { headers: { 'x-forwarded-for': '192.0.2.1' } });
    for (let use = 0; use < 61; use++) expect((await by(key).attempt(accounts.getMe)).status).toBe(200);
    for (let guess = 0; guess < 30; guess++) {
      expect((await by(`wrong ${guess}`.replace(' ', '')).attempt(livestreams.listActive)).status).toBe(401);
      expect((await metrics()).status).toBe(401);
    }
    const refused = await by('wrong').attempt(livestreams.listActive);
    expect(refused.problem).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
    expect((await metrics()).status).toBe(429);
    const socket = by('wrong').socket();
    const told = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
    expect(told.message).toBe('rate_limited');
    expect((await owner.attempt(accounts.getMe)).status).toBe(200);
    await limited.close();
  });

  it('belong to their person: nobody else can revoke one', async () => {
    const { apiKey } = await person.call(accounts.createApiKey, { body: { name: 'Mine', scopes: ['read'] } });
    const other = await app.signUp();
    expect((await other.attempt(accounts.revokeApiKey, { params: { id: apiKey.id } })).problem?.code).toBe('not_found');
  });
});
