import { accounts, instance, livestreams, payments, tips } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { SHIM_KEY, SHIM_SECRET, StripeShim } from '../../../test/kit/stripe-shim.ts';
import { readConfig } from '../../config.ts';
import type { WebhookMessage } from '../../payments/provider.ts';

const WEBHOOK = '/api/v1/payments/stripe/webhook';
const FROM_ELSEWHERE = { origin: 'https://evil.example', 'content-type': 'application/json' };

const post = (app: TestApp, path: string, { headers, raw }: WebhookMessage) =>
  app.stranger().fetch(path, {
    method: 'POST',
    headers: { ...FROM_ELSEWHERE, ...(headers as Record<string, string>) },
    body: Uint8Array.from(raw),
  });

describe('with Stripe', () => {
  let shim: StripeShim;
  let app: TestApp;
  let creator: SignedIn;
  let viewer: SignedIn;
  let streamId: string;
  beforeAll(async () => {
    shim = await StripeShim.start();
    const env = { STRIPE_SECRET_KEY: SHIM_KEY, STRIPE_WEBHOOK_SECRET: SHIM_SECRET, STRIPE_API_URL: shim.url };
    app = await testApp({ env });
    shim.webhookUrl = app.url + WEBHOOK;
    creator = await app.signUp({ tier: 'pro' });
    viewer = await app.signUp();
    streamId = (await creator.call(livestreams.startLivestream, { body: { title: 'A stream' } })).livestream.id;
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await shim.stop();
  });

  const tip = (idempotencyKey: string) =>
    viewer.call(tips.tipLivestream, {
      params: { id: streamId },
      body: { amount: 1_000, currency: 'EUR', idempotencyKey },
    });
  const newest = async () => (await viewer.call(payments.listPayments, { query: { limit: 1 } })).items[0];

  test('a tip leads to Stripe’s page, and is paid when Stripe says so', async () => {
    const { checkoutUrl, status } = await tip('leads-to-stripe');
    expect([status, checkoutUrl]).toEqual([
      'pending',
      expect.stringMatching(/^https:\/\/checkout\.stripe\.com\/c\/cs_/),
    ]);
    await shim.pay(checkoutUrl?.split('/').at(-1) ?? '');
    expect(await newest()).toMatchObject({ status: 'paid', provider: 'stripe', checkoutUrl: null });
    expect((await tip('leads-to-stripe')).status).toBe('paid');
  });

  test('a webhook comes from anywhere, but only signed, whole and fresh', async () => {
    const { checkoutUrl } = await tip('only-signed');
    const id = checkoutUrl?.split('/').at(-1) ?? '';
    shim.webhookUrl = null;
    await shim.pay(id);
    shim.webhookUrl = app.url + WEBHOOK;
    const message = shim.heard.at(-1) as WebhookMessage;
    const body = message.raw.toString('utf8');
    const changed = { ...message, raw: Buffer.from(body.replace('1000', '1001')) };
    const spaced = { ...message, raw: Buffer.from(JSON.stringify(JSON.parse(body), null, 1)) };
    for (const bad of [changed, spaced, { ...message, headers: {} }, shim.sign(body, 301)]) {
      const response = await post(app, WEBHOOK, bad);
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'invalid']);
    }
    expect(await newest()).toMatchObject({ status: 'pending' });
    expect((await post(app, WEBHOOK, message)).status).toBe(204);
    expect((await post(app, WEBHOOK, message)).status).toBe(204);
    expect(await newest()).toMatchObject({ status: 'paid' });
  });

  test('what is no event at all, or far too much, changes nothing and breaks nothing', async () => {
    expect((await post(app, WEBHOOK, shim.sign('[]'))).status).toBeLessThan(500);
    expect((await post(app, WEBHOOK, shim.sign('not json'))).status).toBe(400);
    expect((await post(app, WEBHOOK, { raw: Buffer.alloc(600_000, 'x'), headers: {} })).status).toBe(413);
    expect((await post(app, WEBHOOK, { raw: Buffer.alloc(0), headers: {} })).status).toBe(400);
    expect((await app.stranger().fetch(WEBHOOK)).status).toBe(405);
    expect((await post(app, '/api/v1/payments/sandbox/webhook', shim.sign('{}'))).status).toBe(403);
  });

  test('an account for payouts is opened on Stripe’s pages', async () => {
    const opened = await creator.call(payments.openPayoutAccount);
    expect(opened).toMatchObject({ state: 'unfinished', obstacle: 'no_account', provider: 'stripe' });
    expect(opened.url).toMatch(/^https:\/\/connect\.stripe\.com\//);
    expect((await creator.call(payments.openPayoutAccount)).url).toBe(opened.url);
  });

  test('while Stripe is away nothing is charged, and the same request goes on later', async () => {
    shim.broken = 500;
    const refused = await viewer.attempt(tips.tipLivestream, {
      params: { id: streamId },
      body: { amount: 900, currency: 'EUR', idempotencyKey: 'while-away' },
    });
    shim.broken = null;
    expect([refused.status, refused.problem?.code]).toEqual([503, 'payments_unavailable']);
    const later = await viewer.call(tips.tipLivestream, {
      params: { id: streamId },
      body: { amount: 900, currency: 'EUR', idempotencyKey: 'while-away' },
    });
    expect(later).toMatchObject({ status: 'pending', checkoutUrl: expect.stringContaining('checkout.stripe.com') });
  });

  test('frames and forms may lead to the provider, and nowhere else', async () => {
    const policy = (await app.stranger().fetch('/api/v1/instance')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain('frame-src https://checkout.stripe.com https://connect.stripe.com;');
    expect(policy).toContain("form-action 'self' https://checkout.stripe.com https://connect.stripe.com;");
    expect(policy).toContain("script-src 'self';");
  });

  test('no sandbox stands beside it', async () => {
    const admin = await app.signUp({ role: 'admin' });
    const { provider } = await admin.call(payments.getPaymentSettings);
    expect(provider).toBe('stripe');
    const page = await viewer.attempt(payments.getSandboxCheckout, { params: { id: 'sb_checkout_x' } });
    expect(page.problem?.code).toBe('not_found');
    expect((await admin.call(accounts.getMe)).role).toBe('admin');
  });
});

describe('with the sandbox', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  }, 60_000);
  afterAll(() => app.close());

  test('no page may be framed, and webhooks of Stripe find nobody', async () => {
    const response = await post(app, WEBHOOK, { raw: Buffer.from('{}'), headers: {} });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      503,
      'payments_unavailable',
    ]);
    expect(response.headers.get('content-security-policy')).toContain("frame-src 'none';");
    expect((await post(app, '/api/v1/payments/sandbox/webhook', { raw: Buffer.from('{}'), headers: {} })).status).toBe(
      400,
    );
    expect(await app.stranger().call(instance.getInstance)).toMatchObject({ payments: true });
  });
});

test('whoever keeps knocking with wrong signatures is sent away for a while', async () => {
  const app = await testApp({ env: { VIRGIL_RATE_LIMITS: 'on' } });
  const codes = new Set<number>();
  for (let knock = 0; knock < 40; knock++) {
    codes.add((await post(app, '/api/v1/payments/sandbox/webhook', { raw: Buffer.from('{}'), headers: {} })).status);
  }
  expect([...codes]).toEqual([400, 429]);
  await app.close();
}, 60_000);

describe('who moves money', () => {
  const stripe = { STRIPE_SECRET_KEY: 'sk_live_x', STRIPE_WEBHOOK_SECRET: 'whsec_a,whsec_b' };

  test('is the sandbox where nothing is at stake, nobody in production, Stripe with its keys', () => {
    expect(readConfig({}).payments).toEqual({ provider: 'sandbox' });
    expect(readConfig({ VIRGIL_MODE: 'test' }).payments).toEqual({ provider: 'sandbox' });
    expect(readConfig({ VIRGIL_MODE: 'production' }).payments).toBeNull();
    expect(readConfig({ VIRGIL_MODE: 'production', ...stripe }).payments).toMatchObject({ provider: 'stripe' });
  });

  test('is named whole, and at no other address outside of tests', () => {
    expect(() => readConfig({ STRIPE_SECRET_KEY: 'sk_live_x' })).toThrow('STRIPE_WEBHOOK_SECRET');
    expect(() => readConfig({ ...stripe, STRIPE_SECRET_KEY: 'pk_live_x' })).toThrow('STRIPE_SECRET_KEY');
    expect(() => readConfig({ ...stripe, STRIPE_API_URL: 'http://127.0.0.1:1' })).toThrow('STRIPE_API_URL');
  });
});
