/** What stays of a stream: recordings. */
import { z } from 'zod';
import { operation } from './operations.ts';
import {
  channelId,
  instant,
  line,
  listOf,
  paging,
  person,
  realm,
  streamId,
  text,
  userId,
  videoId,
} from './primitives.ts';
import { report, reportReason } from './report-shapes.ts';
import { removalNote } from './statement-shapes.ts';

export const video = z.object({
  id: videoId,
  channelId,
  creator: person,
  streamId: streamId.nullable(),
  title: z.string(),
  danteRealm: realm,
  durationSeconds: z.number().nonnegative(),
  sizeBytes: z.int().nonnegative(),
  isPublic: z.boolean(),
  patronOnly: z.boolean(),
  /** Its creator takes comments under it. */
  commentsOpen: z.boolean(),
  createdAt: instant,
  /** A decision took it away: only its creator and admins see it, and who may is not the creator's to change. */
  removal: removalNote.nullable(),
  /** MP4 with Range requests; carries a short-lived token when the video is not public. Null when the caller may not watch. */
  mediaUrl: z.string().nullable(),
  thumbnailUrl: z.string().nullable(),
});
export type Video = z.infer<typeof video>;

const videoParams = z.strictObject({ id: videoId });

export const listVideos = operation({
  id: 'videos.list',
  method: 'GET',
  path: '/api/v1/videos',
  who: 'anyone',
  scope: 'read',
  summary: 'Recordings the caller may see, newest first.',
  query: z.strictObject({ ...paging(), creatorId: userId.optional(), q: z.string().max(100).optional() }),
  output: listOf(video),
  errors: [],
});

export const getVideo = operation({
  id: 'videos.get',
  method: 'GET',
  path: '/api/v1/videos/:id',
  who: 'anyone',
  scope: 'read',
  summary: 'One recording; a patron-only one needs a patron.',
  params: videoParams,
  output: video,
  errors: ['not_found', 'patron_required'],
});

export const updateVideo = operation({
  id: 'videos.update',
  method: 'PATCH',
  path: '/api/v1/videos/:id',
  who: 'signed-in',
  scope: 'stream',
  summary: 'Its creator renames a recording, says who may see it, or whether it takes comments.',
  params: videoParams,
  body: z.strictObject({
    title: line(1, 140).optional(),
    isPublic: z.boolean().optional(),
    commentsOpen: z.boolean().optional(),
  }),
  output: video,
  audit: 'VIDEO_UPDATED',
  errors: ['sign_in_required', 'not_found', 'not_allowed'],
});

export const reportVideo = operation({
  id: 'videos.report',
  method: 'POST',
  path: '/api/v1/videos/:id/report',
  who: 'signed-in',
  scope: 'account',
  summary: 'Report a recording; the same person’s second report of it counts as the first.',
  params: videoParams,
  body: z.strictObject({ reason: reportReason, description: text(0, 2000).optional() }),
  output: report,
  status: 201,
  audit: 'REPORT_CREATED',
  errors: ['sign_in_required', 'not_found', 'patron_required', 'own_content'],
});
