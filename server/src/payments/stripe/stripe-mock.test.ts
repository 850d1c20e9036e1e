/**
 * The shape of every request, judged by Stripe's own mock server, which refuses parameters that its API does not have.
 * It is a Go program; without Go these tests are skipped and say so.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { StripeProvider } from './index.ts';

const VERSION = 'v0.203.0';
const CACHE = path.join(import.meta.dirname, '../../../../node_modules/.cache', `stripe-mock-${VERSION}`);
const PATH = [process.env.PATH, '/usr/local/go/bin'].join(path.delimiter);

let mock: ChildProcess | undefined;
let url = '';
let missing = '';
let stripe: StripeProvider;

beforeAll(async () => {
  const binary = path.join(CACHE, process.platform === 'win32' ? 'stripe-mock.exe' : 'stripe-mock');
  if (!existsSync(binary)) {
    const env = { ...process.env, PATH, GOBIN: CACHE };
    const install = ['install', `github.com/stripe/stripe-mock@${VERSION}`];
    await promisify(execFile)('go', install, { env, timeout: 150_000 }).catch((error: { code?: unknown }) => {
      missing = error.code === 'ENOENT' ? 'Go is not installed' : 'Go could not get stripe-mock';
    });
    if (missing !== '') return;
  }
  // By default it listens to the whole network.
  const address = `127.0.0.1:${await freePort()}`;
  url = `http://${address}`;
  mock = spawn(binary, ['-http-addr', address], { stdio: 'ignore' });
  stripe = new StripeProvider({ secretKey: 'sk_test_123', webhookSecrets: ['whsec_x'], apiUrl: url });
  await answering();
}, 180_000);
afterAll(() => mock?.kill());

const EUR = 'EUR' as const;
const payment = { paymentId: 'payment-1', amount: 500n, currency: EUR, description: 'Tip' };
const movement = { key: 'payout-1', recipientId: 'acct_123', amount: 800n, currency: EUR };

const REQUESTS: readonly [string, () => Promise<unknown>][] = [
  ['a checkout', () => checkout({ customerId: null, keepMethod: false })],
  ['a checkout that keeps what is paid with', () => checkout({ customerId: null, keepMethod: true })],
  ['a checkout of somebody known', () => checkout({ customerId: 'cus_123', keepMethod: true })],
  ['a charge without the payer', () => stripe.chargeAgain({ ...payment, customerId: 'cus_123' })],
  ['the fee of a payment', () => stripe.feeOf('pi_123')],
  ['a refund', () => stripe.refund({ key: 'refund-1', chargeId: 'pi_123', amount: 100n, currency: EUR })],
  ['a new account', () => stripe.onboard({ key: 'u', recipientId: null, returnUrl: 'https://virgil.test/' })],
  [
    'an account that is there',
    () => stripe.onboard({ key: 'u', recipientId: 'acct_1', returnUrl: 'https://virgil.test/' }),
  ],
  ['a transfer', () => stripe.createTransfer(movement)],
  ['a transfer back', () => stripe.reverseTransfer({ key: 'payout-1', transferId: 'tr_123' })],
  ['a payout', () => stripe.createPayout(movement)],
  ['the balance', () => stripe.getBalance(EUR)],
  ['events', listEvents],
];

for (const [what, ask] of REQUESTS) {
  test(`${what} is asked for in the way Stripe’s API wants it`, async (context) => {
    skipWithoutGo(context);
    await expect(ask()).resolves.not.toThrow();
  });
}

test('what the API does not have is refused, so that the tests above say something', async (context) => {
  skipWithoutGo(context);
  const response = await fetch(`${url}/v1/refunds`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_123', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'payment_intent=pi_123&amount=100&colour=red',
  });
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('additional properties')]);
});

async function listEvents(): Promise<void> {
  for await (const event of stripe.listEvents(new Date(0), ['acct_123'])) expect(event).toHaveProperty('kind');
}

function skipWithoutGo(context: TestContext): void {
  if (missing !== '') context.skip(`${missing}: the shape of requests to Stripe was not checked`);
}

function checkout(payer: { customerId: string | null; keepMethod: boolean }): Promise<unknown> {
  return stripe.createCheckout({ ...payment, ...payer, returnUrl: 'https://virgil.test/payments/1' });
}

async function answering(): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('stripe-mock does not answer');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
