import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { notifications } from '@virgil/contract';
import { useEffect } from 'react';
import { call } from './call.ts';
import { useMe } from './me.ts';
import { pagesOf, queryOf, refresh } from './queries.ts';
import { on, onConnect, useSocket } from './socket.ts';

const newest = queryOf(notifications.listNotifications, { query: { limit: 1, unread: 'true' } });

/** How many notices are unread. Live by socket: this hook holds it for whoever is signed in. */
export function useUnreadCount(): number {
  const me = useMe();
  const signedIn = me != null;
  useSocket(signedIn);
  useEffect(() => {
    if (!signedIn) return;
    const stop = [
      on(notifications.notificationSent, () => void refresh(notifications.listNotifications)),
      on(notifications.inboxChanged, () => void refresh(notifications.listNotifications)),
      onConnect(() => void refresh(notifications.listNotifications)),
    ];
    return () => {
      for (const end of stop) end();
    };
  }, [signedIn]);
  return useQuery({ ...newest, enabled: signedIn }).data?.counts.unread ?? 0;
}

export function useNotifications(filter: {
  unread?: boolean;
  topic?: notifications.NoticeTopic | undefined;
  q?: string | undefined;
}) {
  return useInfiniteQuery({
    ...pagesOf(notifications.listNotifications, {
      query: {
        limit: 30,
        ...(filter.unread ? { unread: 'true' } : {}),
        ...(filter.topic ? { topic: filter.topic } : {}),
        ...(filter.q ? { q: filter.q } : {}),
      },
    }),
    placeholderData: keepPreviousData,
  });
}

export async function markRead(id: string): Promise<void> {
  await call(notifications.readNotification, { params: { id } });
  await refresh(notifications.listNotifications);
}

export async function markUnread(id: string): Promise<void> {
  await call(notifications.unreadNotification, { params: { id } });
  await refresh(notifications.listNotifications);
}

/** `undo` marks as new again what this marked, and nothing that was read before or since. */
export async function markAllRead(): Promise<{ readonly read: number; readonly undo: () => Promise<void> }> {
  const { read, readAt } = await call(notifications.readAllNotifications, {});
  await refresh(notifications.listNotifications);
  return {
    read,
    async undo() {
      if (readAt !== null) await call(notifications.undoReadAll, { body: { readAt } });
      await refresh(notifications.listNotifications);
    },
  };
}
