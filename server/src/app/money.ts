/** Everything that is paid: the provider, payments, tips, subscriptions, and the books that follow from them. */
import { dataSecret } from '../data-secret.ts';
import type { NodeSignal } from '../db/node-signals.ts';
import { type LedgerDeps, ledgerJobs, ledgerRoutes } from '../features/ledger/index.ts';
import type { TextModeration } from '../features/moderation/index.ts';
import { createPayments, type PaymentDeps, paymentJobs, paymentRoutes } from '../features/payments/index.ts';
import {
  chargeSubscription,
  followPatronPrice,
  followTierPrices,
  type SubscriptionDeps,
  subscriptionJobs,
  subscriptionRoutes,
  subscriptionSettlement,
} from '../features/subscriptions/index.ts';
import {
  hearTip,
  showTip,
  type TipBoard,
  type TipDeps,
  tipCommands,
  tipLimit,
  tipRoutes,
  tipSettlement,
} from '../features/tips/index.ts';
import { balancesAt } from '../payments/balances.ts';
import { Sandbox, sandboxJob } from '../payments/sandbox/index.ts';
import { StripeProvider } from '../payments/stripe/index.ts';
import type { Realtime } from '../realtime/index.ts';
import type { MoneyReactions } from '../subscriptions.ts';
import type { Ground } from './ground.ts';

export interface Rooms {
  readonly realtime: Realtime;
  readonly moderation: TextModeration;
  readonly board: TipBoard;
}

export async function createMoney(ground: Ground, { board, moderation, realtime }: Rooms) {
  const { clock, config, database, logger } = ground;
  const publicUrl = () => ground.publicUrl;
  const sandbox =
    config.payments?.provider === 'sandbox'
      ? new Sandbox({
          database,
          clock,
          logger,
          secret: await dataSecret(config.dataFolder, 'sandbox-secret'),
        })
      : null;
  const provider =
    config.payments?.provider === 'stripe'
      ? new StripeProvider({ ...config.payments, webhookSecrets: config.payments.webhookSecret.split(',') })
      : sandbox;
  const settlements = { tip: tipSettlement, patronage: subscriptionSettlement, tier: subscriptionSettlement };
  const paymentDeps: PaymentDeps = { database, clock, logger, provider, settlements, publicUrl };
  const payments = createPayments(paymentDeps);
  sandbox?.connect((message) => payments.receive(message));

  const limit = config.rateLimits ? tipLimit() : null;
  const tipDeps: TipDeps = { database, clock, realtime, payments, moderation, board, limit };
  const subscriptionDeps: SubscriptionDeps = { database, clock, payments };
  const providerBalances = provider === null ? null : balancesAt(provider);
  const ledgerDeps: LedgerDeps = { database, clock, logger, providerBalances };

  const reactions: MoneyReactions = {
    showTip: (event) => showTip(tipDeps, event),
    forgetTips: async ({ streamId }) => board.forget(streamId),
    chargeSubscription: async ({ chargeId }) =>
      void (await chargeSubscription(subscriptionDeps, chargeId, { isAttended: false })),
    followPatronPrice: (event) => followPatronPrice(subscriptionDeps, event),
    followTierPrices: () => followTierPrices(subscriptionDeps),
  };
  return {
    payments,
    provider,
    reactions,
    hear: (word: NodeSignal) => hearTip(tipDeps, word),
    commands: tipCommands(tipDeps),
    jobs: [
      ...paymentJobs(paymentDeps),
      ...subscriptionJobs,
      ...ledgerJobs(ledgerDeps),
      ...(sandbox === null ? [] : [sandboxJob(sandbox)]),
    ],
    bindings: [
      ...paymentRoutes(paymentDeps, sandbox),
      ...tipRoutes(tipDeps),
      ...subscriptionRoutes(subscriptionDeps),
      ...ledgerRoutes(ledgerDeps),
    ],
  };
}
