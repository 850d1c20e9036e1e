/** A recording as the contract shows it to one caller. */
import type { ChannelId, videos as contract, RemovalNote, StreamId, UserId, VideoId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { channelRoleOf, personOf, type Standing } from '../channels/index.ts';
import type { VideoDeps } from './deps.ts';
import { mayWatch } from './policy.ts';
import type { VideoRow } from './store.ts';

export async function describeVideo(
  deps: Pick<VideoDeps, 'tokens'>,
  { video, creator }: VideoRow,
  actor: Actor,
  standing: Standing,
  removal: RemovalNote | null,
): Promise<contract.Video> {
  const query = await tokenQuery(deps, video, actor, standing);
  return {
    id: video.id as VideoId,
    channelId: video.channelId as ChannelId,
    creator: personOf(creator),
    streamId: video.streamId as StreamId | null,
    title: video.title,
    danteRealm: video.danteRealm,
    durationSeconds: video.durationMs / 1000,
    sizeBytes: video.sizeBytes,
    isPublic: video.isPublic,
    patronOnly: video.patronOnly,
    commentsOpen: video.commentsOpen,
    createdAt: video.createdAt.toISOString(),
    removal,
    mediaUrl: query === null ? null : `/media/videos/${video.id}.mp4${query}`,
    thumbnailUrl: query === null || video.thumbnailKey === null ? null : `/media/videos/${video.id}.webp${query}`,
  };
}

/** Null for someone who may not see it; empty for what anyone may. */
async function tokenQuery(
  { tokens }: Pick<VideoDeps, 'tokens'>,
  video: VideoRow['video'],
  actor: Actor,
  standing: Standing,
): Promise<string | null> {
  if (!mayWatch(video, standing).allowed) return null;
  if (video.isPublic || actor.kind !== 'person') return '';
  const resource = { kind: 'video', id: video.id } as const;
  const { token } = await tokens.mint(actor.userId as UserId, channelRoleOf(standing), resource);
  return `?token=${token}`;
}
