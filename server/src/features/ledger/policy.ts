/** What the rules say about money the platform gives. Facts in, decision out. */
import { ALLOWED, type Decision, refuse } from '../channels/index.ts';

/** 10 US cents for each whole minute of received media (product rule). */
const CENTS_PER_MINUTE = 10n;

/** Minor units of USD; zero for a stream of less than a minute. Gaps were left out when the media was counted. */
export function completionBonus(receivedMs: number): bigint {
  if (!(receivedMs > 0)) return 0n;
  return CENTS_PER_MINUTE * BigInt(Math.floor(Math.floor(receivedMs / 1000) / 60));
}

/** What a payer paid goes back to the payer, through the provider; only the platform's own gift can be taken back here. */
export function mayReverse(transfer: { readonly kind: string; readonly isOwn: boolean }): Decision {
  if (transfer.kind !== 'bonus') return refuse('not_allowed');
  return transfer.isOwn ? refuse('own_content') : ALLOWED;
}
