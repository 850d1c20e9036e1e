import { useQuery } from '@tanstack/react-query';
import { type BodyInputOf, payments, type StreamId, type Tip, tips } from '@virgil/contract';
import { call } from './call.ts';
import { queryOf, refresh } from './queries.ts';

export type TipRequest = BodyInputOf<typeof tips.tipLivestream>;

/** The same request again, by its key, answers what the first one did: nothing is paid twice. */
export async function giveTip(streamId: StreamId, request: TipRequest): Promise<tips.TipAnswer> {
  const answer = await call(tips.tipLivestream, { params: { id: streamId }, body: request });
  await refresh(payments.listPayments);
  return answer;
}

/** Asked again while the payment is on its way. */
export function useGivenTip(id: string | null) {
  return useQuery({
    ...queryOf(tips.getGivenTip, { params: { id: id ?? '' } }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.status === 'pending' ? 2_000 : false),
  });
}

/** The tips of a stream since this moment: for the part of the chat that was just paged in. */
export async function tipsSince(streamId: StreamId, since: string): Promise<Tip[]> {
  const found: Tip[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await call(tips.listTips, {
      params: { id: streamId },
      query: { limit: 100, ...(cursor ? { cursor } : {}) },
    });
    found.push(...page.items.filter(({ createdAt }) => createdAt >= since));
    if (page.nextCursor === null || page.items.some(({ createdAt }) => createdAt < since)) return found;
    cursor = page.nextCursor;
  }
}
