/** Cuts an excerpt out of a recording while it is written: what the live window no longer holds. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Clip } from '../../engine.ts';
import { progressiveFile, type TrackContent, type TrackLayout } from './mp4/progressive.ts';
import { clockOf, type Sample } from './mp4/tracks.ts';
import { readRecording } from './recording-file.ts';

/**
 * From the nearest key frame, `seconds` long, ending so much before the end of what is written; that lies up to a
 * segment behind the live edge. Null when the recording does not reach back so far, or there is none.
 */
export async function cutExcerpt(path: string, seconds: number, endingSecondsAgo: number): Promise<Clip | null> {
  const file = await openExisting(path);
  if (file === null) return null;
  try {
    const recording = await readRecording(file);
    if (recording === null) return null;
    const to = recording.endSeconds - endingSecondsAgo;
    if (to <= 0) return null;
    const video = recording.layouts.find(({ track }) => track.kind === 'video');
    const from = keyFrameBefore(video, Math.max(0, to - seconds));
    const contents: TrackContent[] = [];
    for (const layout of recording.layouts) {
      contents.push({ track: layout.track, samples: await samplesOf(file, layout, from, to) });
    }
    if (contents.every(({ samples }) => samples.length === 0)) return null;
    const { bytes, durationMs } = progressiveFile(contents);
    return { bytes, durationMs, sha256: createHash('sha256').update(bytes).digest('hex') };
  } finally {
    await file.close();
  }
}

async function openExisting(path: string): Promise<FileHandle | null> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Without a picture sound begins anywhere. */
function keyFrameBefore(video: TrackLayout | undefined, seconds: number): number {
  if (video === undefined) return seconds;
  const clock = clockOf(video.track);
  const keys = video.samples.filter(({ isKey }) => isKey).map(({ time }) => time / clock);
  return keys.findLast((time) => time <= seconds) ?? keys[0] ?? seconds;
}

async function samplesOf(
  file: FileHandle,
  { chunks, samples, track }: TrackLayout,
  from: number,
  to: number,
): Promise<Sample[]> {
  const clock = clockOf(track);
  const chosen: Sample[] = [];
  let next = 0;
  for (const { count, offset } of chunks) {
    let at = offset;
    for (const { size, ...facts } of samples.slice(next, next + count)) {
      const seconds = facts.time / clock;
      if (seconds >= from && seconds < to) {
        const data = Buffer.alloc(size);
        const { bytesRead } = await file.read(data, 0, size, at);
        // The recording was finished or cut under it.
        if (bytesRead !== size) return chosen;
        chosen.push({ ...facts, data });
      }
      at += size;
    }
    next += count;
  }
  return chosen;
}
