/** Socket.IO on the HTTP server: who may connect, what a connection may do, how features reach it. */
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import {
  type Broadcast,
  type BroadcastPayload,
  type ChannelId,
  connections,
  livestreamRoom,
  moderationRoom,
  type StreamId,
  type UserId,
  userRoom,
  type VideoId,
  videoRoom,
} from '@virgil/contract';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import type { Caller } from '../actor.ts';
import { type Identify, isOwnOrigin, type OriginRule } from '../http/index.ts';
import { toAckError } from './acknowledgement.ts';
import type { CommandBinding } from './command-binding.ts';
import { CommandDispatch, type Conversation } from './command-dispatch.ts';
import { ConnectionLimit } from './connection-limit.ts';
import type { RealtimeMetrics } from './metrics.ts';
import { bufferedBytes, cutConnection } from './outgoing-buffer.ts';
import type { Realtime, SessionEnd } from './realtime.ts';
import { ConnectedSocket, PING_INTERVAL_MS, PING_TIMEOUT_MS } from './room-socket.ts';

/** A frame of 1 MB is still parsed, so that its sender hears `too_large`; a bigger one closes its connection. */
const MAX_FRAME_BYTES = 1_250_000;
const MAX_BUFFERED_BYTES = 256 * 1024;
const BUFFER_CHECK_MS = 100;
const DRAIN_MS = 5000;
const ANY_MODERATION_ROOM = moderationRoom('');

export interface SocketServerOptions {
  /** The same identification as for HTTP. Throws an AppError to refuse the connection. */
  readonly identify: Identify;
  readonly origin: OriginRule;
  /** Behind a trusted proxy the client's own address; otherwise the peer's. */
  readonly addressOf?: (request: IncomingMessage) => string;
  readonly rateLimits: boolean;
  readonly connectionsPerAddress?: number;
  readonly logger: Logger;
  readonly metrics: RealtimeMetrics;
}

export class SocketServer implements Realtime {
  readonly #io: Server;
  #dispatch: CommandDispatch | null = null;
  readonly #limit: ConnectionLimit;
  readonly #options: SocketServerOptions;
  #bufferCheck: NodeJS.Timeout | undefined;
  /** Connections above the limit of their address, let in only to be told so. */
  readonly #tooMany = new WeakSet<object>();
  #closing = false;

  constructor(options: SocketServerOptions) {
    this.#options = options;
    this.#limit = new ConnectionLimit({
      perAddress: options.connectionsPerAddress ?? 250,
      enabled: options.rateLimits,
    });
    this.#io = new Server({
      path: '/socket.io',
      serveClient: false,
      transports: ['websocket', 'polling'],
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      connectTimeout: 10_000,
      maxHttpBufferSize: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      httpCompression: false,
      allowRequest: (request, answer) => this.#allowRequest(request, answer),
    });
  }

  /** Before this, broadcasts reach nobody and nobody can connect. */
  start(httpServer: HttpServer, commands: readonly CommandBinding[]): void {
    const dispatch = new CommandDispatch({ ...this.#options, commands });
    this.#dispatch = dispatch;
    this.#io.attach(httpServer);
    this.#io.engine.on('connection_error', () => this.#options.metrics.refusedConnections.inc({ reason: 'handshake' }));
    this.#countConnections();
    this.#io.use((socket, next) => {
      this.#identify(socket).then(
        () => next(),
        (error: unknown) => next(this.#connectError(error)),
      );
    });
    this.#io.on('connection', (socket) => this.#converse(socket, dispatch));
    this.#bufferCheck = setInterval(() => this.#cutSlowConsumers(), BUFFER_CHECK_MS);
    this.#bufferCheck.unref();
  }

  toStream<B extends Broadcast>(
    streamId: StreamId,
    broadcast: B,
    payload: BroadcastPayload<B>,
    options: { readonly exceptUser?: UserId } = {},
  ): void {
    this.#emit(livestreamRoom(streamId), options.exceptUser, broadcast, payload);
  }

  toModerators<B extends Broadcast>(
    channelId: ChannelId,
    broadcast: B,
    payload: BroadcastPayload<B>,
    options: { readonly exceptUser?: UserId } = {},
  ): void {
    this.#emit(moderationRoom(channelId), options.exceptUser, broadcast, payload);
  }

  toUser<B extends Broadcast>(
    userId: UserId,
    broadcast: B,
    payload: BroadcastPayload<B>,
    options: { readonly inStream?: StreamId } = {},
  ): void {
    if (!options.inStream) {
      this.#emit(userRoom(userId), undefined, broadcast, payload);
      return;
    }
    const room = livestreamRoom(options.inStream);
    for (const socket of this.#socketsOf(userId)) {
      if (socket.rooms.has(room)) socket.emit(broadcast.name, payload);
    }
  }

  toVideo<B extends Broadcast>(videoId: VideoId, broadcast: B, payload: BroadcastPayload<B>): void {
    this.#emit(videoRoom(videoId), undefined, broadcast, payload);
  }

  disconnectUser(userId: UserId, reason: SessionEnd): void {
    for (const socket of this.#socketsOf(userId)) {
      const caller: Caller = socket.data.caller;
      if (reason !== 'banned' || !caller.isBanned) endSession(socket, reason);
    }
  }

  removeFromStream(userId: UserId, streamId: StreamId): void {
    for (const socket of this.#socketsOf(userId)) void socket.leave(livestreamRoom(streamId));
  }

  addToModeration(userId: UserId, channelId: ChannelId, watching: StreamId): void {
    for (const socket of this.#socketsOf(userId)) {
      if (socket.rooms.has(livestreamRoom(watching))) void socket.join(moderationRoom(channelId));
    }
  }

  removeFromModeration(userId: UserId, channelId: ChannelId): void {
    for (const socket of this.#socketsOf(userId)) void socket.leave(moderationRoom(channelId));
  }

  removeFromAllModeration(userId: UserId): void {
    for (const socket of this.#socketsOf(userId)) {
      for (const room of [...socket.rooms]) if (room.startsWith(ANY_MODERATION_ROOM)) void socket.leave(room);
    }
  }

  /** Answers what is running, then ends every connection so that clients reconnect by themselves. */
  async close(): Promise<void> {
    if (this.#closing || !this.#dispatch) return;
    this.#closing = true;
    clearInterval(this.#bufferCheck);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, DRAIN_MS);
    });
    await Promise.race([this.#dispatch.drain(), patience]);
    clearTimeout(timer);
    this.#io.engine.close();
  }

  #emit(room: string, exceptUser: UserId | undefined, broadcast: Broadcast, payload: unknown): void {
    const target = exceptUser ? this.#io.to(room).except(userRoom(exceptUser)) : this.#io.to(room);
    target.emit(broadcast.name, payload);
    this.#options.metrics.broadcasts.inc({ event: broadcast.name });
  }

  #socketsOf(userId: UserId): Socket[] {
    const { adapter, sockets } = this.#io.of('/');
    const ids = adapter.rooms.get(userRoom(userId)) ?? new Set<string>();
    return [...ids].map((id) => sockets.get(id)).filter((socket) => socket !== undefined);
  }

  #addressOf(request: IncomingMessage): string {
    return this.#options.addressOf?.(request) ?? request.socket.remoteAddress ?? 'unknown';
  }

  #allowRequest(request: IncomingMessage, answer: (error: string | null | undefined, allowed: boolean) => void): void {
    const refuse = (reason: string) => {
      this.#options.metrics.refusedConnections.inc({ reason });
      answer(reason, false);
    };
    if (this.#closing) refuse('closing');
    else if (!isOwnOrigin(this.#options.origin, request.headers)) refuse('origin_refused');
    else if (this.#limit.judgeHandshake(this.#addressOf(request)) === 'refuse-handshake') refuse('rate_limited');
    else answer(null, true);
  }

  #countConnections(): void {
    this.#io.engine.on('connection', (connection: Socket['conn']) => {
      const address = this.#addressOf(connection.request);
      const verdict = this.#limit.opened(address);
      this.#options.metrics.connections.inc();
      connection.once('close', () => {
        this.#limit.closed(address);
        this.#options.metrics.connections.dec();
      });
      if (verdict === 'serve') return;
      this.#tooMany.add(connection);
      // Long enough to be told why; a polite client closes by itself on `connect_error`.
      setTimeout(() => connection.close(true), 3000).unref();
    });
  }

  async #identify(socket: Socket): Promise<void> {
    if (this.#tooMany.has(socket.conn)) throw new ConnectRefusal();
    const token: unknown = socket.handshake.auth.token;
    socket.data.caller = await this.#options.identify(socket.request.headers, {
      ip: this.#addressOf(socket.request),
      ...(typeof token === 'string' ? { token: token.slice(0, 1024) } : {}),
    });
  }

  /** Arrives at the client as `connect_error` with `message` = code and `data` = the error of an acknowledgement. */
  #connectError(error: unknown): Error {
    const data =
      error instanceof ConnectRefusal
        ? { code: 'rate_limited', message: 'Too many connections from this address.', retryAfterMs: 10_000 }
        : toAckError(error, this.#options.logger, 'connect');
    this.#options.metrics.refusedConnections.inc({ reason: data.code });
    return Object.assign(new Error(data.code), { data });
  }

  #converse(socket: Socket, dispatch: CommandDispatch): void {
    const caller: Caller = socket.data.caller;
    if (caller.actor.kind === 'person') void socket.join(userRoom(caller.actor.userId));
    const conversation: Conversation = {
      socket: new ConnectedSocket(socket, caller),
      pending: 0,
      barrier: Promise.resolve(),
      refuse: (command, error) => socket.emit(connections.commandRefused.name, { command, error }),
      cutOff: () => endSession(socket, 'rate_limited'),
    };
    socket.onAny((event: unknown, ...args: unknown[]) => {
      void dispatch.receive(conversation, event, args);
    });
  }

  #cutSlowConsumers(): void {
    for (const socket of this.#io.of('/').sockets.values()) {
      if (bufferedBytes(socket) <= MAX_BUFFERED_BYTES) continue;
      this.#options.metrics.slowConsumers.inc();
      this.#options.logger.info({ socketId: socket.id }, 'connection cut: the client does not read');
      cutConnection(socket);
    }
  }
}

class ConnectRefusal extends Error {}

function endSession(socket: Socket, reason: SessionEnd): void {
  socket.emit(connections.sessionEnded.name, { reason });
  // Closes behind what is already written, so the reason arrives.
  socket.disconnect(true);
}
