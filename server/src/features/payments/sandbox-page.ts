/** The page of the sandbox to which a payer is sent: their own test payments alone. */
import type { payments as contract, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { PaymentDeps } from './deps.ts';
import { moneyOf } from './describe.ts';
import { findPayment } from './store.ts';

/** What only the sandbox can; `app.ts` hands it over where the sandbox is the provider. */
export interface TestMoney {
  checkout(id: string): Promise<TestCheckout | null>;
  decide(id: string, decision: 'approve' | 'decline'): Promise<TestCheckout | null>;
  play(
    paymentId: string,
    act: 'succeed' | 'fail' | 'dispute' | 'win' | 'lose' | 'refund' | 'redeliver',
  ): Promise<boolean>;
}

interface TestCheckout {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly description: string;
  readonly status: 'open' | 'paid' | 'declined';
}

export async function getSandboxCheckout(
  deps: PaymentDeps,
  testMoney: TestMoney | null,
  actor: Actor,
  id: string,
): Promise<contract.SandboxCheckout> {
  const { checkout } = await ownCheckout(deps, testMoney, actor, id);
  return described(checkout);
}

export async function decideSandboxCheckout(
  deps: PaymentDeps,
  testMoney: TestMoney | null,
  actor: Actor,
  id: string,
  decision: 'approve' | 'decline',
): Promise<contract.SandboxCheckout> {
  const { checkout, userId } = await ownCheckout(deps, testMoney, actor, id);
  if (checkout.status !== 'open') return described(checkout);
  const decided = await testMoney?.decide(id, decision);
  if (decided === null || decided === undefined) throw new AppError('not_found');
  await deps.database.asSystem('record who decided a test payment', (tx) =>
    recordAudit(tx, {
      type: 'SANDBOX_CHECKOUT_DECIDED',
      entity: 'payment',
      entityId: checkout.paymentId,
      actorId: userId,
      at: deps.clock.now(),
      details: { decision },
    }),
  );
  return described(decided);
}

async function ownCheckout(
  deps: PaymentDeps,
  testMoney: TestMoney | null,
  actor: Actor,
  id: string,
): Promise<{ checkout: TestCheckout; userId: UserId }> {
  const { userId } = personOfActor(actor);
  const checkout = (await testMoney?.checkout(id)) ?? null;
  if (checkout === null) throw new AppError('not_found');
  const payment = await deps.database.asActor(actor, (tx) => findPayment(tx, checkout.paymentId));
  if (payment?.payerId !== userId) throw new AppError('not_found');
  return { checkout, userId };
}

function described({ amount, currency, description, id, paymentId, status }: TestCheckout): contract.SandboxCheckout {
  return { id, paymentId, amount: moneyOf(amount, currency), description, status };
}
