import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { messages, type OutputOf } from '@virgil/contract';
import { useEffect } from 'react';
import { call } from './call.ts';
import { useMe } from './me.ts';
import { pagesOf, queryOf, refresh } from './queries.ts';
import { on, onConnect, useSocket } from './socket.ts';

export type SentMessage = OutputOf<typeof messages.sendMessage>;

const newest = queryOf(messages.listConversations, { query: { limit: 1 } });
const conversations = [messages.listConversations, messages.getConversation] as const;

/** How many messages are unread. Live by socket: this hook holds it for whoever is signed in. */
export function useUnreadMessages(): number {
  const signedIn = useMe() != null;
  useSocket(signedIn);
  useEffect(() => {
    if (!signedIn) return;
    const again = () => void refresh(...conversations);
    const stop = [
      on(messages.directMessageSent, again),
      on(messages.directMessagesGone, again),
      on(messages.directMessagesRead, again),
      onConnect(again),
    ];
    return () => {
      for (const end of stop) end();
    };
  }, [signedIn]);
  return useQuery({ ...newest, enabled: signedIn }).data?.counts.unread ?? 0;
}

export function useConversations(q: string | undefined) {
  return useInfiniteQuery({
    ...pagesOf(messages.listConversations, { query: { limit: 30, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
}

export function useConversation(userId: string) {
  return useInfiniteQuery(pagesOf(messages.getConversation, { params: { userId }, query: { limit: 50 } }));
}

export async function sendMessage(toUserId: string, message: string, clientId: string): Promise<SentMessage> {
  const sent = await call(messages.sendMessage, { body: { toUserId, message, clientId } });
  await refresh(...conversations);
  return sent;
}

export async function markConversationRead(userId: string): Promise<void> {
  await call(messages.readConversation, { params: { userId } });
  await refresh(...conversations);
}

export async function deleteMessage(userId: string, messageId: string): Promise<void> {
  await call(messages.deleteMessage, { params: { userId, messageId } });
  await refresh(...conversations);
}

export async function deleteConversation(userId: string): Promise<void> {
  await call(messages.deleteConversation, { params: { userId } });
  await refresh(...conversations);
}
