/** The queue of texts that wait, one of them in full, decisions on them, and one's own desk. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type BodyInputOf, desk, type OutputOf, type QueryInputOf, review } from '@virgil/contract';
import { call } from './call.ts';
import { useMe } from './me.ts';
import { pagesOf, queryClient, queryOf, refresh } from './queries.ts';

export type QueueFilter = Omit<QueryInputOf<typeof desk.getQueue>, 'limit' | 'cursor'>;

export function useQueue(filter: QueueFilter, enabled: boolean) {
  return useInfiniteQuery({
    ...pagesOf(desk.getQueue, { query: { limit: 50, ...filter } }),
    placeholderData: keepPreviousData,
    // Open desks hear of changes; this is for the moments in which the line was gone.
    refetchInterval: 30_000,
    enabled,
  });
}

export function useReviewItem(id: string | undefined) {
  return useQuery({
    ...queryOf(desk.getReviewItem, { params: { id: id ?? '' } }),
    enabled: id !== undefined,
    // What is on the desk is what was there when it was opened, until something is heard of it.
    staleTime: 60_000,
  });
}

export function useDesk() {
  const me = useMe();
  return useQuery({
    ...queryOf(desk.getDesk, {}),
    enabled: me !== null && me !== undefined && !me.isBanned,
    staleTime: 60_000,
  });
}

export const queueChanged = () => refresh(desk.getQueue, desk.getDesk);
export const itemChanged = (id: string) =>
  queryClient.invalidateQueries({ queryKey: queryOf(desk.getReviewItem, { params: { id } }).queryKey });

export const claimItem = (id: string) => call(desk.claimItem, { params: { id } });
export const releaseItem = (id: string) => call(desk.releaseItem, { params: { id } });

export async function noteLook(id: string): Promise<void> {
  const { exposure } = await call(desk.noteLook, { params: { id } });
  keepExposure(exposure);
}

export async function noteBreak(): Promise<void> {
  const { exposure } = await call(desk.noteBreak, {});
  keepExposure(exposure);
}

function keepExposure(exposure: desk.Exposure): void {
  const { queryKey } = queryOf(desk.getDesk, {});
  queryClient.setQueryData(queryKey, (known) => (known === undefined ? known : { ...known, exposure }));
}

export type DeskChange = BodyInputOf<typeof desk.changeDesk>;

export async function changeDesk(change: DeskChange, forEverybody = false): Promise<void> {
  const now = await call(forEverybody ? desk.changeDeskDefaults : desk.changeDesk, { body: change });
  queryClient.setQueryData(queryOf(desk.getDesk, {}).queryKey, now);
}

/** What is to be done, as the decision bar puts it together. */
export type Decision =
  | { readonly act: 'approve'; readonly reason: string }
  | { readonly act: 'reject'; readonly reason: string }
  | { readonly act: 'timeout'; readonly minutes: number; readonly reason: string }
  | {
      readonly act: 'punish';
      readonly type: 'warning' | 'strike' | 'ban';
      readonly reason: string;
      readonly policyReference?: string;
    }
  | { readonly act: 'escalate'; readonly trigger: desk.EscalationTrigger; readonly note?: string };

export type DecisionMade = OutputOf<typeof review.approveItem>;

/** It can be taken back for ten seconds. */
export async function decide(id: string, decision: Decision): Promise<DecisionMade> {
  const { act, ...rest } = decision;
  const input = { params: { id }, body: { ...rest, undoable: true } } as never;
  try {
    return await call(OPERATIONS[act], input);
  } finally {
    // Also after a refusal: then somebody else has decided, and the page shows what.
    void Promise.all([queueChanged(), itemChanged(id)]);
  }
}

const OPERATIONS = {
  approve: review.approveItem,
  reject: review.rejectItem,
  timeout: review.timeOutAuthor,
  punish: review.punishAuthor,
  escalate: review.escalateItem,
} as const;

export async function undo(id: string): Promise<void> {
  try {
    await call(review.undoDecision, { params: { id } });
  } finally {
    void Promise.all([queueChanged(), itemChanged(id)]);
  }
}

export type BulkBody = Omit<BodyInputOf<typeof review.decideSeveral>, 'ids' | 'dryRun' | 'undoable'>;
export type BulkAnswer = OutputOf<typeof review.decideSeveral>;

export const previewSeveral = (ids: readonly string[], body: BulkBody): Promise<BulkAnswer> =>
  call(review.decideSeveral, { body: { ...body, ids: [...ids], dryRun: true } });

/** In parts, so that progress can be shown and one part that fails leaves the others standing. */
export async function decideSeveral(ids: readonly string[], body: BulkBody): Promise<BulkAnswer> {
  try {
    return await call(review.decideSeveral, { body: { ...body, ids: [...ids], undoable: true } });
  } finally {
    void refresh(desk.getQueue, desk.getDesk, desk.getReviewItem);
  }
}
