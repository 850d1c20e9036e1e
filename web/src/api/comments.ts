import { useInfiniteQuery } from '@tanstack/react-query';
import { comments, type OutputOf } from '@virgil/contract';
import { useEffect, useState } from 'react';
import { call } from './call.ts';
import { pagesOf, refresh } from './queries.ts';
import { on, onConnect, send, useSocket } from './socket.ts';

export type WrittenComment = OutputOf<typeof comments.writeComment>;

export function useComments(videoId: string) {
  return useInfiniteQuery({
    ...pagesOf(comments.listComments, { params: { id: videoId }, query: { limit: 30 } }),
    staleTime: 60_000,
  });
}

/** How many there are at this moment; null until the server has said so. Asked again after every reconnection. */
export function useCommentCount(videoId: string): number | null {
  const [told, setTold] = useState<{ videoId: string; count: number } | null>(null);
  useSocket();
  useEffect(() => {
    let gone = false;
    const stop = [
      on(comments.commentsCounted, (payload) => {
        if (payload.videoId === videoId) setTold({ videoId, count: payload.count });
      }),
      onConnect(() => {
        send(comments.watchComments, { videoId })
          .then(({ count }) => gone || setTold({ videoId, count }))
          // Then the number of the list stands.
          .catch(() => undefined);
      }),
    ];
    return () => {
      gone = true;
      for (const end of stop) end();
      send(comments.unwatchComments, { videoId }).catch(() => undefined);
    };
  }, [videoId]);
  return told?.videoId === videoId ? told.count : null;
}

export async function writeComment(videoId: string, message: string, clientId: string): Promise<WrittenComment> {
  const written = await call(comments.writeComment, { params: { id: videoId }, body: { message, clientId } });
  await refresh(comments.listComments);
  return written;
}

export async function removeComment(videoId: string, commentId: string): Promise<void> {
  await call(comments.removeComment, { params: { id: videoId, commentId } });
  await refresh(comments.listComments);
}
