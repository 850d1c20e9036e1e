/**
 * Whatever way the news of a provider takes (any order, twice, lost and found again), payments end in one state and
 * the ledger in one balance. A history is told once in order, and once as the weather has it.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PaymentKit, paymentKit } from '../../../test/kit/payment-kit.ts';
import type { Person } from '../../actor.ts';
import type { PaymentProvider, ProviderEvent } from '../../payments/provider.ts';
import { takeEvent } from './take-event.ts';

/** A provider that tells nothing by itself; `listed` is what asking it finds. */
let listed: ProviderEvent[] = [];
const quiet = ({ sandbox }: { sandbox: PaymentProvider }): PaymentProvider => ({
  name: 'sandbox',
  origins: [],
  createCheckout: async ({ paymentId }) => ({ checkoutId: `checkout of ${paymentId}`, url: null }),
  chargeAgain: sandbox.chargeAgain.bind(sandbox),
  feeOf: sandbox.feeOf.bind(sandbox),
  refund: sandbox.refund.bind(sandbox),
  onboard: sandbox.onboard.bind(sandbox),
  createTransfer: sandbox.createTransfer.bind(sandbox),
  reverseTransfer: sandbox.reverseTransfer.bind(sandbox),
  createPayout: sandbox.createPayout.bind(sandbox),
  getBalance: sandbox.getBalance.bind(sandbox),
  verifyWebhook: sandbox.verifyWebhook.bind(sandbox),
  async *listEvents() {
    yield* listed;
  },
});

let kit: PaymentKit;
let payer: Person;
beforeAll(async () => {
  kit = await paymentKit(quiet);
  payer = await kit.person('Payer');
});
afterAll(() => kit.close());

type Step =
  | { readonly kind: 'fail' }
  | { readonly kind: 'pay' }
  | {
      readonly kind: 'refund';
      readonly n: number;
      readonly part: number;
      readonly status: 'pending' | 'succeeded' | 'failed';
    }
  | { readonly kind: 'dispute'; readonly n: number; readonly status: 'open' | 'won' | 'lost' };

/** What can happen to one payment of 10.07, in the order in which it does. */
const history = fc
  .record({
    fails: fc.boolean(),
    refunds: fc.array(
      fc.record({
        part: fc.integer({ min: 1, max: 900 }),
        ends: fc.constantFrom('succeeded' as const, 'failed' as const),
      }),
      { maxLength: 3 },
    ),
    disputes: fc.array(fc.constantFrom('open' as const, 'won' as const, 'lost' as const), { maxLength: 2 }),
  })
  .map(({ disputes, fails, refunds }): Step[] => [
    ...(fails ? [{ kind: 'fail' as const }] : []),
    { kind: 'pay' },
    ...refunds.flatMap(({ ends, part }, n): Step[] => [
      { kind: 'refund', n, part, status: 'pending' },
      { kind: 'refund', n, part, status: ends },
    ]),
    ...disputes.flatMap((status, n): Step[] => [
      { kind: 'dispute', n, status: 'open' },
      ...(status === 'open' ? [] : [{ kind: 'dispute' as const, n, status }]),
    ]),
  ]);

let told = 0;
function eventsOf(paymentId: string, steps: readonly Step[]): ProviderEvent[] {
  const begin = kit.clock.now().getTime();
  return steps.map((step, second) => eventOf(paymentId, step, new Date(begin + second * 1000).toISOString()));
}

function eventOf(paymentId: string, step: Step, at: string): ProviderEvent {
  const base = { id: `event ${++told}`, at };
  const checkoutId = `checkout of ${paymentId}`;
  const chargeId = `charge of ${paymentId}`;
  const whole = { amount: 1_007n, chargeId };
  switch (step.kind) {
    case 'fail':
      return { ...base, kind: 'payment.failed', paymentId, checkoutId, reason: 'declined' };
    case 'pay':
      return {
        ...base,
        ...whole,
        kind: 'payment.succeeded',
        paymentId,
        checkoutId,
        currency: 'EUR',
        fee: 40n,
        customerId: null,
      };
    case 'refund': {
      const refundId = `refund ${step.n} of ${paymentId}`;
      const { status } = step;
      return { ...base, kind: 'refund.updated', refundId, key: null, chargeId, amount: BigInt(step.part), status };
    }
    case 'dispute': {
      const disputeId = `dispute ${step.n} of ${paymentId}`;
      const words = { status: step.status, reason: 'fraudulent', openedAt: at };
      return { ...base, ...whole, ...words, kind: 'dispute.updated', disputeId, fee: 1_500n };
    }
  }
}

/** Everything that may be known of a payment, without names and times. */
async function outcomeOf(paymentId: string, creator: Person): Promise<unknown> {
  const [payment] = await kit.db.sql(
    `select status, failure, payee_share, refunded_amount, dispute_state, posted from payments where id = $1`,
    [paymentId],
  );
  const refunds = await kit.db.sql(
    `select amount, status from payment_refunds where payment_id = $1 order by provider_refund_id`,
    [paymentId],
  );
  const disputes = await kit.db.sql(
    `select amount, status, fee from payment_disputes where payment_id = $1 order by provider_dispute_id`,
    [paymentId],
  );
  const { available, held, pending } = await kit.balances(creator);
  return { payment, refunds, disputes, available, held, pending };
}

async function platformBalances(work: () => Promise<void>): Promise<Record<string, number>> {
  const before = await kit.balances(null);
  await work();
  const after = await kit.balances(null);
  return Object.fromEntries(
    Object.entries(after).map(([place, n]) => [place, n - before[place as keyof typeof before]]),
  );
}

async function play(steps: readonly Step[], weather: (events: ProviderEvent[]) => Promise<void>) {
  const creator = await kit.person('Creator');
  const { paymentId } = await kit.charge(payer, creator, 1_007);
  const platform = await platformBalances(() => weather(eventsOf(paymentId, steps)));
  return { platform, ...((await outcomeOf(paymentId, creator)) as object) };
}

test('any order, repetition, and loss with repair end in the same state and the same ledger', async () => {
  const weather = fc.record({ seed: fc.nat(), lost: fc.array(fc.nat({ max: 9 }), { maxLength: 4 }) });
  await fc.assert(
    fc.asyncProperty(history, weather, async (steps, { lost, seed }) => {
      const inOrder = await play(steps, async (events) => {
        for (const event of events) await takeEvent(kit.deps, event);
      });
      const asItCame = await play(steps, async (events) => {
        const twice = shuffled([...events, ...events], seed).filter((event) => !lost.includes(events.indexOf(event)));
        for (const event of twice) await takeEvent(kit.deps, event);
        listed = [...events];
        await kit.advance(11 * 60_000);
        listed = [];
      });
      expect(asItCame).toEqual(inOrder);
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('news that arrive at the same moment end the same way', async () => {
  const steps: Step[] = [
    { kind: 'pay' },
    { kind: 'refund', n: 0, part: 300, status: 'succeeded' },
    { kind: 'dispute', n: 0, status: 'open' },
    { kind: 'dispute', n: 0, status: 'lost' },
  ];
  const inOrder = await play(steps, async (events) => {
    for (const event of events) await takeEvent(kit.deps, event);
  });
  for (let round = 0; round < 5; round++) {
    const atOnce = await play(steps, async (events) => {
      await Promise.all(shuffled([...events, ...events], round).map((event) => takeEvent(kit.deps, event)));
    });
    expect(atOnce).toEqual(inOrder);
  }
});

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const rest = [...items];
  let state = seed || 1;
  return items.map(() => {
    state = (state * 48_271) % 2_147_483_647;
    return rest.splice(state % rest.length, 1)[0] as T;
  });
}
