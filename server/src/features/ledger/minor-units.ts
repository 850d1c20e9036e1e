/** Amounts of money in words of the contract, and as people write them. */
import type { Money } from '@virgil/contract';
import type { Currency } from './post-transfer.ts';

/** Digits behind the point of the currencies we take (ISO 4217); the table `currencies` knows more. */
const EXPONENT: Readonly<Record<Currency, number>> = { USD: 2, EUR: 2, GBP: 2 };

/** What PostgreSQL gives for a bigint or a sum of them; 90 million million dollars still fit. */
export function moneyOf(amount: bigint | string | number, currency: string): Money {
  const value = Number(amount);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${amount} ${currency} is more than a number holds`);
  // Only accepted currencies are ever posted.
  return { amount: value, currency: currency as Currency };
}

/** `-12.05`: in units, for files that other programs read, where a number is no formula. */
export function unitsOf({ amount, currency }: Money): number {
  return amount / 10 ** EXPONENT[currency];
}
