/** How a payment is divided: 10 % for the platform, rounded down, the rest for the creator (product rule). */

export interface Split {
  readonly artistShare: bigint;
  readonly platformShare: bigint;
}

export function splitGross(amount: bigint): Split {
  if (amount <= 0n) throw new RangeError(`nothing to split: ${amount}`);
  const platformShare = amount / 10n;
  return { artistShare: amount - platformShare, platformShare };
}

export interface Share<Account extends string = string> {
  readonly account: Account;
  readonly amount: bigint;
}

/**
 * Who gives back how much when `part` of a payment is returned after `before` of it was. Of everything returned so far
 * the platform gives a tenth, rounded down, and the creator the rest, so that parts in any sizes close to zero exactly.
 * `credits` are the payment's original credits; `fees` names the account that got the platform's tenth of it, or null
 * when it was not split that way; then each gives in proportion, and the largest gives what rounding leaves.
 */
export function sharesToReturn<Account extends string>(
  credits: readonly Share<Account>[],
  before: bigint,
  part: bigint,
  fees: Account | null,
): Share<Account>[] {
  const gross = credits.reduce((sum, { amount }) => sum + amount, 0n);
  if (part <= 0n || before < 0n || before + part > gross) throw new RangeError('more than was paid');
  const [then, now] = [givenBack(credits, gross, before, fees), givenBack(credits, gross, before + part, fees)];
  return credits
    .map(({ account }) => ({ account, amount: (now.get(account) ?? 0n) - (then.get(account) ?? 0n) }))
    .filter(({ amount }) => amount !== 0n);
}

function givenBack<Account extends string>(
  credits: readonly Share<Account>[],
  gross: bigint,
  returned: bigint,
  fees: Account | null,
): Map<Account, bigint> {
  const main = credits.reduce((best, credit) =>
    credit.account !== fees && (best.account === fees || credit.amount > best.amount) ? credit : best,
  );
  const given = new Map<Account, bigint>();
  let sum = 0n;
  for (const { account, amount } of credits) {
    if (account === main.account) continue;
    const share = account === fees ? returned / 10n : (amount * returned) / gross;
    given.set(account, share);
    sum += share;
  }
  return given.set(main.account, returned - sum);
}
