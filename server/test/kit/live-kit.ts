/**
 * Channels, livestreams, recordings, reports, inbox and media access over HTTP, on a real database with the fake
 * engine; who calls is said by the cookie, so that no test waits for passwords.
 */

import { mkdtemp } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broadcast, StreamId, Tier, UserId } from '@virgil/contract';
import { SCOPES } from '@virgil/contract';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Caller, Person } from '../../src/actor.ts';
import { heldContents } from '../../src/app/held-contents.ts';
import { createDispatcher, createTestClock, on, type Subscription } from '../../src/db/index.ts';
import { type AccountEvent, ensureStreamKey } from '../../src/features/accounts/index.ts';
import { type ChannelEvent, channelRoutes } from '../../src/features/channels/index.ts';
import {
  type DmcaDeps,
  dmcaJobs,
  dmcaRoutes,
  EvidenceSeal,
  followLiftedStrike,
  type Letter,
  StatusTokens,
} from '../../src/features/dmca/index.ts';
import {
  ActiveStreams,
  type LivestreamDeps,
  type LivestreamEvent,
  liveOf,
  livestreamJobs,
  livestreamReactions,
  livestreamRoutes,
  MediaWatch,
  resumeStreams,
  streamGate,
} from '../../src/features/livestreams/index.ts';
import { createMediaAccess, MediaTokens } from '../../src/features/media-access/index.ts';
import {
  type NoticesSent,
  notificationJobs,
  notificationRoutes,
  showNotices,
} from '../../src/features/notifications/index.ts';
import { reportRoutes, reportsOfItems, strikeLifted } from '../../src/features/reports/index.ts';
import { reviewRoutes } from '../../src/features/review/index.ts';
import { sanctionJobs } from '../../src/features/sanctions/index.ts';
import { statementJobs } from '../../src/features/statements/index.ts';
import type { StrikeLifted } from '../../src/features/strikes/index.ts';
import { getVideo, keepRecordings, VideoFiles, videoGate, videoRoutes } from '../../src/features/videos/index.ts';
import { createHttpServer, createRateLimits, registerOperations } from '../../src/http/index.ts';
import { createJobRunner } from '../../src/jobs/index.ts';
import { FakeMediaEngine } from '../../src/media/fake/index.ts';
import type { Realtime } from '../../src/realtime/index.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { makePerson } from './people.ts';
import { silentLogger } from './silent-logger.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape; the server parsed them on the way out
  readonly body: any;
  readonly headers: Record<string, unknown>;
}

export interface Heard {
  readonly to: string;
  readonly name: string;
  readonly payload: unknown;
}

export interface LiveKit {
  readonly db: TestDatabase;
  engine: FakeMediaEngine;
  readonly deps: LivestreamDeps;
  readonly tokens: MediaTokens;
  readonly heard: Heard[];
  /** E-mail to people without an account. */
  readonly letters: Letter[];
  /** Where recordings are kept. */
  readonly folder: string;
  readonly fastify: FastifyInstance;
  /** Real time for tokens. */
  tokenClock: { aheadMs: number };
  person(name: string, options?: { tier?: Tier; role?: Person['role'] }): Promise<Person>;
  call(
    who: Person | null,
    method: string,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  start(who: Person, fields?: Record<string, unknown>): Promise<StreamId>;
  /** Product time goes on, due jobs run, what follows is delivered. */
  advance(ms: number): Promise<void>;
  /** Media events were stored and everything announced was delivered. */
  settle(): Promise<void>;
  /** The server dies and comes back: memory and media are gone, the database is there. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function liveKit(): Promise<LiveKit> {
  const clock = createTestClock();
  const db = await testDatabase({ clock, poolSize: 12 });
  const folder = await mkdtemp(join(tmpdir(), 'virgil-live-'));
  const people = new Map<string, Person>();
  const heard: Heard[] = [];
  const letters: Letter[] = [];
  const tokenClock = { aheadMs: 0 };
  const tokens = new MediaTokens(new Uint8Array(32).fill(3), () => Date.now() + tokenClock.aheadMs);
  const world = { db, clock, folder, people, heard, letters, tokens };
  await clock.attach(db.database);
  let running = await run(world);

  const kit: LiveKit = {
    db,
    tokens,
    heard,
    letters,
    folder,
    tokenClock,
    get engine() {
      return running.engine;
    },
    get deps() {
      return running.deps;
    },
    get fastify() {
      return running.fastify;
    },
    async person(name, { tier = 'free', role = 'user' } = {}) {
      const person = await makePerson(db, name, role);
      await db.sql('update profiles set tier = $2, granted_tier = $2 where id = $1', [person.userId, tier]);
      people.set(person.userId, person);
      return person;
    },
    async call(who, method, url, body, headers = {}) {
      const answer = await running.fastify.inject({
        method: method as 'GET',
        url,
        headers: { host: 'virgil.test', ...(who === null ? {} : { cookie: who.userId }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const isJson = String(answer.headers['content-type'] ?? '').includes('json');
      return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers };
    },
    async start(who, fields = {}) {
      const answer = await kit.call(who, 'POST', '/api/v1/livestreams/start', { title: 'A stream', ...fields });
      if (answer.status !== 201) throw new Error(`start: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.livestream.id as StreamId;
    },
    async advance(ms) {
      await clock.advance(ms);
      await running.jobs.runDue();
      await running.dispatcher.settle();
    },
    async settle() {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await Promise.all(running.deps.active.all().map(({ id }) => running.watch.look(id)));
      await running.jobs.runDue();
      await running.dispatcher.settle();
    },
    async restart() {
      await running.stop();
      running = await run(world);
    },
    async close() {
      await running.stop();
      clock.stop();
      await db.drop();
    },
  };
  return kit;
}

interface World {
  readonly db: TestDatabase;
  readonly clock: ReturnType<typeof createTestClock>;
  readonly folder: string;
  readonly people: ReadonlyMap<string, Person>;
  readonly heard: Heard[];
  readonly letters: Letter[];
  readonly tokens: MediaTokens;
}

async function run({ db, clock, folder, people, heard, letters, tokens }: World) {
  const { database } = db;
  const logger = pino({ level: 'silent' });
  const engine = new FakeMediaEngine();
  const realtime = recordingRealtime(heard);
  const deps: LivestreamDeps = {
    database,
    clock,
    engine,
    realtime,
    tokens,
    logger,
    active: new ActiveStreams(engine),
    publicUrl: () => 'http://virgil.test',
    ingestOf: (streamKey) => ({ whipUrl: 'http://virgil.test/whip', rtmpUrl: 'rtmp://virgil.test/live', streamKey }),
    ensureStreamKey,
    readChatHistory: async () => ({ items: [], nextCursor: null }),
  };
  const videoDeps = { database, clock, tokens, logger, files: new VideoFiles(folder) };
  const dmcaDeps: DmcaDeps = {
    database,
    clock,
    logger,
    publicUrl: () => 'http://virgil.test',
    tokens: new StatusTokens('a secret of tests'),
    seal: new EvidenceSeal('a secret of tests'),
    pathOfVideoFile: (key) => videoDeps.files.pathOf(key),
    sendLetter: async (letter) => void letters.push(letter),
  };
  const identify = async (headers: IncomingHttpHeaders) => callerOf(people, headers);
  const streams = streamGate(deps);
  const videos = videoGate(videoDeps);
  const origin = { allowed: [] };
  const rateLimits = createRateLimits(false);
  const media = createMediaAccess({
    engine,
    tokens,
    identify,
    origin,
    rateLimits,
    gate: {
      ...streams,
      ...videos,
      mayPersonWatch: async (userId, { kind, id }) => {
        const person = people.get(userId);
        if (person === undefined) return false;
        return kind === 'stream'
          ? streams.mayPersonWatchStream(userId, id as StreamId)
          : videos.mayPersonWatchVideo(person, id as Parameters<typeof videos.video>[0]);
      },
    },
  });
  const handle = { database, onCommit: db.onCommit.bind(db) };
  const registry = new Registry();
  const common = { handle, logger: silentLogger, registry };
  const reactions = livestreamReactions(deps, media.revokeViewer);
  const dispatcher = createDispatcher({
    ...common,
    subscriptions: [
      ...subscriptionsOf(reactions, (event) => showNotices({ database, realtime }, event.ids)),
      on<StrikeLifted>()('strikes', ['strike.lifted'], (event) => strikeLifted(database, event)),
      on<StrikeLifted>()('dmca', ['strike.lifted'], (event) => followLiftedStrike(dmcaDeps, event)),
    ],
  });
  const jobs = createJobRunner({
    ...common,
    clock,
    handlers: [
      ...livestreamJobs(deps),
      ...dmcaJobs(dmcaDeps),
      ...notificationJobs(),
      ...sanctionJobs(),
      ...statementJobs({ dsaDatabase: null, logger }),
    ],
  });
  const watch = new MediaWatch(deps);
  const stopKeeping = keepRecordings(videoDeps, engine);

  const fastify = await createHttpServer({ logger, origin, secure: false });
  const bindings = [
    ...channelRoutes({ database, clock, liveOf: liveOf(engine) }),
    ...livestreamRoutes(deps),
    ...videoRoutes(videoDeps),
    ...reportRoutes({
      database,
      clock,
      content: heldContents,
      getVideo: (actor, id) => getVideo(videoDeps, actor, id),
    }),
    ...reviewRoutes({ database, clock, content: heldContents, reports: reportsOfItems }),
    ...dmcaRoutes(dmcaDeps),
    ...notificationRoutes({ database, clock }),
  ];
  registerOperations(fastify, bindings, { identify, rateLimits, secureCookies: false, testMode: true });
  await media.register(fastify);
  watch.start();
  await resumeStreams(deps);
  dispatcher.start();
  return {
    engine,
    deps,
    fastify,
    dispatcher,
    jobs,
    watch,
    async stop() {
      await fastify.close();
      await watch.stop();
      await engine.stop();
      await stopKeeping();
      await dispatcher.stop();
      await jobs.stop();
    },
  };
}

function subscriptionsOf(
  reactions: ReturnType<typeof livestreamReactions>,
  show: (event: NoticesSent) => Promise<void>,
): Subscription[] {
  const types = ['livestream.started', 'livestream.updated', 'livestream.mediaChanged', 'livestream.ended'] as const;
  return [
    on<LivestreamEvent>()('streams', types, reactions.streamChanged),
    on<AccountEvent>()('profiles', ['profile.changed'], reactions.profileChanged),
    on<AccountEvent>()('stream-key', ['streamKey.reset'], reactions.streamKeyReset),
    on<ChannelEvent>()('members', ['channel.memberRevoked'], reactions.memberRevoked),
    on<NoticesSent>()('notices', ['notifications.sent'], show),
  ];
}

function callerOf(people: ReadonlyMap<string, Person>, headers: IncomingHttpHeaders): Caller {
  const person = people.get(headers.cookie ?? '');
  return {
    actor: person ?? { kind: 'guest', guestId: null },
    scopes: new Set(person === undefined ? ['read'] : SCOPES),
    via: person === undefined ? 'none' : 'session',
    mustEnrolTwoFactor: false,
    isBanned: false,
    ip: '127.0.0.1',
  };
}

function recordingRealtime(heard: Heard[]): Realtime {
  const note = (to: string, broadcast: Broadcast, payload: unknown): void => {
    heard.push({ to, name: broadcast.name, payload: broadcast.payload.parse(payload) });
  };
  return {
    toStream: (streamId, broadcast, payload) => note(`stream ${streamId}`, broadcast, payload),
    toUser: (userId: UserId, broadcast, payload) => note(`user ${userId}`, broadcast, payload),
    toModerators: (channelId, broadcast, payload) => note(`moderators ${channelId}`, broadcast, payload),
    toVideo: (videoId, broadcast, payload) => note(`video ${videoId}`, broadcast, payload),
    disconnectUser: () => undefined,
    addToModeration: () => undefined,
    removeFromStream: () => undefined,
    removeFromModeration: () => undefined,
    removeFromAllModeration: () => undefined,
  };
}
