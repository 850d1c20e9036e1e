/** What waits for admins, and their decisions on it. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  type BodyInputOf,
  desk,
  dossiers,
  escalations,
  notifications,
  type OutputOf,
  penalties,
  type QueryInputOf,
} from '@virgil/contract';
import { useCallback, useEffect } from 'react';
import { call } from './call.ts';
import { pagesOf, queryOf, refresh } from './queries.ts';
import { onConnect, send, useBroadcast, useSocket } from './socket.ts';

export type EscalationFilter = Omit<QueryInputOf<typeof escalations.listEscalations>, 'limit' | 'cursor'>;
export type EscalationDecision = BodyInputOf<typeof escalations.resolveEscalation>;
export type EscalationOutcome = OutputOf<typeof escalations.resolveEscalation>;

export function useEscalations(filter: EscalationFilter) {
  return useInfiniteQuery({
    ...pagesOf(escalations.listEscalations, { query: { limit: 50, ...filter } }),
    placeholderData: keepPreviousData,
    // What is told at once comes by socket; this finds what was missed while it was away.
    refetchInterval: 60_000,
  });
}

export const useEscalation = (id: string) => useQuery(queryOf(escalations.getEscalation, { params: { id } }));

export async function resolveEscalation(id: string, body: EscalationDecision): Promise<EscalationOutcome> {
  try {
    return await call(escalations.resolveEscalation, { params: { id }, body });
  } finally {
    // Also after a refusal: then somebody else has decided, and the page shows what.
    await refresh(
      escalations.listEscalations,
      escalations.getEscalation,
      dossiers.getUserHistory,
      dossiers.getDossier,
      penalties.listPenalties,
    );
  }
}

export const useEscalationTimes = () => useQuery(queryOf(escalations.getEscalationTimes, {}));

export async function setEscalationTimes(body: BodyInputOf<typeof escalations.setEscalationTimes>): Promise<void> {
  await call(escalations.setEscalationTimes, { body });
  await refresh(escalations.getEscalationTimes, escalations.listEscalations, escalations.getEscalation);
}

/** A desk that says nothing for so long counts as closed. */
const SIGN_OF_LIFE_MS = 20_000;

const readAgain = () => void refresh(escalations.listEscalations, escalations.getEscalation);

/** Hears of new matters and of decisions at once, and lets others see that one looks at `itemId`. */
export function useLiveEscalations(itemId: string | null): void {
  useSocket();
  useBroadcast(desk.moderation, readAgain);
  // Strikes have no place in the moderators' queue; every admin gets a notice of them.
  useBroadcast(
    notifications.notificationSent,
    useCallback(({ kind }: { readonly kind: string }) => {
      if (kind === 'strikes_escalated') readAgain();
    }, []),
  );
  useEffect(() => {
    const watch = () => {
      // Refused or offline: the list is asked again from time to time anyway.
      send(desk.watchQueue, { itemId: itemId as desk.ReviewItemId | null }).catch(() => undefined);
    };
    const stop = onConnect(watch);
    const timer = setInterval(watch, SIGN_OF_LIFE_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [itemId]);
}
