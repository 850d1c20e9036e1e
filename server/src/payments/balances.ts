/** What a provider says it holds, in every currency: the books are held against it. */
import { currency } from '@virgil/contract';
import type { PaymentProvider } from './provider.ts';

export function balancesAt(provider: Pick<PaymentProvider, 'getBalance'>): () => Promise<ReadonlyMap<string, bigint>> {
  return async () => {
    const found = new Map<string, bigint>();
    for (const each of currency.options) found.set(each, await provider.getBalance(each));
    return found;
  };
}
