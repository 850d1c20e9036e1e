/** What every payment provider does, whoever is behind it. Run by the tests of each adapter. */
import { describe, expect, test } from 'vitest';
import {
  type EventOf,
  type PaymentProvider,
  type ProviderEvent,
  ProviderProblem,
  UntrustedWebhook,
  type WebhookMessage,
} from './provider.ts';

export interface ProviderHarness {
  readonly provider: PaymentProvider;
  /** Webhooks as they came, oldest first. */
  readonly heard: readonly WebhookMessage[];
  /** The payer pays at the checkout, and what the provider tells of it has arrived. */
  pay(checkoutId: string): Promise<void>;
  /** The payer's bank contests the payment, and decides. */
  dispute(chargeId: string, status: 'open' | 'won' | 'lost'): Promise<void>;
  /** What the provider would send with this body, signed this many seconds ago. */
  sign(body: string, ageSeconds: number): WebhookMessage;
  /** What was asked for is done and told: payouts arrive. */
  settle(): Promise<void>;
}

const EUR = 'EUR' as const;

export function providerSuite(harness: () => ProviderHarness): void {
  let number = 0;
  const name = (what: string) => `${what}-of-the-suite-${++number}`;
  const events = async (): Promise<ProviderEvent[]> =>
    Promise.all(harness().heard.map((message) => harness().provider.verifyWebhook(message)));
  const eventOf = async <K extends ProviderEvent['kind']>(
    kind: K,
    fits: (event: EventOf<K>) => boolean = () => true,
  ): Promise<EventOf<K> | undefined> =>
    // Narrowed by the comparison.
    ((await events()) as EventOf<K>[]).filter((event) => event.kind === kind).findLast(fits);

  async function paid(amount: bigint, keepMethod = false) {
    const { provider } = harness();
    const paymentId = name('payment');
    const request = { paymentId, amount, currency: EUR, description: 'A tip', returnUrl: 'https://virgil.test/back' };
    const { checkoutId } = await provider.createCheckout({ ...request, customerId: null, keepMethod });
    await harness().pay(checkoutId);
    const event = await eventOf('payment.succeeded', (candidate) => candidate.paymentId === paymentId);
    if (event === undefined) throw new Error('nothing was told of a payment');
    return event;
  }

  describe('a checkout', () => {
    test('is one a payment, however often it is asked for', async () => {
      const paymentId = name('payment');
      const request = {
        paymentId,
        amount: 1_301n,
        currency: EUR,
        description: 'A tip',
        returnUrl: 'https://virgil.test/back',
        customerId: null,
        keepMethod: false,
      };
      const [first, second] = await Promise.all([
        harness().provider.createCheckout(request),
        harness().provider.createCheckout(request),
      ]);
      expect(second).toEqual(first);
      expect(first.url).toMatch(/^(https:\/)?\/\w/);
    });

    test('that is paid is told with our name for it, the amount, and a name for what comes after', async () => {
      const event = await paid(1_301n);
      expect(event).toMatchObject({ amount: 1_301n, currency: 'EUR', customerId: null });
      expect(event.chargeId).not.toBe('');
      expect(Number.isNaN(Date.parse(event.at))).toBe(false);
      expect(event.fee ?? (await harness().provider.feeOf(event.chargeId))).toBeTypeOf('bigint');
    });

    test('of what is paid every month lets the payer be charged again without being there', async () => {
      const { customerId } = await paid(1_301n, true);
      expect(customerId).not.toBeNull();
      const paymentId = name('payment');
      const again = { paymentId, amount: 900n, currency: EUR, description: 'The next month' };
      await harness().provider.chargeAgain({ ...again, customerId: customerId ?? '' });
      await harness().settle();
      expect(await eventOf('payment.succeeded', (event) => event.paymentId === paymentId)).toMatchObject({
        amount: 900n,
      });
    });
  });

  describe('a refund', () => {
    test('is made once a key and told with it', async () => {
      const { chargeId } = await paid(1_301n);
      const request = { key: name('refund'), chargeId, amount: 301n, currency: EUR };
      const first = await harness().provider.refund(request);
      expect(await harness().provider.refund(request)).toEqual(first);
      await harness().settle();
      const told = await eventOf('refund.updated', ({ refundId }) => refundId === first.refundId);
      expect(told).toMatchObject({ key: request.key, chargeId, amount: 301n, status: 'succeeded' });
    });

    test('of more than was paid is refused for good', async () => {
      const { chargeId } = await paid(1_301n);
      const refund = harness().provider.refund({ key: name('refund'), chargeId, amount: 1_302n, currency: EUR });
      await expect(refund).rejects.toSatisfy((error) => error instanceof ProviderProblem && error.kind === 'refused');
    });
  });

  test('a dispute is told with its payment, and how it ended', async () => {
    const { chargeId } = await paid(1_301n);
    for (const status of ['open', 'lost'] as const) {
      await harness().dispute(chargeId, status);
      const told = await eventOf('dispute.updated', (event) => event.chargeId === chargeId);
      expect(told).toMatchObject({ status, amount: 1_301n, reason: expect.any(String) });
    }
  });

  test('money is transferred, paid out and taken back, each once a key, and the balance says so', async () => {
    const { provider } = harness();
    await paid(1_301n);
    const key = name('creator');
    const { recipientId } = await provider.onboard({
      key,
      recipientId: null,
      returnUrl: 'https://virgil.test/earnings',
    });
    const account = await provider.onboard({ key, recipientId, returnUrl: 'https://virgil.test/earnings' });
    expect(account.recipientId).toBe(recipientId);
    expect(account.ready || account.url !== null).toBe(true);

    const before = await provider.getBalance(EUR);
    const movement = { key: name('payout'), recipientId, amount: 800n, currency: EUR };
    const { transferId } = await provider.createTransfer(movement);
    expect(await provider.createTransfer(movement)).toEqual({ transferId });
    expect(await provider.getBalance(EUR)).toBe(before - 800n);
    const { payoutId } = await provider.createPayout(movement);
    expect(await provider.createPayout(movement)).toEqual({ payoutId });
    await harness().settle();
    const told = await eventOf('payout.updated', (event) => event.payoutId === payoutId);
    expect(told).toMatchObject({ key: movement.key, status: 'paid', reason: null });

    await provider.reverseTransfer({ key: movement.key, transferId });
    await provider.reverseTransfer({ key: movement.key, transferId });
    expect(await provider.getBalance(EUR)).toBe(before);
  });

  test('asking for events finds what the webhooks told, oldest first', async () => {
    const { id } = await paid(1_301n);
    await harness().settle();
    const listed: ProviderEvent[] = [];
    for await (const event of harness().provider.listEvents(new Date(0), [])) listed.push(event);
    const told = (await events()).filter(({ kind }) => kind !== 'payout.updated').map((event) => event.id);
    expect(listed.map((event) => event.id)).toEqual(expect.arrayContaining(told));
    expect(told).toContain(id);
    const times = listed.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const later = [];
    for await (const event of harness().provider.listEvents(new Date(Date.now() + 9e9), [])) later.push(event);
    expect(later).toEqual([]);
  });

  describe('a webhook', () => {
    const untrusted = (error: unknown) => error instanceof UntrustedWebhook;
    const verify = (message: WebhookMessage) => harness().provider.verifyWebhook(message);
    const bodyOf = async () => {
      await paid(1_301n);
      return harness().heard.at(-1)?.raw.toString('utf8') ?? '';
    };

    test('is believed for five minutes', async () => {
      const body = await bodyOf();
      await expect(verify(harness().sign(body, 0))).resolves.toHaveProperty('id');
      await expect(verify(harness().sign(body, 295))).resolves.toHaveProperty('id');
      await expect(verify(harness().sign(body, 301))).rejects.toSatisfy(untrusted);
    });

    test('is believed with its very bytes and its own signature alone', async () => {
      const body = await bodyOf();
      const { headers, raw } = harness().sign(body, 0);
      await expect(verify({ headers, raw: Buffer.concat([raw, Buffer.from(' ')]) })).rejects.toSatisfy(untrusted);
      await expect(verify({ headers: {}, raw })).rejects.toSatisfy(untrusted);
      const [name = ''] = Object.keys(headers);
      const value = String(headers[name]);
      const other = value.replace(/v1=(.)/, (_all, digit: string) => `v1=${digit === '0' ? '1' : '0'}`);
      await expect(verify({ headers: { [name]: other }, raw })).rejects.toSatisfy(untrusted);
      await expect(verify({ headers: { [name]: [value, value] }, raw })).rejects.toSatisfy(untrusted);
      await expect(verify({ headers: { [name]: 'x'.repeat(10_000) }, raw })).rejects.toSatisfy(untrusted);
    });
  });
}
