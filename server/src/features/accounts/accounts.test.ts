import { accounts } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../test/kit/app.ts';

describe('accounts', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  afterAll(() => app.close());

  it('gives a new person a profile, a channel, a stream key and the tier free', async () => {
    const dante = await app.signUp({ name: 'Dante' });
    const me = await dante.call(accounts.getMe);
    expect(me).toMatchObject({ id: dante.id, displayName: 'Dante', email: dante.email, tier: 'free', role: 'user' });
    const { streamKey, whipUrl } = await dante.call(accounts.getStreamKey);
    expect(streamKey).toMatch(/^live_[\w-]{32}$/);
    expect(whipUrl).toBe(`${app.url}/whip`);
  });
});
