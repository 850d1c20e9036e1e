/** Chat, presence and the socket edge on a real port and a real database, without the rest of the product. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StreamId, UserId } from '@virgil/contract';
import { SCOPES } from '@virgil/contract';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import type { Caller, Person } from '../../src/actor.ts';
import type { Database } from '../../src/db/index.ts';
import { Chat } from '../../src/features/chat/index.ts';
import { type Classifier, createTextScoring, scriptedClassifier } from '../../src/features/classification/index.ts';
import { createTextModeration, ThresholdsInForce } from '../../src/features/moderation/index.ts';
import { Presence } from '../../src/features/presence/index.ts';
import { type BucketSize, realtimeMetrics, SocketServer } from '../../src/realtime/index.ts';
import type { TestDatabase } from './database.ts';

export interface ChatServerOptions {
  readonly classifier?: Classifier;
  readonly rateLimits?: boolean;
  readonly connectionsPerAddress?: number;
  readonly messagesPerRoom?: BucketSize;
  /** Stands between chat and the database, to make it fail. */
  readonly wrapDatabase?: (database: Database) => Database;
}

export interface ChatServer {
  readonly url: string;
  readonly chat: Chat;
  readonly presence: Presence;
  readonly realtime: SocketServer;
  readonly registry: Registry;
  /** Product time goes on by this. */
  advance(ms: number): void;
  now(): Date;
  /** A stock client; of a person, of a guest session by its cookie, or of nobody. */
  connect(who?: Person | string, options?: Partial<ManagerOptions & SocketOptions>): Socket;
  close(): Promise<void>;
}

/** `key.<user id>.<role>`: what an API key is on the real server. */
const TOKEN = /^key\.([^.]+)\.(user|moderator|admin)$/;

export async function chatServer(db: TestDatabase, options: ChatServerOptions = {}): Promise<ChatServer> {
  const database = options.wrapDatabase?.(db.database) ?? db.database;
  const logger = pino({ level: process.env.VIRGIL_TEST_LOG === '1' ? 'info' : 'silent' });
  const registry = new Registry();
  const rateLimits = options.rateLimits ?? false;
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };

  const realtime = new SocketServer({
    identify: async (headers, { ip, token }) => callerOf(headers.cookie, token, ip),
    origin: { allowed: [] },
    rateLimits,
    ...(options.connectionsPerAddress === undefined ? {} : { connectionsPerAddress: options.connectionsPerAddress }),
    logger,
    metrics: realtimeMetrics(registry),
  });
  const presence = new Presence({ database, clock, realtime, logger });
  await presence.start();
  const scoring = createTextScoring({
    classifier: options.classifier ?? scriptedClassifier,
    timeLimitMs: 100,
    logger,
    registry,
  });
  const chat = new Chat({
    database,
    clock,
    realtime,
    presence,
    moderation: createTextModeration(scoring, new ThresholdsInForce(db.database, logger)),
    rateLimits,
    ...(options.messagesPerRoom === undefined ? {} : { messagesPerRoom: options.messagesPerRoom }),
    logger,
    registry,
  });

  const http = createServer();
  realtime.start(http, chat.commands);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const clients: Socket[] = [];

  return {
    url,
    chat,
    presence,
    realtime,
    registry,
    advance: (ms) => {
      aheadMs += ms;
    },
    now: () => clock.now(),
    connect: (who, clientOptions = {}) => {
      const client = io(url, {
        transports: ['websocket'],
        forceNew: true,
        ...(typeof who === 'object' ? { auth: { token: `key.${who.userId}.${who.role}` } } : {}),
        ...(typeof who === 'string' ? { extraHeaders: { cookie: `guest=${who}` } } : {}),
        ...clientOptions,
      });
      clients.push(client);
      return client;
    },
    close: async () => {
      for (const client of clients) client.disconnect();
      await realtime.close();
      await chat.close();
      await presence.close();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

function callerOf(cookie: string | undefined, token: string | undefined, ip: string): Caller {
  const [, userId, role] = TOKEN.exec(token ?? '') ?? [];
  const person = userId !== undefined && role !== undefined;
  const guestId = /guest=([\w-]+)/.exec(cookie ?? '')?.[1] ?? null;
  return {
    actor: person
      ? { kind: 'person', userId: userId as UserId, role: role as Person['role'] }
      : { kind: 'guest', guestId },
    scopes: new Set(person ? SCOPES : ['read']),
    via: person ? 'api-key' : 'none',
    mustEnrolTwoFactor: false,
    isBanned: false,
    ip,
  };
}

/** A running livestream of this person. */
export async function makeStream(
  db: TestDatabase,
  owner: Person,
  fields: { readonly patronOnly?: boolean; readonly chatModes?: Record<string, unknown> } = {},
): Promise<StreamId> {
  const id = uuid();
  const modes = {
    version: 1,
    slowSeconds: null,
    followersMinutes: null,
    patronsOnly: false,
    emoteOnly: false,
    uniqueChat: false,
    shield: false,
    ...fields.chatModes,
  };
  await db.sql(
    `insert into livestreams (id, channel_id, title, patron_only, chat_modes, started_at, updated_at)
     values ($1, $2, 'A stream', $3, $4, now(), now())`,
    [id, owner.userId, fields.patronOnly ?? false, JSON.stringify(modes)],
  );
  return id as StreamId;
}
