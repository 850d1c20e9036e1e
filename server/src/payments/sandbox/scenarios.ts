/**
 * What the sandbox does with a payment, chosen by its amount, as real providers do it by test cards. Every amount that
 * is not listed is paid at once. Documented for people in docs/decisions/payments.md.
 */

/** Minor units, the same in every currency. */
export const MAGIC_AMOUNTS = {
  /** Waits for the payer on a page of the sandbox, as a bank that asks again (3-D Secure). */
  asksPayer: 1301n,
  declined: 1302n,
  /** Pays a minute later. */
  paidLate: 1303n,
  /** Tells of the payment twice. */
  toldTwice: 1304n,
  /** Gives 1.00 back at once, and tells of that first; of the payment ten seconds later. */
  toldOutOfOrder: 1305n,
  /** Pays and never tells; only asking for events finds it. */
  neverTold: 1306n,
  /** Disputed after a minute, decided after two. */
  disputeWon: 1307n,
  disputeLost: 1308n,
  disputeOpen: 1309n,
  /** Keeps 0.50 for itself. */
  withFee: 1310n,
  /** A refund of this payment fails after a minute. */
  refundFails: 1311n,
  /** Of payouts. */
  payoutFails: 1313n,
  /** Arrives a day later. */
  payoutLate: 1314n,
} as const;
export type Scenario = keyof typeof MAGIC_AMOUNTS;

export const DISPUTE_FEE = 1_500n;
export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

export function scenarioOf(amount: bigint): Scenario | null {
  const found = Object.entries(MAGIC_AMOUNTS).find(([, magic]) => magic === amount);
  // Keys of the table are its type.
  return found === undefined ? null : (found[0] as Scenario);
}
