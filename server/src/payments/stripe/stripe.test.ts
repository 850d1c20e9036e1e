import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHIM_KEY, SHIM_SECRET, StripeShim } from '../../../test/kit/stripe-shim.ts';
import { providerSuite } from '../provider.suite.ts';
import { ProviderProblem } from '../provider.ts';
import { eventOf } from './events.ts';
import { StripeProvider } from './index.ts';

let shim: StripeShim;
let stripe: StripeProvider;
beforeAll(async () => {
  shim = await StripeShim.start();
  // The second endpoint's secret comes first: each is tried.
  stripe = new StripeProvider({ secretKey: SHIM_KEY, webhookSecrets: ['whsec_other', SHIM_SECRET], apiUrl: shim.url });
});
afterAll(() => shim.stop());

describe('Stripe', () => {
  providerSuite(() => ({
    provider: stripe,
    heard: shim.heard,
    pay: (checkoutId) => shim.pay(checkoutId),
    dispute: (chargeId, status) => shim.dispute(chargeId, status === 'open' ? 'needs_response' : status),
    sign: (body, age) => shim.sign(body, age),
    settle: () => shim.settle(),
  }));

  test('that does not answer is to be asked again later; one that says no is not', async () => {
    shim.broken = 500;
    const problem = (kind: string) => (error: unknown) => error instanceof ProviderProblem && error.kind === kind;
    await expect(stripe.getBalance('EUR')).rejects.toSatisfy(problem('unavailable'));
    shim.broken = null;
    const nowhere = new StripeProvider({
      secretKey: SHIM_KEY,
      webhookSecrets: [SHIM_SECRET],
      apiUrl: 'http://127.0.0.1:9',
    });
    await expect(nowhere.getBalance('EUR')).rejects.toSatisfy(problem('unavailable'));
    const unknown = { key: 'k', chargeId: 'pi_unknown', amount: 1n, currency: 'EUR' as const };
    await expect(stripe.refund(unknown)).rejects.toSatisfy(problem('refused'));
    const again = { paymentId: 'p', amount: 1n, currency: 'EUR' as const, description: 'd', customerId: 'cus_unknown' };
    await expect(stripe.chargeAgain(again)).rejects.toSatisfy(problem('refused'));
  });

  test('is not taken to refuse what it may have done under the same key before', async () => {
    const transfer = { key: 'twice', recipientId: 'acct_1', currency: 'EUR' as const };
    await stripe.createTransfer({ ...transfer, amount: 300n });
    const unsure = (error: unknown) => error instanceof ProviderProblem && error.kind === 'unavailable';
    await expect(stripe.createTransfer({ ...transfer, amount: 400n })).rejects.toSatisfy(unsure);
  });
});

test('a webhook of the other mode moves nothing: a live endpoint of connected accounts gets their test events too', async () => {
  const told = (livemode: boolean) =>
    stripe.verifyWebhook(
      shim.sign(
        JSON.stringify({
          id: `evt_${livemode}`,
          object: 'event',
          created: 1_700_000_000,
          livemode,
          type: 'account.updated',
          account: 'acct',
          data: { object: { id: 'acct', payouts_enabled: true } },
        }),
      ),
    );
  expect((await told(false)).kind).toBe('recipient.updated');
  expect((await told(true)).kind).toBe('other');
});

describe('an event of Stripe', () => {
  const told = (type: string, object: object, account?: string) =>
    // What a webhook holds, cut to what is read.
    eventOf({ id: 'evt_1', created: 1_700_000_000, type, account, data: { object } } as unknown as Parameters<
      typeof eventOf
    >[0]);

  test.each([
    ['checkout.session.completed', { client_reference_id: 'p', payment_intent: 'pi', payment_status: 'unpaid' }],
    ['checkout.session.completed', { client_reference_id: null, payment_intent: 'pi', payment_status: 'paid' }],
    ['payment_intent.succeeded', { id: 'pi', metadata: { payment_id: 'p' } }],
    ['charge.dispute.created', { payment_intent: 'pi', status: 'warning_needs_response' }],
    ['refund.updated', { payment_intent: null, status: 'succeeded' }],
    ['customer.created', {}],
  ])('%s of something else than a payment of ours moves no books', (type, object) => {
    expect(told(type, object)).toEqual({ id: 'evt_1', at: '2023-11-14T22:13:20.000Z', kind: 'other' });
  });

  test.each([
    [
      'checkout.session.completed',
      {
        id: 'cs',
        client_reference_id: 'p',
        payment_intent: 'pi',
        payment_status: 'paid',
        amount_total: 500,
        currency: 'eur',
      },
    ],
    [
      'payment_intent.succeeded',
      { id: 'pi', metadata: { repeat_of_payment: 'p' }, amount_received: 500, currency: 'eur', customer: null },
    ],
    ['refund.updated', { id: 're', payment_intent: 'pi', status: 'failed', amount: 500, metadata: {} }],
    [
      'charge.dispute.closed',
      { id: 'dp', payment_intent: 'pi', status: 'won', amount: 500, created: 1, balance_transactions: [] },
    ],
  ])('%s is believed of the platform’s own account alone', (type, object) => {
    expect(told(type, object).kind).not.toBe('other');
    expect(told(type, object, 'acct_of_a_creator').kind).toBe('other');
  });

  test('of a payment that ran out or whose slow method failed ends it', () => {
    const session = { id: 'cs', client_reference_id: 'p' };
    expect(told('checkout.session.expired', session)).toMatchObject({ kind: 'payment.failed', reason: 'expired' });
    expect(told('checkout.session.async_payment_failed', session)).toMatchObject({ reason: 'declined' });
  });

  test('of an account says whether money can be paid out to it', () => {
    expect(told('account.updated', { id: 'acct', payouts_enabled: true })).toMatchObject({
      kind: 'recipient.updated',
      recipientId: 'acct',
      ready: true,
    });
  });

  test('of a payout that came back names why', () => {
    const payout = { id: 'po', metadata: { payout_id: 'x' }, failure_code: 'account_closed' };
    expect(told('payout.failed', payout)).toMatchObject({ key: 'x', status: 'failed', reason: 'account_closed' });
  });
});
