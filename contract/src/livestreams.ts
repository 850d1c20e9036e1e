/** One broadcast on a channel: start, end, find, watch, report, tip. */
import { z } from 'zod';
import { ingest } from './accounts.ts';
import { chatMessage } from './chat-shapes.ts';
import { livestreamSummary, mediaState } from './livestream-shapes.ts';
import { operation } from './operations.ts';
import {
  channelId,
  channelRole,
  instant,
  line,
  listOf,
  money,
  paging,
  realm,
  streamId,
  text,
  userId,
  videoId,
} from './primitives.ts';
import { report, reportReason } from './report-shapes.ts';
import { broadcast } from './socket-events.ts';

export const reactionCounts = z.object({
  heart: z.int().nonnegative(),
  fire: z.int().nonnegative(),
  clap: z.int().nonnegative(),
  'mind-blown': z.int().nonnegative(),
  laughing: z.int().nonnegative(),
});
export type ReactionCounts = z.infer<typeof reactionCounts>;

/** Ways to watch. `token` is there for patron-only streams: already part of both URLs, valid until `expiresAt`. */
export const playback = z.object({
  whepUrl: z.string(),
  hlsUrl: z.string(),
  token: z.string().optional(),
  expiresAt: instant.optional(),
});
export type Playback = z.infer<typeof playback>;

export const livestream = livestreamSummary.extend({
  description: z.string(),
  reactions: reactionCounts,
  /** Absent once ended, and while the stream has not started. */
  playback: playback.nullable(),
  /** What the embedded engine can do for this stream. `webrtcVideo` is false for an RTMP source with B-frames that cannot be transcoded. */
  delivery: z.object({
    webrtc: z.boolean(),
    hls: z.boolean(),
    audioCodecs: z.array(z.enum(['opus', 'aac'])),
    notice: z.string().nullable(),
  }),
  me: z.object({ role: channelRole, following: z.boolean() }),
  videoId: videoId.nullable(),
});
export type Livestream = z.infer<typeof livestream>;

const streamParams = z.strictObject({ id: streamId });
const title = line(1, 140);
const description = text(0, 2000);
/** Free words such as Music or Talk; shown and searched, never enforced. */
const category = text(0, 40);

export const startLivestream = operation({
  id: 'livestreams.start',
  method: 'POST',
  path: '/api/v1/livestreams/start',
  who: 'signed-in',
  scope: 'stream',
  summary: 'Start a livestream on one’s own channel (tier pro or premium).',
  body: z.strictObject({
    title,
    description: description.optional(),
    patronOnly: z.boolean().default(false),
    danteRealm: realm.default('purgatorio'),
    category: category.optional(),
  }),
  output: z.object({ livestream, websocketUrl: z.string(), ingest, playback }),
  status: 201,
  audit: 'LIVESTREAM_STARTED',
  errors: ['sign_in_required', 'tier_required', 'already_live', 'banned', 'not_allowed'],
});

export const endLivestream = operation({
  id: 'livestreams.end',
  method: 'POST',
  path: '/api/v1/livestreams/:id/end',
  who: 'signed-in',
  scope: 'stream',
  summary: 'End one’s own livestream; answers the completion bonus, null for less than a minute of media.',
  params: streamParams,
  output: z.object({ livestream, bonus: money.nullable() }),
  audit: 'LIVESTREAM_ENDED',
  errors: ['sign_in_required', 'not_found', 'not_allowed', 'stream_ended'],
});

export const updateLivestream = operation({
  id: 'livestreams.update',
  method: 'PATCH',
  path: '/api/v1/livestreams/:id',
  who: 'signed-in',
  scope: 'stream',
  summary: 'Change title, words, category or realm while the stream runs.',
  params: streamParams,
  body: z.strictObject({
    title: title.optional(),
    description: description.optional(),
    category: category.optional(),
    danteRealm: realm.optional(),
  }),
  output: livestream,
  audit: 'LIVESTREAM_UPDATED',
  errors: ['sign_in_required', 'not_found', 'not_allowed', 'stream_ended'],
});

export const listActive = operation({
  id: 'livestreams.listActive',
  method: 'GET',
  path: '/api/v1/livestreams/active',
  who: 'anyone',
  scope: 'read',
  summary: 'Everything live, most watched first; patron-only streams show with a lock.',
  query: z.strictObject({ ...paging(), realm: realm.optional(), q: z.string().max(100).optional() }),
  output: listOf(livestreamSummary).extend({
    counts: z.object({ all: z.int(), inferno: z.int(), purgatorio: z.int(), paradiso: z.int() }),
  }),
  errors: [],
});

export const getLivestream = operation({
  id: 'livestreams.get',
  method: 'GET',
  path: '/api/v1/livestreams/:id',
  who: 'anyone',
  scope: 'read',
  summary: 'One livestream with the ways to watch it; a patron-only one needs a patron.',
  params: streamParams,
  output: livestream,
  errors: ['not_found', 'patron_required'],
});

export const getChatHistory = operation({
  id: 'livestreams.getChat',
  method: 'GET',
  path: '/api/v1/livestreams/:id/chat',
  who: 'anyone',
  scope: 'read',
  summary: 'Chat history, oldest first within the page; `before` pages back.',
  params: streamParams,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    before: z.string().max(200).optional(),
  }),
  output: listOf(chatMessage),
  errors: ['not_found', 'patron_required'],
});

export const reportLivestream = operation({
  id: 'livestreams.report',
  method: 'POST',
  path: '/api/v1/livestreams/:id/report',
  who: 'signed-in',
  scope: 'account',
  summary: 'Report a livestream; the same person’s second report of it counts as the first.',
  params: streamParams,
  body: z.strictObject({ reason: reportReason, description: text(0, 2000).optional() }),
  output: report,
  status: 201,
  audit: 'REPORT_CREATED',
  errors: ['sign_in_required', 'not_found', 'patron_required', 'own_content'],
});

export const listByCreator = operation({
  id: 'livestreams.listByCreator',
  method: 'GET',
  path: '/api/v1/livestreams/creator/:creatorId',
  who: 'anyone',
  scope: 'read',
  summary: 'A creator’s livestreams: the active one, and those that ended, newest first.',
  params: z.strictObject({ creatorId: userId }),
  query: z.strictObject(paging()),
  output: z.object({
    active: z.array(livestreamSummary),
    archived: z.array(livestreamSummary.extend({ videoId: videoId.nullable(), durationSeconds: z.int() })),
    nextCursor: z.string().nullable(),
  }),
  errors: ['not_found'],
});

/** What arrives from the publisher, as the studio shows it. */
export const livestreamHealth = z.object({
  mediaState,
  source: z.enum(['whip', 'rtmp']).nullable(),
  videoKbps: z.number(),
  audioKbps: z.number(),
  framesPerSecond: z.number(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** Share of packets lost on the way in, 0–1, over the last seconds. */
  packetLoss: z.number(),
  keyframeIntervalMs: z.int().nullable(),
  webrtcViewers: z.int(),
  hlsViewers: z.int(),
  receivedSeconds: z.number(),
  notice: z.string().nullable(),
});
export type LivestreamHealth = z.infer<typeof livestreamHealth>;

export const getLivestreamHealth = operation({
  id: 'livestreams.getHealth',
  method: 'GET',
  path: '/api/v1/livestreams/:id/health',
  who: 'signed-in',
  scope: 'stream',
  summary: 'Bitrate, loss and frames of one’s own running stream.',
  params: streamParams,
  output: livestreamHealth,
  errors: ['sign_in_required', 'not_found', 'not_allowed', 'media_unavailable'],
});

export const streamState = broadcast({
  name: 'stream-state',
  room: 'livestream',
  summary: 'The stream’s video came, stopped, or the stream ended or was renamed.',
  payload: z.object({
    streamId,
    channelId,
    mediaState,
    isActive: z.boolean(),
    title: z.string(),
    danteRealm: realm,
    endedAt: instant.nullable(),
    /** Clients must open the media again: the engine lost it (a worker restarted). */
    reconnectMedia: z.boolean().default(false),
  }),
});

export const viewerCount = broadcast({
  name: 'viewer-count',
  room: 'livestream',
  summary: 'How many people watch, the creator too; at most once a second.',
  payload: z.object({ streamId, viewers: z.int().nonnegative() }),
});
