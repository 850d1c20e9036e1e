/** A livestream as the contract shows it: in lists, and whole to one caller. */
import type {
  ChannelId,
  ChannelRole,
  livestreams as contract,
  LivestreamSummary,
  StreamId,
  VideoId,
} from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { type MediaEngine, MediaRefusal, type RoomStats } from '../../media/engine.ts';
import { channelRoleOf, personOf, type Standing } from '../channels/index.ts';
import type { LivestreamDeps } from './deps.ts';
import { readReactions, type StreamWithCreator, videoOf } from './store.ts';

export function summaryOf({ stream, creator }: StreamWithCreator, engine: MediaEngine): LivestreamSummary {
  const hasStill =
    engine.capabilities().thumbnails &&
    !stream.patronOnly &&
    (stream.mediaState === 'live' || stream.mediaState === 'interrupted');
  return {
    id: stream.id as StreamId,
    channelId: stream.channelId as ChannelId,
    creator: personOf(creator),
    title: stream.title,
    category: stream.category,
    danteRealm: stream.danteRealm,
    patronOnly: stream.patronOnly,
    isActive: stream.isActive,
    mediaState: stream.mediaState,
    viewers: stream.viewers,
    startedAt: stream.startedAt.toISOString(),
    endedAt: stream.endedAt?.toISOString() ?? null,
    // Six stills move; 5 is the newest.
    thumbnailUrl: hasStill ? `/media/streams/${stream.id}/thumbnail/5.webp` : null,
  };
}

export async function describeLivestream(
  deps: LivestreamDeps,
  tx: Tx,
  row: StreamWithCreator,
  actor: Actor,
  standing: Standing,
): Promise<contract.Livestream> {
  const { stream } = row;
  const id = stream.id as StreamId;
  const reactions = await readReactions(tx, id);
  const videoId = stream.isActive ? null : await videoOf(tx, id);
  const stats = stream.isActive ? await statsOf(deps, id) : null;
  const role = channelRoleOf(standing);
  return {
    ...summaryOf(row, deps.engine),
    description: stream.description,
    reactions,
    playback: stream.isActive ? await playbackOf(deps, stream, actor, role) : null,
    delivery: deliveryOf(deps.engine, stats),
    me: { role, following: standing.isFollowing },
    videoId: videoId as VideoId | null,
  };
}

/** Addresses to watch at; for a patron-only stream they carry a token in the caller's name. */
export async function playbackOf(
  deps: Pick<LivestreamDeps, 'publicUrl' | 'tokens'>,
  stream: { readonly id: string; readonly patronOnly: boolean },
  actor: Actor,
  role: ChannelRole,
): Promise<contract.Playback> {
  const base = deps.publicUrl();
  const whepUrl = `${base}/whep/${stream.id}`;
  const hlsUrl = `${base}/hls/${stream.id}/index.m3u8`;
  if (!stream.patronOnly || actor.kind !== 'person') return { whepUrl, hlsUrl };
  const { token, expiresAt } = await deps.tokens.mint(actor.userId, role, { kind: 'stream', id: stream.id });
  const query = `?token=${token}`;
  return { whepUrl: whepUrl + query, hlsUrl: hlsUrl + query, token, expiresAt: expiresAt.toISOString() };
}

/** Null when the engine cannot say now; a page must still open then. */
export async function statsOf(
  deps: Pick<LivestreamDeps, 'engine' | 'logger'>,
  id: StreamId,
): Promise<RoomStats | null> {
  try {
    return await deps.engine.stats(id);
  } catch (error) {
    // No room: nothing was received there yet.
    if (error instanceof MediaRefusal && error.code !== 'media_unavailable') return null;
    deps.logger.warn({ err: error, streamId: id }, 'the media engine gave no figures');
    return null;
  }
}

function deliveryOf(engine: MediaEngine, stats: RoomStats | null): contract.Livestream['delivery'] {
  const able = engine.capabilities();
  const isPlayable = stats?.webrtcPlayable ?? true;
  return {
    webrtc: able.whep && isPlayable,
    hls: able.hls,
    audioCodecs: [...(stats?.audioCodecs ?? [])],
    // What the creator should change concerns a viewer only where it takes a way to watch from them.
    notice: isPlayable ? null : (stats?.notice ?? null),
  };
}
