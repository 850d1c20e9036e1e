/** A finished recording becomes a video. */
import type { StreamId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { MediaEngine, RecordingFile } from '../../media/engine.ts';
import { findStream } from '../livestreams/index.ts';
import { holdRecording, removalOfStream } from '../removals/index.ts';
import type { VideoDeps } from './deps.ts';
import { visibilityOf } from './policy.ts';
import { insertVideo, replaceFile } from './store.ts';

/** Shorter ones are somebody trying out a camera. */
const SHORTEST_MS = 1000;

/** Returns how to stop: call it once the engine has ended, so that what it finishes on the way is kept as well. */
export function keepRecordings(deps: VideoDeps, engine: MediaEngine): () => Promise<void> {
  const underWay = new Set<Promise<void>>();
  const unsubscribe = engine.on((event) => {
    if (event.type !== 'recording.ready') return;
    const kept = keepRecording(deps, event.recording)
      .catch((error: unknown) => {
        deps.logger.error({ err: error, streamId: event.recording.streamId }, 'a recording was not kept');
      })
      .finally(() => underWay.delete(kept));
    underWay.add(kept);
  });
  return async () => {
    unsubscribe();
    await Promise.all(underWay);
  };
}

/**
 * One video a stream. A stream that outlived a restart of the server has several recordings: the longest is kept,
 * because half an hour says more of it than the minute after a restart.
 */
async function keepRecording(deps: VideoDeps, recording: RecordingFile): Promise<void> {
  const { streamId, durationMs, sizeBytes, thumbnailPath } = recording;
  if (durationMs < SHORTEST_MS) return;
  const row = await deps.database.publicRead((db) => findStream(db, streamId));
  if (row === null) return;
  const id = uuidv7();
  const file = { fileKey: `${id}.mp4`, thumbnailKey: thumbnailPath === null ? null : `${id}.webp` };
  await deps.files.keep(file.fileKey, recording.path);
  if (file.thumbnailKey !== null && thumbnailPath !== null) await deps.files.keep(file.thumbnailKey, thumbnailPath);

  const { channelId, danteRealm, title } = row.stream;
  const at = deps.clock.now();
  const surplus = await deps.database.asSystem('a finished recording becomes a video', async (tx) => {
    const times = { createdAt: at, updatedAt: at };
    const video = { id, channelId, streamId, title, danteRealm, durationMs, sizeBytes, ...file, ...times };
    const removal = await removalOfStream(tx, streamId);
    if (!(await insertVideo(tx, { ...video, ...visibilityOf(row.stream, removal) }))) {
      return replaceFile(tx, streamId as StreamId, { durationMs, sizeBytes, ...file, updatedAt: at });
    }
    await holdRecording(tx, { videoId: id, streamId, isPublic: !row.stream.patronOnly, at });
    const entry = { type: 'VIDEO_CREATED', entity: 'video', entityId: id, actorId: null, at } as const;
    await recordAudit(tx, { ...entry, details: { streamId, durationMs } });
    return [];
  });
  for (const key of surplus) await deps.files.remove(key);
}
