import { accounts } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../test/kit/app.ts';

describe('guessing passwords', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp({ env: { VIRGIL_RATE_LIMITS: 'on' } });
  });
  afterAll(() => app.close());

  it('locks the account’s password for a while, also for the right one, and leaves others alone', async () => {
    const victim = await app.signUp();
    const other = await app.signUp();
    const signIn = (email: string, password: string) => app.stranger().auth('/sign-in/email', { email, password });
    for (let guess = 0; guess < 10; guess++) expect((await signIn(victim.email, `guess ${guess}`)).status).toBe(401);
    const locked = await signIn(victim.email.toUpperCase(), victim.password);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(await locked.json()).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
    expect((await signIn(other.email, other.password)).status).toBe(200);
    expect((await victim.attempt(accounts.getMe)).status).toBe(200);
  });

  it('is forgotten when the right one was given in time', async () => {
    const person = await app.signUp();
    const signIn = (password: string) => app.stranger().auth('/sign-in/email', { email: person.email, password });
    for (let round = 0; round < 2; round++) {
      for (let guess = 0; guess < 6; guess++) expect((await signIn(`guess ${guess}`)).status).toBe(401);
      expect((await signIn(person.password)).status).toBe(200);
    }
  });

  it('slows one person who asks for everything all the time', async () => {
    const person = await app.signUp();
    const answers = await Promise.all(
      Array.from({ length: 260 }, () => person.attempt(accounts.updateMe, { body: {} })),
    );
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.problem).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
  });
});
