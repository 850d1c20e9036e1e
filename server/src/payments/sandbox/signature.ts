/** The sandbox signs its webhooks the way Stripe does: HMAC-SHA-256 over time and raw body, good for five minutes. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { UntrustedWebhook, type WebhookMessage } from '../provider.ts';

export const SIGNATURE_HEADER = 'virgil-sandbox-signature';
const TOLERANCE_S = 300;

export function signedMessage(secret: string, body: string, now: Date): WebhookMessage {
  const raw = Buffer.from(body);
  const seconds = Math.floor(now.getTime() / 1000);
  return { raw, headers: { [SIGNATURE_HEADER]: `t=${seconds},v1=${mac(secret, seconds, raw)}` } };
}

/** Throws `UntrustedWebhook`. */
export function checkSignature(secret: string, { headers, raw }: WebhookMessage, now: Date): void {
  const header = headers[SIGNATURE_HEADER];
  const match = typeof header === 'string' ? /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) : null;
  if (match === null) throw new UntrustedWebhook('no signature');
  const seconds = Number(match[1]);
  const expected = Buffer.from(mac(secret, seconds, raw), 'hex');
  if (!timingSafeEqual(expected, Buffer.from(match[2] ?? '', 'hex'))) throw new UntrustedWebhook('a wrong signature');
  if (Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE_S) throw new UntrustedWebhook('too old');
}

function mac(secret: string, seconds: number, raw: Buffer): string {
  return createHmac('sha256', secret).update(`${seconds}.`).update(raw).digest('hex');
}
