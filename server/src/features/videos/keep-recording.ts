/** A finished recording becomes a video. */
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { MediaEngine, RecordingFile } from '../../media/engine.ts';
import { findStream } from '../livestreams/index.ts';
import type { VideoDeps } from './deps.ts';
import { visibilityOf } from './policy.ts';
import { insertVideo } from './store.ts';

/** Shorter ones are somebody trying out a camera. */
export const SHORTEST_MS = 1000;

export function keepRecordings(deps: VideoDeps, engine: MediaEngine): () => void {
  return engine.on((event) => {
    if (event.type !== 'recording.ready') return;
    keepRecording(deps, event.recording).catch((error: unknown) => {
      deps.logger.error({ err: error, streamId: event.recording.streamId }, 'a recording was not kept');
    });
  });
}

export async function keepRecording(deps: VideoDeps, recording: RecordingFile): Promise<void> {
  const { streamId, durationMs, sizeBytes } = recording;
  if (durationMs < SHORTEST_MS) return;
  const row = await deps.database.publicRead((db) => findStream(db, streamId));
  if (row === null) return;
  const id = uuidv7();
  const fileKey = `${id}.mp4`;
  const thumbnailKey = recording.thumbnailPath === null ? null : `${id}.webp`;
  await deps.files.keep(fileKey, recording.path);
  if (thumbnailKey !== null && recording.thumbnailPath !== null) {
    await deps.files.keep(thumbnailKey, recording.thumbnailPath);
  }
  const { channelId, danteRealm, title } = row.stream;
  const at = deps.clock.now();
  await deps.database.asSystem('a finished recording becomes a video', async (tx) => {
    const video = { id, channelId, streamId, title, danteRealm, durationMs, sizeBytes, fileKey, thumbnailKey };
    const times = { createdAt: at, updatedAt: at };
    if (!(await insertVideo(tx, { ...video, ...times, ...visibilityOf(row.stream) }))) return;
    const entry = { type: 'VIDEO_CREATED', entity: 'video', entityId: id, actorId: null, at } as const;
    await recordAudit(tx, { ...entry, details: { streamId, durationMs } });
  });
}
