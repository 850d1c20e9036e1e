/**
 * Puts channels, livestreams, recordings, reports and media access together: they know each other's doors, and here
 * each is handed the others. `app.ts` hands in the mechanisms.
 */
import type { accounts, OutputOf, StreamId, UserId, VideoId } from '@virgil/contract';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Database, Tx } from './db/index.ts';
import { channelRoutes } from './features/channels/index.ts';
import {
  ActiveStreams,
  type LivestreamDeps,
  type LivestreamReactions,
  liveOf,
  livestreamJobs,
  livestreamReactions,
  livestreamRoutes,
  MediaWatch,
  type ReadChatHistory,
  readRole,
  resumeStreams,
  streamGate,
} from './features/livestreams/index.ts';
import { createMediaAccess, type MediaDoor, type MediaGate, MediaTokens } from './features/media-access/index.ts';
import { notificationRoutes } from './features/notifications/index.ts';
import { reportRoutes } from './features/reports/index.ts';
import { keepRecordings, VideoFiles, videoGate, videoRoutes } from './features/videos/index.ts';
import type { Binding, Identify, OriginRule, RateLimits } from './http/index.ts';
import type { JobHandler } from './jobs/index.ts';
import type { MediaEngine } from './media/engine.ts';
import type { Realtime } from './realtime/index.ts';

export interface LiveOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly engine: MediaEngine;
  readonly realtime: Realtime;
  readonly logger: Logger;
  readonly identify: Identify;
  readonly origin: OriginRule;
  readonly rateLimits: RateLimits;
  readonly publicUrl: string;
  /** Signs media tokens; kept over restarts, so that players survive one. */
  readonly mediaTokenSecret: string;
  /** Recordings are kept here. */
  readonly videoFolder: string;
  readonly ingestOf: (streamKey: string) => OutputOf<typeof accounts.getStreamKey>;
  readonly ensureStreamKey: (tx: Tx, channelId: string, at: Date) => Promise<string>;
  readonly readChatHistory: ReadChatHistory;
}

export interface Live {
  readonly bindings: readonly Binding[];
  readonly jobs: readonly JobHandler[];
  /** For `subscriptions.ts`. */
  readonly reactions: LivestreamReactions;
  readonly revokeViewer: MediaDoor['revokeViewer'];
  register(fastify: FastifyInstance): Promise<void>;
  /** Opens the rooms of what was live, then listens to the engine. Before anything is served. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function composeLive(options: LiveOptions): Live {
  const { clock, database, engine, logger } = options;
  const tokens = new MediaTokens(new TextEncoder().encode(options.mediaTokenSecret));
  const streams: LivestreamDeps = {
    ...options,
    tokens,
    active: new ActiveStreams(engine),
    publicUrl: () => options.publicUrl,
  };
  const videos = { database, clock, tokens, logger, files: new VideoFiles(options.videoFolder) };
  const media = createMediaAccess({ ...options, tokens, gate: gateOf(streams, videos) });
  const watch = new MediaWatch(streams);
  let stopKeeping = (): void => {};

  return {
    bindings: [
      ...channelRoutes({ database, clock, liveOf: liveOf(engine) }),
      ...livestreamRoutes(streams),
      ...videoRoutes(videos),
      ...reportRoutes({ database, clock }),
      ...notificationRoutes({ database, clock }),
    ],
    jobs: livestreamJobs(streams),
    reactions: livestreamReactions(streams, media.revokeViewer),
    revokeViewer: media.revokeViewer,
    register: media.register,
    async start() {
      stopKeeping = keepRecordings(videos, engine);
      watch.start();
      await resumeStreams(streams);
    },
    async stop() {
      await watch.stop();
      stopKeeping();
    },
  };
}

function gateOf(streams: LivestreamDeps, videos: Parameters<typeof videoGate>[0]): MediaGate {
  const stream = streamGate(streams);
  const video = videoGate(videos);
  return {
    ...stream,
    ...video,
    async mayPersonWatch(userId: UserId, resource) {
      if (resource.kind === 'stream') return stream.mayPersonWatchStream(userId, resource.id as StreamId);
      const { clock, database } = streams;
      const role = await database.asSystem('a media token is renewed', (tx) => readRole(tx, userId, clock.now()));
      if (role === null) return false;
      return video.mayPersonWatchVideo({ kind: 'person', userId, role }, resource.id as VideoId);
    },
  };
}
