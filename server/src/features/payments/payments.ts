/** Puts the slice together: what other features ask of payments. */
import type { WebhookMessage } from '../../payments/provider.ts';
import { type Charged, type ChargeRequest, charge, statusOf } from './charge.ts';
import type { PaymentDeps } from './deps.ts';
import { receiveWebhook } from './receive-webhook.ts';

export interface Payments {
  /** False: this instance takes no money. */
  isAvailable(): boolean;
  /** Takes money once per payer, purpose and key. Outside of a transaction: it talks to the provider. */
  charge(request: ChargeRequest): Promise<Charged>;
  /** What became of it so far; null when there is no such payment. */
  statusOf(paymentId: string): Promise<Charged | null>;
  /** For providers that tell without travelling over HTTP. */
  receive(message: WebhookMessage): Promise<void>;
}

export function createPayments(deps: PaymentDeps): Payments {
  return {
    isAvailable: () => deps.provider !== null,
    charge: (request) => charge(deps, request),
    statusOf: (paymentId) => statusOf(deps, paymentId),
    receive: (message) => receiveWebhook(deps, message),
  };
}
