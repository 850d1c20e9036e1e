import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { accounts, type BodyInputOf, channels, livestreams, type Money, subscriptions } from '@virgil/contract';
import { call } from './call.ts';
import { refreshMe } from './me.ts';
import { pagesOf, queryClient, queryOf, refresh } from './queries.ts';

/** What a channel asks a month, and how one stands there; asked again while a payment is on its way. */
export function usePatronage(channelId: string | undefined) {
  return useQuery({
    ...queryOf(subscriptions.getPatronage, { params: { id: channelId ?? '' } }),
    enabled: channelId !== undefined,
    refetchInterval: ({ state }) => (state.data?.mine?.status === 'pending' ? 2_000 : false),
  });
}

/** At this price and no other. Becomes a patron, goes on with a payment that waits, or takes a cancellation back. */
export async function becomePatron(channelId: string, price?: Money): Promise<subscriptions.Purchase> {
  const purchase = await call(subscriptions.becomePatron, {
    params: { id: channelId },
    query: price ? { ...price } : {},
  });
  await patronageChanged();
  return purchase;
}

export async function cancelPatronage(channelId: string): Promise<void> {
  await call(subscriptions.cancelPatronage, { params: { id: channelId } });
  await patronageChanged();
}

/** Whoever is a patron sees more: streams and channels are asked for again. */
export async function patronageChanged(): Promise<void> {
  await refresh(
    subscriptions.getPatronage,
    subscriptions.listSubscriptions,
    channels.getChannel,
    livestreams.getLivestream,
  );
}

export function useSubscriptions(ended: boolean) {
  return useInfiniteQuery({
    ...pagesOf(subscriptions.listSubscriptions, { query: { limit: 24, ...(ended ? { ended: 'true' } : {}) } }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'pending')) ? 2_000 : false,
  });
}

export function useTier() {
  return useQuery({
    ...queryOf(subscriptions.getTierSubscription, {}),
    refetchInterval: ({ state }) => (state.data?.subscription?.status === 'pending' ? 2_000 : false),
  });
}

export async function buyTier(body: BodyInputOf<typeof subscriptions.buyTier>): Promise<subscriptions.Purchase> {
  const purchase = await call(subscriptions.buyTier, { body });
  await tierChanged();
  return purchase;
}

export async function cancelTier(): Promise<void> {
  await call(subscriptions.cancelTier, {});
  await tierChanged();
}

export async function tierChanged(): Promise<void> {
  await refresh(subscriptions.getTierSubscription, subscriptions.listSubscriptions);
  await refreshMe();
}

export function useTierPrices() {
  return useQuery(queryOf(subscriptions.getTierPrices, {}));
}

export async function setTierPrices(body: BodyInputOf<typeof subscriptions.setTierPrices>): Promise<void> {
  const prices = await call(subscriptions.setTierPrices, { body });
  queryClient.setQueryData(queryOf(subscriptions.getTierPrices, {}).queryKey, prices);
  await refresh(subscriptions.getTierSubscription, accounts.getMe);
}
