/** The door through which a provider tells what happened: nothing is read before the signature over its bytes is right. */
import { AppError } from '../../errors.ts';
import { UntrustedWebhook, type WebhookMessage } from '../../payments/provider.ts';
import { unavailable } from './charge.ts';
import type { PaymentDeps } from './deps.ts';
import { takeEvent } from './take-event.ts';

/** Throws `invalid` for a message that is not the provider's; anything else that fails is for the provider to repeat. */
export async function receiveWebhook(deps: PaymentDeps, message: WebhookMessage): Promise<void> {
  if (deps.provider === null) throw unavailable();
  const event = await deps.provider.verifyWebhook(message).catch((error: unknown) => {
    if (!(error instanceof UntrustedWebhook)) throw error;
    throw new AppError('invalid', { detail: 'The signature does not fit.', cause: error });
  });
  await takeEvent(deps, event);
}
