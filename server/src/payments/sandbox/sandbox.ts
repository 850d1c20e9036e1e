/**
 * A payment provider that moves no money: for development, tests and trying things out. It has a memory in the
 * database, so it knows after a restart what it knew before; it plays its scenarios by amount (`scenarios.ts`) on the
 * product clock; and it tells by webhooks that are signed and checked like those of a real provider.
 */
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database, Tx } from '../../db/database.ts';
import {
  type Checkout,
  type CheckoutRequest,
  type Currency,
  type PaymentProvider,
  type ProviderEvent,
  ProviderProblem,
  providerEvent,
  type RefundRequest,
  type RepeatRequest,
  type TransferRequest,
  UntrustedWebhook,
  type WebhookMessage,
} from '../provider.ts';
import { balanceIn } from './balance.ts';
import {
  chargeIdOf,
  disputeEvent,
  failedEvent,
  payoutEvent,
  refundEvent,
  succeededEvent,
  succeededId,
} from './events.ts';
import {
  changeObject,
  createObject,
  dueEvents,
  eventsSince,
  idOf,
  lockObject,
  markSent,
  noteEvent,
  objectsOf,
  type SandboxObject,
  sendAgain,
  type Unsent,
  unsentOf,
} from './memory.ts';
import { DAY_MS, MINUTE_MS, type Scenario, scenarioOf } from './scenarios.ts';
import { checkSignature, signedMessage } from './signature.ts';

export interface SandboxDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secret: string;
}

export interface SandboxCheckout {
  readonly id: string;
  readonly amount: bigint;
  readonly currency: Currency;
  readonly description: string;
  readonly status: 'open' | 'paid' | 'declined';
  readonly returnUrl: string;
  readonly paymentId: string;
}

/** What a test may let happen to a payment that was made. */
export type Play = 'succeed' | 'fail' | 'dispute' | 'win' | 'lose' | 'refund' | 'redeliver';

/** In the same call a webhook is sent at once; this much later, should the process have died, it is sent by the job. */
const SAFETY_MS = 5_000;

type CheckoutObject = SandboxObject<'checkout'>;

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
const feeOf = (scenario: Scenario | null): bigint => (scenario === 'withFee' ? 50n : 0n);

export class Sandbox implements PaymentProvider {
  readonly name = 'sandbox';
  readonly origins: readonly string[] = [];
  readonly #deps: SandboxDeps;
  #deliver: (message: WebhookMessage) => Promise<void> = async () => {
    throw new Error('the sandbox has nobody to tell yet');
  };

  constructor(deps: SandboxDeps) {
    this.#deps = deps;
  }

  /** Where its webhooks go. */
  connect(deliver: (message: WebhookMessage) => Promise<void>): void {
    this.#deliver = deliver;
  }

  async createCheckout(request: CheckoutRequest): Promise<Checkout> {
    const { amount, currency, description, keepMethod, paymentId, returnUrl } = request;
    const { checkout, told } = await this.#remember('begin a test payment', async (tx, at) => {
      const scenario = scenarioOf(amount);
      const words = { description, keepMethod, paymentId, returnUrl, status: 'open' as const };
      const body = { amount, currency, fee: feeOf(scenario), ...words };
      const { object, isNew } = await createObject(tx, 'checkout', paymentId, body, at);
      if (!isNew) return { checkout: object, told: [succeededId(object)] };
      if (scenario === 'asksPayer') {
        const expiresAt = later(at, DAY_MS);
        await noteEvent(tx, failedEvent(object, expiresAt, 'expired'), { dueAt: expiresAt });
        return { checkout: object, told: [] };
      }
      if (scenario === 'declined') return { checkout: object, told: [await this.#decline(tx, object, at)] };
      return { checkout: object, told: await this.#pay(tx, object, at, scenario) };
    });
    await this.#send(told);
    return {
      checkoutId: checkout.id,
      // A path: the page is ours, under whatever name the payer's browser knows this instance.
      url: scenarioOf(amount) === 'asksPayer' ? `/pay/sandbox/${checkout.id}` : null,
    };
  }

  /** Its payers are always there: charged as at a checkout, and whoever would be asked there is asked here. */
  async chargeAgain({ customerId: _customerId, ...request }: RepeatRequest): Promise<{ readonly checkoutId: string }> {
    if (scenarioOf(request.amount) === 'asksPayer') throw new ProviderProblem('refused', 'the bank asks for the payer');
    return this.createCheckout({ ...request, returnUrl: '', customerId: null, keepMethod: true });
  }

  async feeOf(chargeId: string): Promise<bigint | null> {
    return this.#remember('look at the fee of a test payment', async (tx) => {
      const found = (await objectsOf(tx, 'checkout')).find((object) => chargeIdOf(object) === chargeId);
      return found?.body.fee ?? null;
    });
  }

  async refund({ amount, chargeId, currency, key }: RefundRequest): Promise<{ readonly refundId: string }> {
    const { refundId, told } = await this.#remember('refund a test payment', async (tx, at) => {
      const checkout = await this.#checkoutOf(tx, chargeId);
      const refunds = (await objectsOf(tx, 'refund')).filter(({ body }) => body.chargeId === chargeId);
      const before = refunds.filter((refund) => refund.key !== key).reduce((sum, { body }) => sum + body.amount, 0n);
      if (before + amount > checkout.body.amount) throw new ProviderProblem('refused', 'more than was paid');
      const { object } = await createObject(tx, 'refund', key, { amount, chargeId, currency }, at);
      const event = refundEvent(object.id, key, chargeId, amount, 'succeeded', at);
      await noteEvent(tx, event, { dueAt: later(at, SAFETY_MS) });
      if (scenarioOf(checkout.body.amount) === 'refundFails') {
        const failedAt = later(at, MINUTE_MS);
        await noteEvent(tx, refundEvent(object.id, key, chargeId, amount, 'failed', failedAt), { dueAt: failedAt });
      }
      return { refundId: object.id, told: [event.id] };
    });
    await this.#send(told);
    return { refundId };
  }

  async onboard(request: { key: string; recipientId: string | null }) {
    const recipientId = await this.#remember('open a test account for payouts', async (tx, at) => {
      const { object } = await createObject(tx, 'recipient', request.key, {}, at);
      return object.id;
    });
    return { recipientId, ready: true, url: null };
  }

  async createTransfer({ key, ...body }: TransferRequest): Promise<{ readonly transferId: string }> {
    return this.#remember('transfer test money', async (tx, at) => {
      const { object } = await createObject(tx, 'transfer', key, { ...body, reversed: false }, at);
      return { transferId: object.id };
    });
  }

  async reverseTransfer({ transferId }: { readonly key: string; readonly transferId: string }): Promise<void> {
    await this.#remember('take test money back', async (tx, at) => {
      const transfer = await lockObject(tx, 'transfer', transferId);
      if (transfer === null) throw new ProviderProblem('refused', 'no such transfer');
      await changeObject(tx, transfer, { ...transfer.body, reversed: true }, at);
    });
  }

  async createPayout({ key, ...body }: TransferRequest): Promise<{ readonly payoutId: string }> {
    const { payoutId, told } = await this.#remember('pay test money out', async (tx, at) => {
      const { object } = await createObject(tx, 'payout', key, body, at);
      const scenario = scenarioOf(body.amount);
      const fails = scenario === 'payoutFails';
      const arrivesAt = scenario === 'payoutLate' ? later(at, DAY_MS) : at;
      const event = payoutEvent(object.id, key, fails ? 'failed' : 'paid', arrivesAt);
      await noteEvent(tx, event, { dueAt: later(arrivesAt, scenario === 'payoutLate' ? 0 : SAFETY_MS) });
      return { payoutId: object.id, told: scenario === 'payoutLate' ? [] : [event.id] };
    });
    await this.#send(told);
    return { payoutId };
  }

  async getBalance(currency: Currency): Promise<bigint> {
    const events: ProviderEvent[] = [];
    for await (const event of this.listEvents(new Date(0))) events.push(event);
    return this.#remember('count test money', async (tx) =>
      balanceIn(currency, {
        transfers: await objectsOf(tx, 'transfer'),
        events,
      }),
    );
  }

  async verifyWebhook(message: WebhookMessage): Promise<ProviderEvent> {
    checkSignature(this.#deps.secret, message, this.#deps.clock.now());
    try {
      return providerEvent.parse(JSON.parse(message.raw.toString('utf8')));
    } catch (error) {
      throw new UntrustedWebhook('not an event of the sandbox', { cause: error });
    }
  }

  async *listEvents(since: Date): AsyncIterable<ProviderEvent> {
    const now = this.#deps.clock.now();
    let after: { at: Date; id: string } | null = null;
    for (;;) {
      const page = await this.#remember('list test events', (tx) => eventsSince(tx, since, now, after));
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = { at: new Date(last.at), id: last.id };
    }
  }

  // What only the sandbox can.

  async checkout(checkoutId: string): Promise<SandboxCheckout | null> {
    const object = await this.#remember('look at a test payment', (tx) => lockObject(tx, 'checkout', checkoutId));
    if (object === null) return null;
    const { fee: _fee, keepMethod: _keepMethod, ...body } = object.body;
    return { id: object.id, ...body };
  }

  /** The payer's answer on the sandbox's page; the first one holds. Null when there is no such checkout. */
  async decide(checkoutId: string, decision: 'approve' | 'decline'): Promise<SandboxCheckout | null> {
    const told = await this.#remember('decide a test payment', async (tx, at) => {
      const object = await lockObject(tx, 'checkout', checkoutId);
      if (object === null || object.body.status !== 'open') return [];
      return decision === 'approve' ? this.#pay(tx, object, at, null) : [await this.#decline(tx, object, at)];
    });
    await this.#send(told);
    return this.checkout(checkoutId);
  }

  /** False when there is no payment of this name here. */
  async play(paymentId: string, act: Play): Promise<boolean> {
    const told = await this.#remember('play a scenario', async (tx, at) => {
      const object = await lockObject(tx, 'checkout', idOf('checkout', paymentId));
      return object === null ? null : this.#act(tx, object, act, at);
    });
    if (told === null) return false;
    await this.#send(told);
    return true;
  }

  async #act(tx: Tx, object: CheckoutObject, act: Play, at: Date): Promise<string[]> {
    const soon = { dueAt: later(at, SAFETY_MS) };
    switch (act) {
      case 'succeed':
        return this.#pay(tx, object, at, null);
      case 'fail':
        return [await this.#decline(tx, object, at)];
      case 'dispute':
      case 'win':
      case 'lose': {
        const status = act === 'dispute' ? 'open' : act === 'win' ? 'won' : 'lost';
        const event = disputeEvent(object, status, at, at);
        await noteEvent(tx, event, soon);
        return [event.id];
      }
      case 'refund': {
        const refundId = idOf('refund', object.id, 'by the provider');
        const event = refundEvent(refundId, null, chargeIdOf(object), object.body.amount, 'succeeded', at);
        await noteEvent(tx, event, soon);
        return [event.id];
      }
      case 'redeliver':
        await sendAgain(tx, succeededId(object), later(at, SAFETY_MS));
        return [succeededId(object)];
    }
  }

  /** Sends what is due; once more each time until it is taken. */
  async tellDue(): Promise<void> {
    const now = this.#deps.clock.now();
    const due = await this.#remember('find test webhooks that are due', (tx) => dueEvents(tx, now));
    await this.#sendAll(due);
  }

  async #pay(tx: Tx, object: CheckoutObject, at: Date, scenario: Scenario | null): Promise<string[]> {
    const paidAt = scenario === 'paidLate' ? later(at, MINUTE_MS) : at;
    await changeObject(tx, object, { ...object.body, status: 'paid' }, paidAt);
    const event = succeededEvent(object, paidAt);
    switch (scenario) {
      case 'paidLate':
        await noteEvent(tx, event, { dueAt: paidAt });
        return [];
      case 'neverTold':
        await noteEvent(tx, event, { dueAt: null });
        return [];
      case 'toldOutOfOrder': {
        const refundId = idOf('refund', object.id, 'by the provider');
        const refund = refundEvent(refundId, null, chargeIdOf(object), 100n, 'succeeded', later(at, 1_000));
        await noteEvent(tx, event, { dueAt: later(at, 10_000) });
        await noteEvent(tx, refund, { dueAt: later(at, SAFETY_MS) });
        return [refund.id];
      }
      case 'toldTwice':
        await noteEvent(tx, event, { dueAt: later(at, SAFETY_MS), sends: 2 });
        return [event.id];
      default:
        await noteEvent(tx, event, { dueAt: later(at, SAFETY_MS) });
    }
    if (scenario === 'disputeWon' || scenario === 'disputeLost' || scenario === 'disputeOpen') {
      const openedAt = later(at, MINUTE_MS);
      await noteEvent(tx, disputeEvent(object, 'open', openedAt, openedAt), { dueAt: openedAt });
      if (scenario === 'disputeOpen') return [event.id];
      const closedAt = later(openedAt, MINUTE_MS);
      const closed = disputeEvent(object, scenario === 'disputeWon' ? 'won' : 'lost', closedAt, openedAt);
      await noteEvent(tx, closed, { dueAt: closedAt });
    }
    return [event.id];
  }

  async #decline(tx: Tx, object: CheckoutObject, at: Date): Promise<string> {
    await changeObject(tx, object, { ...object.body, status: 'declined' }, at);
    const event = failedEvent(object, at, 'declined');
    await noteEvent(tx, event, { dueAt: later(at, SAFETY_MS) });
    return event.id;
  }

  async #checkoutOf(tx: Tx, chargeId: string): Promise<CheckoutObject> {
    const object = await lockObject(tx, 'checkout', chargeId.replace(/^sb_charge_/, 'sb_checkout_'));
    if (object === null || object.body.status !== 'paid') throw new ProviderProblem('refused', 'no such charge');
    return object;
  }

  async #send(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#sendAll(await this.#remember('find test webhooks to send', (tx) => unsentOf(tx, ids)));
  }

  async #sendAll(events: readonly Unsent[]): Promise<void> {
    for (const { body, id, sends } of events) {
      try {
        for (let sent = 0; sent < sends; sent++) {
          await this.#deliver(signedMessage(this.#deps.secret, JSON.stringify(body), this.#deps.clock.now()));
          await this.#remember('note a test webhook as sent', (tx) => markSent(tx, id));
        }
      } catch (error) {
        // As with a real one: who does not answer well is told again later.
        this.#deps.logger.warn({ err: error, eventId: id }, 'a test webhook was not taken');
      }
    }
  }

  #remember<T>(reason: string, work: (tx: Tx, at: Date) => Promise<T>): Promise<T> {
    return this.#deps.database.asSystem(`sandbox: ${reason}`, (tx) => work(tx, this.#deps.clock.now()));
  }
}
