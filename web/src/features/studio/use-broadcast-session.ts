/** One's own stream from start to end, and the publisher that feeds it from this browser. */
import { useQuery } from '@tanstack/react-query';
import { ledger, livestreams, type Money, type StreamId, type UserId } from '@virgil/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { queryOf, refresh } from '../../api/queries.ts';
import { useBroadcast } from '../../api/socket.ts';
import { idle, Publisher, type PublisherState, type Tracks } from './publisher.ts';
import type { Draft } from './stream-form.tsx';

export interface BroadcastSession {
  /** The running stream's id; null when there is none, undefined while that is unknown. */
  readonly streamId: StreamId | null | undefined;
  readonly publisher: PublisherState;
  start(draft: Draft, tracks: Tracks | null): Promise<void>;
  /** Sends from this browser into a stream that runs already. */
  send(tracks: Tracks): void;
  stopSending(): Promise<void>;
  /** Answers the completion bonus; null for a stream that was too short for one. */
  end(): Promise<Money | null>;
}

export function useBroadcastSession(myId: UserId, tracks: Tracks | null): BroadcastSession {
  const [publisherState, setPublisherState] = useState<PublisherState>(idle);
  const publisher = useRef<Publisher | null>(null);
  const mine = useQuery({
    ...queryOf(livestreams.listByCreator, { params: { creatorId: myId }, query: { limit: 1 } }),
    refetchInterval: 15_000,
  });
  const streamId = mine.data ? ((mine.data.active[0]?.id as StreamId | undefined) ?? null) : undefined;

  useEffect(() => {
    const made = new Publisher(setPublisherState);
    publisher.current = made;
    return () => void made.stop();
  }, []);

  // Another camera or a shared screen replaces the track that is on the air.
  useEffect(() => {
    if (tracks) void publisher.current?.swap(tracks);
  }, [tracks]);

  const send = useCallback(
    (next: Tracks) => {
      if (streamId) publisher.current?.start(`/whip/${streamId}`, next);
    },
    [streamId],
  );

  useBroadcast(
    livestreams.streamState,
    useCallback(
      (state) => {
        if (state.streamId !== streamId) return;
        if (!state.isActive) void publisher.current?.stop();
        else if (state.reconnectMedia) publisher.current?.reopen();
        void refresh(livestreams.listByCreator, livestreams.getLivestream);
      },
      [streamId],
    ),
  );

  return {
    streamId,
    publisher: publisherState,
    send,
    start: useCallback(async (draft: Draft, first: Tracks | null) => {
      const { livestream } = await call(livestreams.startLivestream, {
        body: {
          title: draft.title,
          danteRealm: draft.danteRealm,
          patronOnly: draft.patronOnly,
          ...(draft.description.trim() ? { description: draft.description } : {}),
          ...(draft.category.trim() ? { category: draft.category } : {}),
        },
      });
      if (first) publisher.current?.start(`/whip/${livestream.id}`, first);
      await refresh(livestreams.listByCreator, livestreams.listActive);
    }, []),
    stopSending: useCallback(async () => publisher.current?.stop(), []),
    end: useCallback(async () => {
      await publisher.current?.stop();
      const ended = streamId ? await call(livestreams.endLivestream, { params: { id: streamId } }) : null;
      await refresh(livestreams.listByCreator, livestreams.listActive, livestreams.getLivestream, ledger.getEarnings);
      return ended?.bonus ?? null;
    }, [streamId]),
  };
}
