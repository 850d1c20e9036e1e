/** Who has a recording's page open hears how many comments there are, as the number changes. */
import { type CommandAck, comments as contract, type VideoId, videoRoom } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';
import { AppError } from '../../errors.ts';
import type { RoomSocket } from '../../realtime/index.ts';
import type { CommentDeps } from './deps.ts';
import { visibleVideo } from './list-comments.ts';
import { countShown } from './store.ts';

/** More open pages than anybody reads at once. */
const MAX_VIDEOS_PER_SOCKET = 20;
const CHANGED = 'comments.changed';
const COUNT = 'whoever sees a recording hears how many comments there are';
const watched = new WeakMap<RoomSocket, Set<VideoId>>();

export async function watchComments(
  deps: Pick<CommentDeps, 'database'>,
  { actor, isBanned }: Caller,
  videoId: VideoId,
  socket: RoomSocket,
): Promise<CommandAck<typeof contract.watchComments>> {
  if (isBanned) throw new AppError('banned', { detail: 'A penalty is in force.' });
  await visibleVideo(deps, actor, videoId);
  const videos = watched.get(socket) ?? new Set<VideoId>();
  if (!videos.has(videoId) && videos.size >= MAX_VIDEOS_PER_SOCKET) {
    throw new AppError('rate_limited', { detail: 'Leave a video before watching another.', retryAfterMs: 0 });
  }
  watched.set(socket, videos.add(videoId));
  // Before the count: a comment in between is told again rather than missed.
  socket.join(videoRoom(videoId));
  return { count: await deps.database.asSystem(COUNT, (tx) => countShown(tx, videoId)) };
}

export async function unwatchComments(videoId: VideoId, socket: RoomSocket): Promise<Record<string, never>> {
  watched.get(socket)?.delete(videoId);
  socket.leave(videoRoom(videoId));
  return {};
}

/** The outbox is followed by one node, and pages are open on all of them. */
export async function spreadCount({ database }: Pick<CommentDeps, 'database'>, videoId: VideoId): Promise<void> {
  await database.asSystem('tell every node of comments', (tx) => signalNodes(tx, { kind: CHANGED, id: videoId }));
}

/** A node heard a word, its own ones too. The word is a hint: a page that comes back asks again. */
export async function hearOfComments(
  { database, realtime }: Pick<CommentDeps, 'database' | 'realtime'>,
  { id, kind }: NodeSignal,
): Promise<void> {
  if (kind !== CHANGED) return;
  const videoId = id as VideoId;
  const count = await database.asSystem(COUNT, (tx) => countShown(tx, videoId));
  realtime.toVideo(videoId, contract.commentsCounted, { videoId, count });
}
