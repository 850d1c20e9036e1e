/** What the rules say about money the platform gives. Facts in, amount out. */

/** 10 US cents for each whole minute of received media (product rule). */
const CENTS_PER_MINUTE = 10n;

/** Minor units of USD; zero for a stream of less than a minute. Gaps were left out when the media was counted. */
export function completionBonus(receivedMs: number): bigint {
  if (!(receivedMs > 0)) return 0n;
  return CENTS_PER_MINUTE * BigInt(Math.floor(Math.floor(receivedMs / 1000) / 60));
}
