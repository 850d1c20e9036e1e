import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { blocks, comments, messages } from '@virgil/contract';
import { useEffect, useMemo } from 'react';
import { call } from './call.ts';
import { useMe } from './me.ts';
import { pagesOf, queryClient, queryOf, refresh } from './queries.ts';
import { on } from './socket.ts';

export type HiddenKind = 'block' | 'mute';

const hidden = queryOf(blocks.getHiddenPeople, {});

export interface HiddenPeople {
  readonly blocked: ReadonlySet<string>;
  readonly muted: ReadonlySet<string>;
  /** One does not want to read what they write. */
  readonly isHidden: (userId: string | null) => boolean;
}

/** Whom one has blocked or muted; follows what is done on one's other pages. */
export function useHiddenPeople(): HiddenPeople {
  const signedIn = useMe() != null;
  const { data } = useQuery({ ...hidden, enabled: signedIn, staleTime: 5 * 60_000 });
  useEffect(() => on(blocks.hiddenPeopleChanged, (people) => queryClient.setQueryData(hidden.queryKey, people)), []);
  return useMemo(() => {
    const blocked = new Set<string>(signedIn ? data?.blocked : []);
    const muted = new Set<string>(signedIn ? data?.muted : []);
    return {
      blocked,
      muted,
      isHidden: (userId) => userId !== null && (blocked.has(userId) || muted.has(userId)),
    };
  }, [data, signedIn]);
}

const OPERATIONS = {
  block: { put: blocks.block, take: blocks.unblock, list: blocks.listBlocks },
  mute: { put: blocks.mute, take: blocks.unmute, list: blocks.listMutes },
} as const;

export async function setHidden(kind: HiddenKind, userId: string, isHidden: boolean): Promise<void> {
  const { put, take } = OPERATIONS[kind];
  if (isHidden) await call(put, { params: { userId } });
  else await call(take, { params: { userId } });
  await refresh(blocks.getHiddenPeople, blocks.listBlocks, blocks.listMutes);
  // Lists that leave such people out, and what the pages of messages say of them.
  await refresh(comments.listComments, messages.listConversations, messages.getConversation);
}

export function useHiddenList(kind: HiddenKind, q: string | undefined) {
  return useInfiniteQuery({
    ...pagesOf(OPERATIONS[kind].list, { query: { limit: 50, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
}
