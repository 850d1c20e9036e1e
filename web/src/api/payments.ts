import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ledger, type Money, type OutputOf, payments } from '@virgil/contract';
import { call } from './call.ts';
import { pagesOf, queryClient, queryOf, refresh } from './queries.ts';

export interface PaymentFilter {
  readonly q?: string | undefined;
  readonly status?: payments.PaymentStatus | undefined;
}

const given = (filter: object) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));

const ASK_AGAIN_MS = 2_000;

export function useOwnPayments(filter: PaymentFilter) {
  return useInfiniteQuery({
    ...pagesOf(payments.listPayments, { query: { limit: 30, ...given(filter) } }),
    placeholderData: keepPreviousData,
  });
}

/** Asked for again while it is pending. */
export function usePayment(id: string) {
  return useQuery({
    ...queryOf(payments.getPayment, { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? ASK_AGAIN_MS : false),
  });
}

export function useSandboxCheckout(id: string) {
  return useQuery(queryOf(payments.getSandboxCheckout, { params: { id } }));
}

export async function decideSandboxCheckout(
  id: string,
  decision: 'approve' | 'decline',
): Promise<payments.SandboxCheckout> {
  const checkout = await call(payments.decideSandboxCheckout, { params: { id }, body: { decision } });
  queryClient.setQueryData(queryOf(payments.getSandboxCheckout, { params: { id } }).queryKey, checkout);
  await refresh(payments.getPayment, payments.listPayments);
  return checkout;
}

export function usePayoutAccount() {
  return useQuery(queryOf(payments.getPayoutAccount, {}));
}

/** Where its owner goes on at the provider; null when nothing is asked. */
export async function openPayoutAccount(): Promise<string | null> {
  const { url } = await call(payments.openPayoutAccount, {});
  await refresh(payments.getPayoutAccount);
  return url;
}

export function useOwnPayouts() {
  return useInfiniteQuery({
    ...pagesOf(payments.listPayouts, { query: { limit: 3 } }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'requested')) ? ASK_AGAIN_MS : false,
  });
}

export async function requestPayout(money: Money, idempotencyKey: string): Promise<payments.Payout> {
  const payout = await call(payments.requestPayout, { body: { ...money, idempotencyKey } });
  await refresh(payments.listPayouts, payments.getPayoutAccount, ledger.getEarnings, ledger.listEarnings);
  return payout;
}

export function useAllPayments(filter: PaymentFilter) {
  return useInfiniteQuery({
    ...pagesOf(payments.listAllPayments, { query: { limit: 50, ...given(filter) } }),
    placeholderData: keepPreviousData,
  });
}

export async function refundPayment(
  id: string,
  body: { readonly amount: number; readonly reason: string; readonly idempotencyKey: string },
): Promise<payments.AdminPayment> {
  const payment = await call(payments.refundPayment, { params: { id }, body });
  await refresh(payments.listAllPayments, ledger.getBooks);
  return payment;
}

export function useDisputes(filter: { q?: string | undefined; status?: payments.Dispute['status'] | undefined }) {
  return useInfiniteQuery({
    ...pagesOf(payments.listDisputes, { query: { limit: 50, ...given(filter) } }),
    placeholderData: keepPreviousData,
  });
}

export function useAllPayouts(filter: { q?: string | undefined; status?: payments.Payout['status'] | undefined }) {
  return useInfiniteQuery({
    ...pagesOf(payments.listAllPayouts, { query: { limit: 50, ...given(filter) } }),
    placeholderData: keepPreviousData,
  });
}

export type StoredPaymentSettings = OutputOf<typeof payments.getPaymentSettings>;

export function usePaymentSettings() {
  return useQuery(queryOf(payments.getPaymentSettings, {}));
}

export async function savePaymentSettings(body: payments.PaymentSettings): Promise<void> {
  const stored = await call(payments.updatePaymentSettings, { body });
  queryClient.setQueryData(queryOf(payments.getPaymentSettings, {}).queryKey, stored);
}
