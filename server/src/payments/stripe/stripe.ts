/**
 * Stripe: Checkout for paying, Connect for paying out, as separate charges and transfers. The platform is charged, our
 * ledger credits at once, and money leaves for a creator's account at Stripe when they ask for a payout.
 * https://docs.stripe.com/connect/separate-charges-and-transfers
 */
import Stripe from 'stripe';
import {
  type Checkout,
  type CheckoutRequest,
  type Currency,
  type PaymentProvider,
  type ProviderEvent,
  ProviderProblem,
  type RefundRequest,
  type RepeatRequest,
  type TransferRequest,
  UntrustedWebhook,
  type WebhookMessage,
} from '../provider.ts';
import { eventOf } from './events.ts';

export interface StripeConfig {
  readonly secretKey: string;
  /** Signing secrets of the webhook endpoints: one for the platform's events, one for those of connected accounts. */
  readonly webhookSecrets: readonly string[];
  /** Somewhere else than Stripe, for tests; null: Stripe. */
  readonly apiUrl: string | null;
}

const TOLERANCE_S = 300;
const TIMEOUT_MS = 20_000;

export class StripeProvider implements PaymentProvider {
  readonly name = 'stripe';
  readonly origins = ['https://checkout.stripe.com', 'https://connect.stripe.com'];
  readonly #stripe: Stripe;
  readonly #webhookSecrets: readonly string[];
  readonly #isLive: boolean;

  constructor({ apiUrl, secretKey, webhookSecrets }: StripeConfig) {
    const api = apiUrl === null ? null : new URL(apiUrl);
    this.#webhookSecrets = webhookSecrets;
    this.#isLive = /^[sr]k_live_/.test(secretKey);
    this.#stripe = new Stripe(secretKey, {
      maxNetworkRetries: 2,
      timeout: TIMEOUT_MS,
      telemetry: false,
      ...(api === null
        ? {}
        : {
            protocol: api.protocol === 'http:' ? 'http' : 'https',
            host: api.hostname,
            port: api.port === '' ? (api.protocol === 'http:' ? 80 : 443) : Number(api.port),
          }),
    });
  }

  async createCheckout(request: CheckoutRequest): Promise<Checkout> {
    const { amount, currency, customerId, description, keepMethod, paymentId, returnUrl } = request;
    const session = await asked(() =>
      this.#stripe.checkout.sessions.create(
        {
          mode: 'payment',
          line_items: [
            {
              quantity: 1,
              price_data: { currency, unit_amount: Number(amount), product_data: { name: description } },
            },
          ],
          client_reference_id: paymentId,
          metadata: { payment_id: paymentId },
          payment_intent_data: {
            description,
            metadata: { payment_id: paymentId },
            transfer_group: paymentId,
            ...(keepMethod ? { setup_future_usage: 'off_session' as const } : {}),
          },
          ...customerOf(customerId, keepMethod),
          success_url: returnUrl,
          cancel_url: returnUrl,
        },
        { idempotencyKey: `checkout:${paymentId}` },
      ),
    );
    return { checkoutId: session.id, url: session.url };
  }

  async chargeAgain({ amount, currency, customerId, description, paymentId }: RepeatRequest) {
    const intent = await asked(async () => {
      const methods = await this.#stripe.customers.listPaymentMethods(customerId, { limit: 1 });
      const [method] = methods.data;
      if (method === undefined) throw new ProviderProblem('refused', 'the payer has left nothing to pay with');
      return this.#stripe.paymentIntents.create(
        {
          amount: Number(amount),
          currency,
          customer: customerId,
          payment_method: method.id,
          off_session: true,
          confirm: true,
          description,
          metadata: { payment_id: paymentId, repeat_of_payment: paymentId },
          transfer_group: paymentId,
        },
        { idempotencyKey: `again:${paymentId}` },
      );
    });
    return { checkoutId: intent.id };
  }

  async feeOf(chargeId: string): Promise<bigint | null> {
    const intent = await asked(() =>
      this.#stripe.paymentIntents.retrieve(chargeId, { expand: ['latest_charge.balance_transaction'] }),
    );
    const charge = intent.latest_charge;
    if (charge === null || typeof charge === 'string') return null;
    const bill = charge.balance_transaction;
    if (bill === null || typeof bill === 'string') return null;
    // Billed in another currency it is no part of these books.
    return bill.currency === intent.currency ? BigInt(bill.fee) : 0n;
  }

  async refund({ amount, chargeId, key }: RefundRequest): Promise<{ readonly refundId: string }> {
    const { id } = await asked(() =>
      this.#stripe.refunds.create(
        { payment_intent: chargeId, amount: Number(amount), metadata: { refund_id: key } },
        { idempotencyKey: `refund:${key}` },
      ),
    );
    return { refundId: id };
  }

  async onboard(request: { key: string; recipientId: string | null; returnUrl: string }) {
    const { key, recipientId, returnUrl } = request;
    return asked(async () => {
      const account =
        recipientId === null
          ? await this.#stripe.accounts.create(
              {
                type: 'express',
                capabilities: { transfers: { requested: true } },
                // Money leaves when its owner asks here, not by Stripe's calendar.
                settings: { payouts: { schedule: { interval: 'manual' } } },
                metadata: { user_id: key },
              },
              { idempotencyKey: `account:${key}` },
            )
          : await this.#stripe.accounts.retrieve(recipientId);
      if (account.payouts_enabled === true) return { recipientId: account.id, ready: true, url: null };
      const link = await this.#stripe.accountLinks.create({
        account: account.id,
        type: 'account_onboarding',
        refresh_url: returnUrl,
        return_url: returnUrl,
      });
      return { recipientId: account.id, ready: false, url: link.url };
    });
  }

  async createTransfer({ amount, currency, key, recipientId }: TransferRequest) {
    const { id } = await asked(() =>
      this.#stripe.transfers.create(
        { amount: Number(amount), currency, destination: recipientId, metadata: { payout_id: key } },
        { idempotencyKey: `transfer:${key}` },
      ),
    );
    return { transferId: id };
  }

  async reverseTransfer({ key, transferId }: { readonly key: string; readonly transferId: string }): Promise<void> {
    await asked(() => this.#stripe.transfers.createReversal(transferId, {}, { idempotencyKey: `return:${key}` }));
  }

  async createPayout({ amount, currency, key, recipientId }: TransferRequest) {
    const { id } = await asked(() =>
      this.#stripe.payouts.create(
        { amount: Number(amount), currency, metadata: { payout_id: key } },
        { idempotencyKey: `payout:${key}`, stripeAccount: recipientId },
      ),
    );
    return { payoutId: id };
  }

  async getBalance(currency: Currency): Promise<bigint> {
    const { available, pending } = await asked(() => this.#stripe.balance.retrieve());
    const ours = [...available, ...pending].filter((part) => part.currency.toUpperCase() === currency);
    return BigInt(ours.reduce((sum, { amount }) => sum + amount, 0));
  }

  async verifyWebhook({ headers, raw }: WebhookMessage): Promise<ProviderEvent> {
    const signature = headers['stripe-signature'];
    if (typeof signature !== 'string') throw new UntrustedWebhook('no signature');
    let failure: unknown;
    for (const secret of this.#webhookSecrets) {
      try {
        const event = this.#stripe.webhooks.constructEvent(raw, signature, secret, TOLERANCE_S);
        const told = eventOf(event);
        return event.livemode === !this.#isLive ? { id: told.id, at: told.at, kind: 'other' } : told;
      } catch (error) {
        failure = error;
      }
    }
    throw new UntrustedWebhook('a signature that does not fit', { cause: failure });
  }

  async *listEvents(since: Date, recipientIds: readonly string[]): AsyncIterable<ProviderEvent> {
    yield* await this.#eventsOf(since, null);
    for (const recipientId of recipientIds) yield* await this.#eventsOf(since, recipientId);
  }

  /** Stripe lists the newest first. */
  async #eventsOf(since: Date, stripeAccount: string | null): Promise<ProviderEvent[]> {
    const created = { gte: Math.floor(since.getTime() / 1000) };
    const found: ProviderEvent[] = [];
    const options = stripeAccount === null ? {} : { stripeAccount };
    await asked(async () => {
      for await (const event of this.#stripe.events.list({ created, limit: 100 }, options)) found.push(eventOf(event));
    });
    return found.reverse();
  }
}

function customerOf(customerId: string | null, keepMethod: boolean) {
  if (customerId !== null) return { customer: customerId };
  return keepMethod ? { customer_creation: 'always' as const } : {};
}

/**
 * What Stripe will not do whenever it is asked, and everything else, which may go better later. A key that is in use or
 * was used with other words is no refusal: what was asked under it may have been done.
 */
async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProviderProblem) throw error;
    const isRefusal =
      error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError;
    throw new ProviderProblem(isRefusal ? 'refused' : 'unavailable', 'Stripe did not do it', error);
  }
}
