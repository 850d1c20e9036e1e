import { payments } from '@virgil/contract';
import { AppError } from '../../errors.ts';
import { type Binding, bind } from '../../http/index.ts';
import { changeSettings, getSettings } from './change-settings.ts';
import type { PaymentDeps } from './deps.ts';
import { payoutOf } from './describe.ts';
import { getPayment, listAllPayments, listDisputes, listPayments, paymentForAdmins } from './list-payments.ts';
import { getPayoutAccount, listAllPayouts, listPayouts, openPayoutAccount } from './payouts.ts';
import { refundPayment } from './refund-payment.ts';
import { requestPayout } from './request-payout.ts';
import { decideSandboxCheckout, getSandboxCheckout, type TestMoney } from './sandbox-page.ts';

/** Each asks the provider for something. */
const PROVIDER_LIMIT = { points: 20, seconds: 60 };

/** `testMoney` null: real money, or none. */
export function paymentRoutes(deps: PaymentDeps, testMoney: TestMoney | null): Binding[] {
  return [
    bind(payments.listPayments, ({ caller, query }) => listPayments(deps, caller.actor, query)),
    bind(payments.getPayment, ({ caller, params }) => getPayment(deps, caller.actor, params.id)),
    bind(payments.getPayoutAccount, ({ caller }) => getPayoutAccount(deps, caller.actor)),
    bind(payments.openPayoutAccount, ({ caller }) => openPayoutAccount(deps, caller.actor), { limit: PROVIDER_LIMIT }),
    bind(payments.listPayouts, ({ caller, query }) => listPayouts(deps, caller.actor, query)),
    bind(payments.requestPayout, async ({ body, caller }) => payoutOf(await requestPayout(deps, caller.actor, body)), {
      limit: PROVIDER_LIMIT,
    }),
    bind(payments.listAllPayments, ({ caller, query }) => listAllPayments(deps, caller.actor, query)),
    bind(
      payments.refundPayment,
      async ({ body, caller, params }) => {
        await refundPayment(deps, caller.actor, { paymentId: params.id, ...body, amount: body.amount });
        return paymentForAdmins(deps, caller.actor, params.id);
      },
      { limit: PROVIDER_LIMIT },
    ),
    bind(payments.listDisputes, ({ caller, query }) => listDisputes(deps, caller.actor, query)),
    bind(payments.listAllPayouts, ({ caller, query }) => listAllPayouts(deps, caller.actor, query)),
    bind(payments.getPaymentSettings, () => getSettings(deps)),
    bind(payments.updatePaymentSettings, ({ body, caller }) => changeSettings(deps, caller.actor, body)),
    bind(payments.getSandboxCheckout, ({ caller, params }) =>
      getSandboxCheckout(deps, testMoney, caller.actor, params.id),
    ),
    bind(payments.decideSandboxCheckout, ({ body, caller, params }) =>
      decideSandboxCheckout(deps, testMoney, caller.actor, params.id, body.decision),
    ),
    bind(payments.playPayment, async ({ body, params }) => {
      if (testMoney === null || !(await testMoney.play(params.id, body.act))) throw new AppError('not_found');
      return undefined;
    }),
  ];
}
