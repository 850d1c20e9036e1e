/**
 * A recording while it grows and after. It is written as fragments, so that it can be played at any time and a crash
 * costs at most the last segment. To finish it, nothing is copied: a movie box with all tables is appended, and only
 * when that is on disk a 16-byte place holder after `ftyp` is turned into the head of one large `mdat` that covers
 * everything in between. Until that single write the file is a fragmented MP4, from then on a plain one.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { ascii, box, u32, u64 } from './mp4/boxes.ts';
import { initSegment } from './mp4/fragment.ts';
import { movieBox, type TrackLayout } from './mp4/progressive.ts';
import { findBox, readBoxHead, readFragment } from './mp4/read-boxes.ts';
import { readTracks } from './mp4/read-tracks.ts';
import type { Chunk, SampleFacts } from './mp4/sample-tables.ts';
import { clockOf, type Track, trackId } from './mp4/tracks.ts';

const placeHolder = box('free', ascii('8 bytes.'));

/** First bytes of a recording of these tracks. */
export function recordingHead(tracks: readonly Track[]): Buffer {
  const init = initSegment(tracks);
  const typeSize = init.readUInt32BE(0);
  return Buffer.concat([init.subarray(0, typeSize), placeHolder, init.subarray(typeSize)]);
}

export interface RecordingContents {
  readonly tracks: readonly Track[];
  readonly layouts: readonly TrackLayout[];
  /** End of the last whole fragment; what follows is torn. */
  readonly end: number;
  readonly placeHolderAt: number;
  /** Where media time goes on. */
  readonly endSeconds: number;
}

/** Null when the file holds no recording in progress, e.g. because it was cut within its first bytes. */
export async function readRecording(file: FileHandle): Promise<RecordingContents | null> {
  const { size } = await file.stat();
  const collected = new Map<number, { samples: SampleFacts[]; chunks: Chunk[] }>();
  let tracks: readonly Track[] = [];
  let placeHolderAt = -1;
  let end = 0;
  let moof: { at: number; body: Buffer } | null = null;
  for (let at = 0; at + 8 <= size; ) {
    const head = readBoxHead(await readAt(file, at, Math.min(16, size - at)), 0);
    if (head === null || at + head.size > size) break;
    const next = at + head.size;
    if (head.type === 'free' && placeHolderAt === -1) placeHolderAt = at;
    if (head.type === 'moov') tracks = readTracks(await readAt(file, at + 8, head.size - 8));
    if (head.type === 'moof') moof = { at, body: await readAt(file, at + 8, head.size - 8) };
    if (head.type === 'mdat' && moof !== null) collectRuns(moof, collected);
    if (head.type !== 'moof') end = next;
    at = next;
  }
  if (tracks.length === 0 || placeHolderAt === -1) return null;
  const layouts = tracks.map((track) => {
    const found = collected.get(trackId(track));
    return { track, samples: found?.samples ?? [], chunks: found?.chunks ?? [] };
  });
  return { tracks, layouts, end, placeHolderAt, endSeconds: Math.max(0, ...layouts.map(endOf)) };
}

/** Turns a recording in progress into a plain MP4. Null when there is nothing in it. */
export async function finishRecording(path: string): Promise<{ durationMs: number; sizeBytes: number } | null> {
  const file = await open(path, 'r+');
  try {
    const contents = await readRecording(file);
    const filled = contents?.layouts.filter((layout) => layout.samples.length > 0) ?? [];
    if (contents === null || filled.length === 0) return null;
    const movie = movieBox(filled);
    await file.truncate(contents.end);
    await writeFully(file, movie.box, contents.end);
    await file.sync();
    const covered = contents.end - contents.placeHolderAt;
    await writeFully(file, Buffer.concat([u32(1), ascii('mdat'), u64(covered)]), contents.placeHolderAt);
    await file.sync();
    return { durationMs: movie.durationMs, sizeBytes: contents.end + movie.box.length };
  } finally {
    await file.close();
  }
}

/** The same facts of a recording that could not be finished. */
export async function describeUnfinished(path: string): Promise<{ durationMs: number; sizeBytes: number } | null> {
  const file = await open(path, 'r');
  try {
    const contents = await readRecording(file);
    return contents === null ? null : { durationMs: Math.round(contents.endSeconds * 1000), sizeBytes: contents.end };
  } finally {
    await file.close();
  }
}

/** The facts of a file that was finished before. Null when it cannot be read. */
export async function describeFinished(path: string): Promise<{ durationMs: number; sizeBytes: number } | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    for (let at = 0; at + 8 <= size; ) {
      const head = readBoxHead(await readAt(file, at, Math.min(16, size - at)), 0);
      if (head === null || at + head.size > size) return null;
      if (head.type === 'moov') {
        const header = findBox(await readAt(file, at + 8, head.size - 8), ['mvhd']);
        return header === null ? null : { durationMs: Number(header.readBigUInt64BE(24)), sizeBytes: size };
      }
      at += head.size;
    }
    return null;
  } finally {
    await file.close();
  }
}

function collectRuns(
  moof: { at: number; body: Buffer },
  into: Map<number, { samples: SampleFacts[]; chunks: Chunk[] }>,
): void {
  for (const run of readFragment(moof.body)) {
    const track = into.get(run.trackId) ?? { samples: [], chunks: [] };
    into.set(run.trackId, track);
    for (const sample of run.samples) track.samples.push(sample);
    track.chunks.push({ offset: moof.at + run.dataOffset, count: run.samples.length });
  }
}

function endOf({ track, samples }: TrackLayout): number {
  const last = samples.at(-1);
  return last === undefined ? 0 : (last.time + last.duration) / clockOf(track);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  return bytes.subarray(0, bytesRead);
}

export async function writeFully(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
