import { accounts } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieOf, type TestApp, TestClient, testApp } from '../../../test/kit/app.ts';
import { createOtp } from '../../../test/kit/one-time-password.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

async function auditOf(entityId: string) {
  await app.settle();
  return app.storage.sql<{ type: string; actor_id: string | null }>(
    'select type, actor_id from audit_index where entity_id = $1 order by seq',
    [entityId],
  );
}

describe('signing up', () => {
  it('makes a profile, a channel, a stream key, the tier free, and an audit entry', async () => {
    const dante = await app.signUp({ name: 'Dante' });
    const me = await dante.call(accounts.getMe);
    expect(me).toMatchObject({ id: dante.id, displayName: 'Dante', email: dante.email, tier: 'free', role: 'user' });
    expect(await dante.call(accounts.getStreamKey)).toEqual({
      streamKey: expect.stringMatching(/^live_[\w-]{32}$/),
      whipUrl: `${app.url}/whip`,
      rtmpUrl: 'rtmp://localhost:1935/live',
    });
    expect(await auditOf(dante.id)).toEqual([
      { type: 'ACCOUNT_CREATED', actor_id: null },
      { type: 'ACCOUNT_SIGNED_IN', actor_id: dante.id },
    ]);
  });

  it('refuses a name that looks like another, whatever it is written with', async () => {
    await app.signUp({ name: 'Beatrice' });
    for (const name of ['beatrice', 'Beatr1ce', 'Веatrice', 'Bea trice', 'Bea\u200btrice', 'ＢＥＡＴＲＩＣＥ']) {
      const answer = await app
        .stranger()
        .auth('/sign-up/email', { name, email: 'b2@example.org', password: 'long enough' });
      expect([name, answer.status]).toEqual([name, 409]);
      expect(await answer.json()).toMatchObject({ code: 'name_taken' });
    }
  });

  it.each([
    ['\u200b\u3164', 'nothing to see'],
    ['x', 'too short'],
    ['x'.repeat(33), 'too long'],
    ['a\u0007b', 'a control character'],
    ['Bo\n\nYour account is closed', 'a paragraph of its own'],
    ['Bo\u2029closed', 'a paragraph of its own'],
    ['ab\ud800cd', 'half a surrogate pair'],
  ])('refuses the name %j: %s', async (name) => {
    const answer = await app
      .stranger()
      .auth('/sign-up/email', { name, email: 'n@example.org', password: 'long enough' });
    expect(answer.status).toBe(400);
  });

  it('keeps names that would speak for the platform', async () => {
    const answer = await app
      .stranger()
      .auth('/sign-up/email', { name: 'V1rgil', email: 'v@example.org', password: 'long enough' });
    expect(answer.status).toBe(409);
  });

  it('lets one of two have a name they ask for at once', async () => {
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((who) =>
        app.stranger().auth('/sign-up/email', { name: 'Cato', email: `${who}@cato.example`, password: 'long enough' }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
  });

  it('makes the profile on first sight when a crash kept it from being made', async () => {
    const ugo = await app.signUp({ name: 'Ugolino' });
    await app.storage.sql('delete from profiles where id = $1', [ugo.id]);
    expect(await ugo.call(accounts.getMe)).toMatchObject({ displayName: 'Ugolino', tier: 'free' });
  });
});

describe('sessions', () => {
  it('are new with every sign-in, and one that was planted is not taken over', async () => {
    const person = await app.signUp();
    const planted = 'virgil.session_token=planted.c2lnbmF0dXJl';
    const signIn = () =>
      new TestClient(app.url, { cookie: planted }).auth('/sign-in/email', {
        email: person.email,
        password: person.password,
      });
    const [one, two] = [await signIn(), await signIn()];
    expect(one.status).toBe(200);
    expect(new Set([planted, cookieOf(one), cookieOf(two), person.headers.cookie]).size).toBe(4);
    expect((await new TestClient(app.url, { cookie: planted }).attempt(accounts.getMe)).problem?.code).toBe(
      'sign_in_required',
    );
    expect(one.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
  });

  it('end at once on signing out', async () => {
    const person = await app.signUp();
    await person.call(accounts.getMe);
    expect((await person.auth('/sign-out')).status).toBe(200);
    expect((await person.attempt(accounts.getMe)).problem?.code).toBe('sign_in_required');
  });

  it('that end are told by the audit trail, once, as is a second factor', async () => {
    const person = await app.signUp();
    const session = async () =>
      new TestClient(app.url, {
        cookie: cookieOf(
          await app.stranger().auth('/sign-in/email', { email: person.email, password: person.password }),
        ),
      });
    await person.auth('/revoke-other-sessions');
    await (await session()).auth('/sign-out');
    await app.stranger().auth('/sign-out');
    const enabled = await person.auth('/two-factor/enable', { password: person.password });
    const { totpURI } = (await enabled.json()) as { totpURI: string };
    const verified = await person.auth('/two-factor/verify-totp', { code: createOtp(totpURI) });
    const now = new TestClient(app.url, { cookie: cookieOf(verified) });
    expect((await now.auth('/two-factor/verify-totp', { code: createOtp(totpURI) })).status).toBe(200);
    expect((await now.auth('/two-factor/disable', { password: person.password })).status).toBe(200);
    const types = (await auditOf(person.id)).map(({ type }) => type);
    expect(types.filter((type) => type !== 'ACCOUNT_CREATED' && type !== 'ACCOUNT_SIGNED_IN')).toEqual([
      'SESSIONS_REVOKED',
      'ACCOUNT_SIGNED_OUT',
      'SECOND_FACTOR_ENABLED',
      'SECOND_FACTOR_DISABLED',
    ]);
  });

  it('are joined to no second account elsewhere, nor parted from one', async () => {
    const person = await app.signUp();
    for (const path of ['/link-social', '/unlink-account']) {
      const body = { provider: 'twitch', providerId: 'credential', callbackURL: '/' };
      expect([path, (await person.auth(path, body)).status]).toEqual([path, 404]);
    }
  });

  it('of others end with a changed password, which the audit trail tells', async () => {
    const person = await app.signUp();
    const other = await app.stranger().auth('/sign-in/email', { email: person.email, password: person.password });
    const changed = await person.auth('/change-password', {
      currentPassword: person.password,
      newPassword: 'another long password',
      revokeOtherSessions: true,
    });
    expect(changed.status).toBe(200);
    const ended = new TestClient(app.url, { cookie: cookieOf(other) });
    expect((await ended.attempt(accounts.getMe)).problem?.code).toBe('sign_in_required');
    expect((await auditOf(person.id)).map(({ type }) => type)).toContain('PASSWORD_CHANGED');
  });

  it('are refused to other pages', async () => {
    const answer = await app.stranger().fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      body: '{"email":"a@b.example","password":"x"}',
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'origin_refused']);
  });

  it.each([
    ['half a surrogate pair', { email: 'a\ud800@b.example', password: 'x' }],
    ['a zero', { email: 'a@b.example', password: 'x\0y' }],
    ['a number', { email: 7, password: 'x' }],
    ['nothing', {}],
    ['a list', ['a']],
  ])('answer %s with 4xx', async (_what, body) => {
    const answer = await app.stranger().auth('/sign-in/email', body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  it('do not tell whether an account exists', async () => {
    const person = await app.signUp();
    const [wrong, unknown] = await Promise.all(
      [person.email, 'nobody@example.org'].map((email) =>
        app.stranger().auth('/sign-in/email', { email, password: 'not the password' }),
      ),
    );
    expect([wrong?.status, await wrong?.text()]).toEqual([unknown?.status, await unknown?.text()]);
  });
});

describe('one’s own profile', () => {
  it('can be changed, and says so to the audit trail', async () => {
    const person = await app.signUp();
    const changes = { displayName: 'Statius', bio: 'A poet.', language: 'de', timeZone: 'Europe/Rome' } as const;
    expect(await person.call(accounts.updateMe, { body: changes })).toMatchObject(changes);
    expect(await person.call(accounts.getMe)).toMatchObject(changes);
    expect((await auditOf(person.id)).at(-1)).toEqual({ type: 'PROFILE_UPDATED', actor_id: person.id });
  });

  it('may be called the same in other letters, but not like someone else', async () => {
    const sordello = await app.signUp({ name: 'Sordello' });
    const other = await app.signUp();
    expect(await sordello.call(accounts.updateMe, { body: { displayName: 'SORDELLO' } })).toMatchObject({
      displayName: 'SORDELLO',
    });
    expect((await other.attempt(accounts.updateMe, { body: { displayName: 'Sorde11o' } })).problem?.code).toBe(
      'name_taken',
    );
  });

  it('knows only time zones that exist', async () => {
    const person = await app.signUp();
    const answer = await person.attempt(accounts.updateMe, { body: { timeZone: 'Inferno/Cocytus' } });
    expect(answer.problem).toMatchObject({ code: 'invalid', errors: [{ path: 'timeZone' }] });
  });

  it('gets another stream key when asked, and the old one is gone', async () => {
    const person = await app.signUp();
    const { streamKey: old } = await person.call(accounts.getStreamKey);
    const { streamKey } = await person.call(accounts.resetStreamKey);
    expect(streamKey).not.toBe(old);
    expect((await person.call(accounts.getStreamKey)).streamKey).toBe(streamKey);
    expect((await auditOf(person.id)).at(-1)).toMatchObject({ type: 'STREAM_KEY_RESET' });
  });
});
