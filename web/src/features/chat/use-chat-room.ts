/**
 * One room on the shared socket: joined on every connection (with the last `seq`, so that nothing is missed),
 * reduced into `Room`, and told what to send. Lines written offline wait and go out after the rejoin.
 */
import { type ChannelRole, type ChatModes, chat, livestreams, type StreamId, tips } from '@virgil/contract';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { refresh } from '../../api/queries.ts';
import { holdSocket, on, onConnect, send, useSocketState } from '../../api/socket.ts';
import { tipsSince } from '../../api/tips.ts';
import { emptyRoom, type Room, reduceRoom } from './room-state.ts';

export interface ChatRoom {
  readonly room: Room;
  readonly modes: ChatModes | null;
  readonly role: ChannelRole;
  readonly timedOutUntil: string | null;
  readonly viewers: number | null;
  /** Why the room cannot be entered; null while entering and inside. */
  readonly refusal: ApiProblem | null;
  readonly connection: 'connecting' | 'joined' | 'lost';
  say(text: string): void;
  sayAgain(clientId: string): void;
  withdraw(clientId: string): void;
  react(type: chat.ReactionType): Promise<void>;
  /** Loads the page before the oldest line; false when there is none. */
  loadEarlier(): Promise<boolean>;
}

interface Standing {
  readonly modes: ChatModes | null;
  readonly role: ChannelRole;
  readonly timedOutUntil: string | null;
}

export function useChatRoom(streamId: StreamId, active: boolean): ChatRoom {
  const [room, dispatch] = useReducer(reduceRoom, emptyRoom);
  const [standing, setStanding] = useState<Standing>({ modes: null, role: 'guest', timedOutUntil: null });
  const [viewers, setViewers] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<ApiProblem | null>(null);
  const [joined, setJoined] = useState(false);
  const socketState = useSocketState();
  const latest = useRef(room);
  latest.current = room;

  const deliver = useCallback(
    async (clientId: string, message: string) => {
      try {
        const ack = await send(chat.sendChatMessage, { streamId, message, clientId });
        dispatch({ type: 'accepted', clientId, status: ack.status });
      } catch (error) {
        const problem = asProblem(error);
        if (problem.code === 'offline' || problem.code === 'not_joined') dispatch({ type: 'queued', clientId });
        else dispatch({ type: 'refused', clientId, error: refusalOf(problem) });
        if (problem.code === 'timed_out' && problem.retryAfterMs) {
          const until = new Date(Date.now() + problem.retryAfterMs).toISOString();
          setStanding((now) => ({ ...now, timedOutUntil: until }));
        }
      }
    },
    [streamId],
  );

  useEffect(() => {
    if (!active) return;
    let gone = false;
    const join = async () => {
      try {
        const { lastSeq } = latest.current;
        const ack = await send(chat.joinStream, lastSeq > 0 ? { streamId, lastSeq } : { streamId });
        if (gone) return;
        dispatch({ type: 'joined', history: ack.history, tips: ack.tips, seq: ack.seq, gap: ack.gap ?? false });
        setStanding({ modes: ack.modes, role: ack.me.role, timedOutUntil: ack.me.timedOutUntil ?? null });
        setViewers(ack.viewers);
        setRefusal(null);
        setJoined(true);
        // While the line was gone the stream may have stopped, ended or been renamed.
        if (lastSeq > 0) void refresh(livestreams.getLivestream);
        for (const line of latest.current.outgoing)
          if (line.state === 'waiting') {
            dispatch({ type: 'sending', clientId: line.clientId, text: line.text, online: true });
            void deliver(line.clientId, line.text);
          }
      } catch (error) {
        const problem = asProblem(error);
        if (!gone && problem.code !== 'offline') setRefusal(problem);
      }
    };
    const ours =
      <T extends { streamId: StreamId }>(hear: (payload: T) => void) =>
      (payload: T) => {
        if (payload.streamId === streamId) hear(payload);
      };
    const letGo = [
      holdSocket(),
      onConnect(() => void join()),
      on(
        chat.chatMessageSent,
        ours((message) => dispatch({ type: 'arrived', message })),
      ),
      on(
        tips.tipShown,
        ours((tip) => dispatch({ type: 'tipped', tip })),
      ),
      on(
        chat.messageRemoved,
        ours(({ ids }) => dispatch({ type: 'removed', ids })),
      ),
      on(
        chat.userCleared,
        ours(({ userId }) => dispatch({ type: 'user-cleared', userId })),
      ),
      on(
        chat.chatCleared,
        ours(() => dispatch({ type: 'cleared' })),
      ),
      on(
        chat.chatModesChanged,
        ours(({ modes }) => setStanding((now) => ({ ...now, modes }))),
      ),
      on(
        chat.chatStanding,
        ours(({ me }) => {
          // The refusal to let one in again says why, and until when.
          if (me.banned) void join();
          else setStanding((now) => ({ ...now, role: me.role, timedOutUntil: me.timedOutUntil ?? null }));
        }),
      ),
      on(
        livestreams.viewerCount,
        ours((count) => setViewers(count.viewers)),
      ),
    ];
    return () => {
      gone = true;
      setJoined(false);
      void send(chat.leaveStream, { streamId }).catch(() => undefined);
      for (const stop of letGo.reverse()) stop();
    };
  }, [streamId, active, deliver]);

  const online = socketState === 'open' && joined;
  const say = useCallback(
    (text: string) => {
      const clientId = crypto.randomUUID();
      dispatch({ type: 'sending', clientId, text, online });
      if (online) void deliver(clientId, text);
    },
    [online, deliver],
  );
  const sayAgain = useCallback(
    (clientId: string) => {
      const line = latest.current.outgoing.find((entry) => entry.clientId === clientId);
      if (!line) return;
      dispatch({ type: 'sending', clientId, text: line.text, online });
      if (online) void deliver(clientId, line.text);
    },
    [online, deliver],
  );
  const loadEarlier = useCallback(async () => {
    const first = latest.current.lines.find((line) => line.kind === 'message');
    if (!first) return false;
    const page = await call(livestreams.getChatHistory, {
      params: { id: streamId },
      query: { limit: 100, before: first.message.id },
    });
    const oldest = page.items[0]?.createdAt ?? first.message.createdAt;
    dispatch({ type: 'earlier', messages: page.items, tips: await tipsSince(streamId, oldest) });
    return page.nextCursor !== null;
  }, [streamId]);

  return {
    room,
    ...standing,
    viewers,
    refusal,
    connection: online ? 'joined' : socketState === 'lost' ? 'lost' : 'connecting',
    say,
    sayAgain,
    withdraw: (clientId) => dispatch({ type: 'withdrawn', clientId }),
    react: async (type) => void (await send(chat.react, { streamId, type })),
    loadEarlier,
  };
}

function refusalOf(problem: ApiProblem): { code: string; message: string; retryAfterMs?: number } {
  return {
    code: problem.code,
    message: problem.message,
    ...(problem.retryAfterMs === undefined ? {} : { retryAfterMs: problem.retryAfterMs }),
  };
}
