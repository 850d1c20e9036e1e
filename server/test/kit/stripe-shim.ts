/**
 * The part of Stripe's API that the adapter asks for, with a memory: objects, idempotency keys, events and their
 * webhooks. `stripe-mock` checks the shape of requests and remembers nothing; this one remembers and checks little.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import type { WebhookMessage } from '../../src/payments/provider.ts';

type Json = Record<string, unknown>;
type Form = Readonly<Record<string, string>>;

class Refusal extends Error {
  readonly status: number;
  readonly body: Json;
  constructor(message: string, type = 'invalid_request_error', status = 400) {
    super(message);
    this.status = status;
    this.body = { error: { type, message } };
  }
}

export const SHIM_KEY = 'sk_test_of_the_shim';
export const SHIM_SECRET = 'whsec_of_the_shim';

export class StripeShim {
  readonly heard: WebhookMessage[] = [];
  /** Also sends its webhooks there, as Stripe does. */
  webhookUrl: string | null = null;
  /** Set: answers nothing but this status. */
  broken: number | null = null;
  readonly #server: Server;
  readonly #objects = new Map<string, Json>();
  readonly #answers = new Map<string, { readonly form: string; readonly answer: Json }>();
  readonly #events: (Json & { account?: string })[] = [];
  readonly #deliveries: Promise<unknown>[] = [];
  #number = 0;
  #balance = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<StripeShim> {
    const server = createServer();
    const shim = new StripeShim(server);
    server.on('request', (request, response) => {
      void shim.#answer(request).then(({ body, status }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return shim;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Webhooks under way have been answered. */
  async settle(): Promise<void> {
    while (this.#deliveries.length > 0) await this.#deliveries.shift();
  }

  async stop(): Promise<void> {
    await this.settle();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async pay(sessionId: string): Promise<void> {
    const session = this.#find(sessionId);
    const { customerId, intentId } = session as { customerId: string | null; intentId: string };
    Object.assign(session, { payment_status: 'paid', payment_intent: intentId, customer: customerId });
    this.#charge(intentId, session.amount_total as number);
    this.#tell('checkout.session.completed', session);
    await this.settle();
  }

  async expire(sessionId: string): Promise<void> {
    this.#tell('checkout.session.expired', this.#find(sessionId));
    await this.settle();
  }

  async dispute(intentId: string, status: 'needs_response' | 'won' | 'lost'): Promise<void> {
    const id = `dp_${intentId}`;
    const amount = this.#find(intentId).amount;
    const known = this.#objects.get(id) ?? { id, object: 'dispute', amount, payment_intent: intentId, created: now() };
    const dispute = { ...known, status, reason: 'fraudulent', balance_transactions: [{ fee: 1_500 }] };
    this.#objects.set(id, dispute);
    this.#tell(status === 'needs_response' ? 'charge.dispute.created' : 'charge.dispute.closed', dispute);
    await this.settle();
  }

  sign(body: string, ageSeconds = 0): WebhookMessage {
    const header = new Stripe(SHIM_KEY).webhooks.generateTestHeaderString({
      payload: body,
      secret: SHIM_SECRET,
      timestamp: now() - ageSeconds,
    });
    return { raw: Buffer.from(body), headers: { 'stripe-signature': header } };
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: Json }> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (this.broken !== null) throw new Refusal('out of order', 'api_error', this.broken);
      if (request.headers.authorization !== `Bearer ${SHIM_KEY}`) throw new Refusal('who are you?', 'api_error', 401);
      const url = new URL(request.url ?? '', this.url);
      const text = Buffer.concat(chunks).toString('utf8');
      const form = Object.fromEntries(new URLSearchParams(request.method === 'POST' ? text : url.search));
      const account = request.headers['stripe-account']?.toString();
      const key = request.headers['idempotency-key']?.toString();
      const known = key === undefined || request.method !== 'POST' ? undefined : this.#answers.get(key);
      if (known !== undefined) {
        if (known.form !== text) throw new Refusal('Keys for idempotent requests…', 'idempotency_error');
        return { status: 200, body: known.answer };
      }
      const answer = structuredClone(this.#route(`${request.method} ${url.pathname}`, form, account));
      if (key !== undefined) this.#answers.set(key, { form: text, answer });
      return { status: 200, body: answer };
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, body: error.body };
      return { status: 500, body: { error: { type: 'api_error', message: String(error) } } };
    }
  }

  #route(asked: string, form: Form, account: string | undefined): Json {
    const [, id = ''] = /^\w+ \/v1\/\w+\/([\w-]+)/.exec(asked) ?? [];
    if (asked === 'POST /v1/checkout/sessions') return this.#session(form);
    if (asked === 'POST /v1/payment_intents') return this.#repeat(form);
    if (asked.startsWith('GET /v1/payment_intents/')) return this.#find(id);
    if (asked === 'POST /v1/refunds') return this.#refund(form);
    if (asked === 'POST /v1/accounts') return this.#make('acct', { object: 'account', payouts_enabled: false });
    if (asked.startsWith('GET /v1/accounts/')) return this.#find(id);
    if (asked === 'POST /v1/account_links')
      return { object: 'account_link', url: `https://connect.stripe.com/${form.account}` };
    if (asked === 'POST /v1/transfers') return this.#move(-Number(form.amount), 'tr', form);
    if (asked.startsWith('POST /v1/transfers/')) return this.#move(Number(this.#find(id).amount), 'trr', form);
    if (asked === 'POST /v1/payouts') return this.#payout(form, account);
    if (asked === 'GET /v1/balance') {
      return { object: 'balance', available: [{ amount: this.#balance, currency: 'eur' }], pending: [] };
    }
    if (asked.startsWith('GET /v1/customers/')) {
      if (!this.#objects.has(id)) throw new Refusal('no such customer');
      return { object: 'list', has_more: false, data: [{ id: `pm_${id}`, object: 'payment_method' }] };
    }
    if (asked === 'GET /v1/events') return this.#list(form, account);
    throw new Refusal(`the shim does not know ${asked}`, 'invalid_request_error', 404);
  }

  #session(form: Form): Json {
    const amount = Number(form['line_items[0][price_data][unit_amount]']);
    const session = this.#make('cs', {
      object: 'checkout.session',
      amount_total: amount,
      currency: form['line_items[0][price_data][currency]']?.toLowerCase(),
      client_reference_id: form.client_reference_id,
      payment_status: 'unpaid',
      payment_intent: null,
      customer: null,
    });
    const isKept = form.customer_creation === 'always';
    const customerId = form.customer ?? (isKept ? (this.#make('cus', { object: 'customer' }).id as string) : null);
    const url = `https://checkout.stripe.com/c/${String(session.id)}`;
    return Object.assign(session, { url, customerId, intentId: `pi_${++this.#number}` });
  }

  #repeat(form: Form): Json {
    const metadata = { repeat_of_payment: form['metadata[repeat_of_payment]'] };
    const id = `pi_${++this.#number}`;
    this.#charge(id, Number(form.amount));
    const intent = Object.assign(this.#find(id), { metadata, customer: form.customer, status: 'succeeded' });
    this.#tell('payment_intent.succeeded', intent);
    return intent;
  }

  #charge(id: string, amount: number): void {
    this.#balance += amount - 59;
    this.#objects.set(id, {
      id,
      object: 'payment_intent',
      amount,
      amount_received: amount,
      currency: 'eur',
      metadata: {},
      refunded: 0,
      latest_charge: { id: `ch_${id}`, balance_transaction: { fee: 59, currency: 'eur' } },
    });
  }

  #refund(form: Form): Json {
    const intent = this.#find(form.payment_intent ?? '');
    const amount = Number(form.amount);
    if ((intent.refunded as number) + amount > (intent.amount as number)) throw new Refusal('more than was paid');
    intent.refunded = (intent.refunded as number) + amount;
    this.#balance -= amount;
    const metadata = { refund_id: form['metadata[refund_id]'] };
    const refund = this.#make('re', {
      object: 'refund',
      amount,
      payment_intent: intent.id,
      status: 'succeeded',
      metadata,
    });
    this.#tell('refund.created', refund);
    return refund;
  }

  #move(amount: number, prefix: string, form: Form): Json {
    this.#balance += amount;
    return this.#make(prefix, {
      object: prefix === 'tr' ? 'transfer' : 'transfer_reversal',
      amount: Number(form.amount),
    });
  }

  #payout(form: Form, account: string | undefined): Json {
    if (account === undefined) throw new Refusal('not from the platform');
    const metadata = { payout_id: form['metadata[payout_id]'] };
    const payout = this.#make('po', { object: 'payout', amount: Number(form.amount), metadata, failure_code: null });
    this.#tell('payout.paid', payout, account);
    return payout;
  }

  #list(form: Form, account: string | undefined): Json {
    const since = Number(form['created[gte]'] ?? 0);
    const after = this.#events.findIndex(({ id }) => id === form.starting_after);
    const data = this.#events
      .filter((event) => event.account === account && (event.created as number) >= since)
      .toReversed();
    // Pages of three, so that reading on is tried too.
    const from =
      form.starting_after === undefined || after < 0 ? 0 : data.findIndex(({ id }) => id === form.starting_after) + 1;
    return { object: 'list', url: '/v1/events', data: data.slice(from, from + 3), has_more: data.length > from + 3 };
  }

  #make(prefix: string, fields: Json): Json {
    const object = { id: `${prefix}_${++this.#number}`, created: now(), ...fields };
    this.#objects.set(object.id, object);
    return object;
  }

  #find(id: string): Json {
    const found = this.#objects.get(id);
    if (found === undefined) throw new Refusal(`no such object: ${id}`, 'invalid_request_error', 404);
    return found;
  }

  #tell(type: string, object: Json, account?: string): void {
    const base = { id: `evt_${++this.#number}`, object: 'event', type, created: now(), api_version: '2026-10-28' };
    const event = { ...base, data: { object: structuredClone(object) }, ...(account === undefined ? {} : { account }) };
    this.#events.push(event);
    const body = JSON.stringify(event);
    const message = this.sign(body);
    this.heard.push(message);
    if (this.webhookUrl === null) return;
    const headers = { 'content-type': 'application/json', ...(message.headers as Record<string, string>) };
    this.#deliveries.push(fetch(this.webhookUrl, { method: 'POST', headers, body }).catch(() => undefined));
  }
}

const now = () => Math.floor(Date.now() / 1000);
