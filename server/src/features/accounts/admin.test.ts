import { accounts, instance, notifications } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieOf, type SignedIn, type TestApp, TestClient, testApp } from '../../../test/kit/app.ts';

describe('what an admin does with accounts', () => {
  let app: TestApp;
  let admin: SignedIn;
  beforeAll(async () => {
    app = await testApp();
    admin = await app.signUp({ name: 'Minos', role: 'admin' });
  });
  afterAll(() => app.close());

  it('is finding people by name and by e-mail, page by page', async () => {
    const people = [];
    for (let n = 0; n < 3; n++) people.push(await app.signUp({ name: `Found ${n}` }));
    const first = await admin.call(accounts.listUsers, { query: { q: 'found', limit: 2 } });
    expect(first.items.map((one) => one.displayName)).toEqual(['Found 2', 'Found 1']);
    const second = await admin.call(accounts.listUsers, {
      query: { q: 'found', limit: 2, cursor: first.nextCursor ?? '' },
    });
    expect(second.items.map((one) => one.displayName)).toEqual(['Found 0']);
    expect(second.nextCursor).toBeNull();
    const byMail = await admin.call(accounts.listUsers, { query: { q: people[0]?.email.toUpperCase() ?? '' } });
    expect(byMail.items.map((one) => one.id)).toEqual([people[0]?.id]);
    expect((await admin.attempt(accounts.listUsers, { query: { cursor: 'nonsense' } })).problem?.code).toBe('invalid');
  });

  it('is giving a tier: told in the inbox, written in the audit trail, once', async () => {
    const person = await app.signUp();
    const params = { id: person.id };
    await admin.call(accounts.setTier, { params, body: { tier: 'pro' } });
    expect(await admin.call(accounts.setTier, { params, body: { tier: 'pro' } })).toMatchObject({ tier: 'pro' });
    const inbox = await person.call(notifications.listNotifications);
    expect(inbox.items).toMatchObject([{ kind: 'tier_changed', text: 'Your tier is now pro.', data: { tier: 'pro' } }]);
    await app.settle();
    const audit = await app.storage.sql(
      `select actor_id from audit_index where type = 'USER_TIER_CHANGED' and entity_id = $1`,
      [person.id],
    );
    expect(audit).toEqual([{ actor_id: admin.id }]);
  });

  it('is giving a role, but never leaving nobody to be admin', async () => {
    const other = await app.signUp();
    const stepDown = () => admin.attempt(accounts.setRole, { params: { id: admin.id }, body: { role: 'user' } });
    expect((await stepDown()).problem).toMatchObject({
      code: 'not_allowed',
      detail: expect.stringContaining('last admin'),
    });
    await admin.call(accounts.setRole, { params: { id: other.id }, body: { role: 'admin' } });
    const bothAtOnce = await Promise.all([
      stepDown(),
      other.attempt(accounts.setRole, { params: { id: other.id }, body: { role: 'user' } }),
    ]);
    expect(bothAtOnce.map((answer) => answer.status).sort()).toEqual([200, 403]);
    await app.storage.sql(`update profiles set role = 'admin' where id = $1`, [admin.id]);
  });

  it('is a link by which someone sets a new password, once, and which ends their sessions', async () => {
    const person = await app.signUp();
    const { url } = await admin.call(accounts.issueResetLink, { params: { id: person.id } });
    const token = new URL(url).searchParams.get('token');
    const reset = () => app.stranger().auth('/reset-password', { token, newPassword: 'a new long password' });
    expect((await reset()).status).toBe(200);
    expect((await reset()).status).toBe(400);
    expect((await person.attempt(accounts.getMe)).problem?.code).toBe('sign_in_required');
    const signIn = await app
      .stranger()
      .auth('/sign-in/email', { email: person.email, password: 'a new long password' });
    expect(signIn.status).toBe(200);
  });

  it('is nothing for others, and nobody is nobody', async () => {
    const person = await app.signUp();
    expect((await person.attempt(accounts.listUsers)).problem?.code).toBe('not_allowed');
    const nobody = { id: 'nobody' as never };
    expect((await admin.attempt(accounts.setTier, { params: nobody, body: { tier: 'pro' } })).problem?.code).toBe(
      'not_found',
    );
    expect((await admin.attempt(accounts.issueResetLink, { params: nobody })).problem?.code).toBe('not_found');
  });
});

describe('a platform penalty', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  afterAll(() => app.close());

  it('leaves its person the inbox and their own profile, until it ends', async () => {
    const person = await app.signUp();
    await person.call(accounts.getMe);
    await app.storage.sql(
      `insert into admin_penalties (id, user_id, severity, reason, duration_hours, issued_at, expires_at)
       values ('p1', $1, 'temporary', 'spam', 24, now(), now() + interval '24 hours')`,
      [person.id],
    );
    const signIn = await app.stranger().auth('/sign-in/email', { email: person.email, password: person.password });
    expect(signIn.status).toBe(200);
    const back = new TestClient(app.url, { cookie: cookieOf(signIn) });
    expect((await back.attempt(accounts.getMe)).status).toBe(200);
    expect((await back.attempt(notifications.listNotifications)).status).toBe(200);
    expect((await back.attempt(instance.getInstance)).status).toBe(200);
    expect((await back.attempt(accounts.updateMe, { body: { bio: 'x' } })).problem?.code).toBe('banned');
    await app.advance(25 * 3600_000);
    expect((await back.attempt(accounts.updateMe, { body: { bio: 'x' } })).status).toBe(200);
  });
});
