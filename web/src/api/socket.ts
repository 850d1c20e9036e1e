/**
 * The one socket of this page. It opens when the first part of the page holds it and closes when the last lets
 * go. It comes back by itself; what to do then (join again, ask for what was missed) is the feature's, by
 * `onConnect`.
 */
import {
  type Acknowledgement,
  type Broadcast,
  type BroadcastPayload,
  type Command,
  type CommandAck,
  connections,
} from '@virgil/contract';
import { useEffect, useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { ApiProblem } from './problem.ts';

export type SocketState = 'closed' | 'connecting' | 'open' | 'lost';

const ACK_TIMEOUT_MS = 10_000;

const socket: Socket = io({
  path: '/socket.io',
  autoConnect: false,
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  withCredentials: true,
  reconnectionDelay: 300,
  reconnectionDelayMax: 5000,
});

let holders = 0;
let state: SocketState = 'closed';
const watchers = new Set<() => void>();

function become(next: SocketState): void {
  if (state === next) return;
  state = next;
  for (const watcher of watchers) watcher();
}

socket.on('connect', () => become('open'));
socket.on('connect_error', () => become(holders > 0 ? 'lost' : 'closed'));
/** How long to stay away after the server ended the connection; a shutdown says nothing and is over soon. */
const STAY_AWAY_MS = { none: 1000, signed_out: 1000, banned: 5000, rate_limited: 15_000 } as const;
let endedBecause: keyof typeof STAY_AWAY_MS = 'none';

socket.on(connections.sessionEnded.name, (raw: unknown) => {
  const told = connections.sessionEnded.payload.safeParse(raw);
  if (told.success) endedBecause = told.data.reason;
});
socket.on('disconnect', (reason) => {
  become(holders > 0 ? 'lost' : 'closed');
  // The server closed it (a slow reader, a shutdown): Socket.IO leaves coming back to us.
  if (reason !== 'io server disconnect' || holders === 0) return;
  setTimeout(() => holders > 0 && socket.connect(), STAY_AWAY_MS[endedBecause]);
  endedBecause = 'none';
});

/** Keeps the socket open until the returned function is called. */
export function holdSocket(): () => void {
  holders++;
  if (!socket.active) {
    become('connecting');
    socket.connect();
  }
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    holders--;
    if (holders === 0) {
      socket.disconnect();
      become('closed');
    }
  };
}

/** After signing in or out: the handshake carries the session, so it is made again. */
export function renewSocket(): void {
  if (holders === 0) return;
  socket.disconnect();
  become('connecting');
  socket.connect();
}

/** Sends a command; gives the success half of its acknowledgement or throws an `ApiProblem`. */
export async function send<C extends Command>(command: C, input: z.input<C['input']>): Promise<CommandAck<C>> {
  let ack: Acknowledgement<C>;
  try {
    ack = await socket.timeout(ACK_TIMEOUT_MS).emitWithAck(command.name, input);
  } catch (error) {
    throw new ApiProblem('offline', { cause: error });
  }
  if (!ack.ok) throw ApiProblem.fromAck(ack.error);
  return command.ack.parse(ack) as CommandAck<C>;
}

/** Hears a broadcast, parsed; returns how to stop. What does not fit the contract is not delivered. */
export function on<B extends Broadcast>(event: B, hear: (payload: BroadcastPayload<B>) => void): () => void {
  const listener = (raw: unknown): void => {
    const parsed = event.payload.safeParse(raw);
    if (parsed.success) hear(parsed.data as BroadcastPayload<B>);
  };
  socket.on(event.name, listener);
  return () => socket.off(event.name, listener);
}

/** Calls back at once when open, and again after each reconnection. */
export function onConnect(hear: () => void): () => void {
  if (socket.connected) hear();
  socket.on('connect', hear);
  return () => socket.off('connect', hear);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useSocketState(): SocketState {
  return useSyncExternalStore(watch, () => state);
}

/** Holds the socket while the component is mounted and `wanted`. */
export function useSocket(wanted = true): void {
  useEffect(() => (wanted ? holdSocket() : undefined), [wanted]);
}

export function useBroadcast<B extends Broadcast>(event: B, hear: (payload: BroadcastPayload<B>) => void): void {
  useEffect(() => on(event, hear), [event, hear]);
}
