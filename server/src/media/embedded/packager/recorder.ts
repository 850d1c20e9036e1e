/**
 * Writes a stream to disk, one fragment for each segment. Never holds up the stream: when the disk is full or too
 * slow, recording stops and says so, and what was written stays playable.
 */
import { access, type FileHandle, open, rename, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Part, Rendition, Segment } from './live-parts.ts';
import { fragment } from './mp4/fragment.ts';
import { type AudioTrack, clockOf, type Sample, type Track } from './mp4/tracks.ts';
import { inOneConfiguration } from './one-configuration.ts';
import {
  describeFinished,
  describeUnfinished,
  finishRecording,
  readRecording,
  recordingHead,
  writeFully,
} from './recording-file.ts';
import { type RecordingPaths, recordingPaths } from './recording-paths.ts';

/** A disk this far behind will not catch up. */
const maxQueuedBytes = 64 * 1024 * 1024;
const diskCheckMs = 5_000;

export interface RecorderOptions {
  readonly folder: string;
  /** The sound of the file, also when the stream begins without. */
  readonly audioTrack: AudioTrack;
  /** Other parts of the product need the disk too: recording stops before it is full. */
  readonly minFreeBytes: number;
  readonly onStopped: (notice: string) => void;
}

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #paths;
  #file: FileHandle | null = null;
  #tracks: readonly Track[] = [];
  #rendition: Rendition = 'opus';
  #position = 0;
  #offsetSeconds = 0;
  #sequence = 1;
  #queuedBytes = 0;
  #tail: Promise<void> = Promise.resolve();
  #stopped = false;
  #checkedMs = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#paths = recordingPaths(options.folder);
  }

  /** Queues a finished segment. */
  add(segment: Segment): void {
    if (this.#stopped || segment.parts.length === 0) return;
    const bytes = segment.parts.reduce(
      (sum, part) => sum + part.video.reduce((n, sample) => n + sample.data.length, 0),
      0,
    );
    if (this.#queuedBytes + bytes > maxQueuedBytes) {
      this.#stop('the disk is too slow');
      return;
    }
    this.#queuedBytes += bytes;
    this.#tail = this.#tail
      .then(() => this.#write(segment))
      .catch((error: unknown) => this.#stop(reasonOf(error)))
      .finally(() => {
        this.#queuedBytes -= bytes;
      });
  }

  /** Closes and finishes the file. Null when nothing was recorded. */
  async finish(still: Buffer | undefined): Promise<FinishedFile | null> {
    await this.#tail;
    await this.#file?.close();
    this.#file = null;
    this.#stopped = true;
    return finishFolder(this.#options.folder, still);
  }

  /** Waits until everything queued is written, and leaves the file as it is. */
  async settle(): Promise<void> {
    await this.#tail;
  }

  async #write(segment: Segment): Promise<void> {
    if (this.#stopped) return;
    await this.#checkDisk();
    const file = this.#file ?? (await this.#open(segment));
    const runs = this.#tracks.map((track) => ({ track, samples: this.#samplesOf(segment.parts, track) }));
    if (runs.every((run) => run.samples.length === 0)) return;
    const bytes = fragment(this.#sequence, runs);
    await writeFully(file, bytes, this.#position);
    this.#position += bytes.length;
    this.#sequence += 1;
  }

  async #open(segment: Segment): Promise<FileHandle> {
    const { configuration } = segment;
    const file = await open(this.#paths.growing, 'a+').then(async (touched) => {
      await touched.close();
      return open(this.#paths.growing, 'r+');
    });
    this.#file = file;
    const before = await readRecording(file);
    if (before !== null) {
      // A packager before us died: its recording goes on.
      this.#tracks = before.tracks;
      this.#rendition = before.tracks.some((track) => track.kind === 'audio' && track.codec === 'aac') ? 'aac' : 'opus';
      this.#position = before.end;
      const [first] = this.#firstSampleSeconds(segment);
      this.#offsetSeconds = before.endSeconds - (first ?? 0);
      await file.truncate(before.end);
      return file;
    }
    const { audioTrack } = this.#options;
    this.#rendition = audioTrack.codec;
    this.#tracks = configuration.video === null ? [audioTrack] : [configuration.video, audioTrack];
    const head = recordingHead(this.#tracks);
    await file.truncate(0);
    await writeFully(file, head, 0);
    this.#position = head.length;
    return file;
  }

  #firstSampleSeconds(segment: Segment): number[] {
    return this.#tracks.flatMap((track) => {
      const [first] = this.#samplesOf(segment.parts, track);
      return first === undefined ? [] : [first.time / clockOf(track)];
    });
  }

  #samplesOf(parts: readonly Part[], track: Track): Sample[] {
    const shift = Math.round(this.#offsetSeconds * clockOf(track));
    const samples = parts.flatMap((part) =>
      track.kind === 'video' ? inOneConfiguration(part, track) : part[this.#rendition],
    );
    return shift === 0 ? samples : samples.map((sample) => ({ ...sample, time: Math.max(0, sample.time + shift) }));
  }

  async #checkDisk(): Promise<void> {
    if (Date.now() - this.#checkedMs < diskCheckMs) return;
    this.#checkedMs = Date.now();
    const { bavail, bsize } = await statfs(dirname(this.#paths.growing));
    if (bavail * bsize < this.#options.minFreeBytes) throw new DiskFull();
  }

  #stop(reason: string): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#options.onStopped(`The recording has stopped: ${reason}. The stream goes on.`);
  }
}

class DiskFull extends Error {}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (error instanceof DiskFull || code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return error instanceof Error ? error.message : String(error);
}

export interface FinishedFile {
  readonly path: string;
  readonly thumbnailPath: string | null;
  readonly durationMs: number;
  readonly sizeBytes: number;
}

/** Finishes what lies in the folder, from this run or from one that died. Null when there is nothing to watch. */
export async function finishFolder(folder: string, still: Buffer | undefined): Promise<FinishedFile | null> {
  const paths = recordingPaths(folder);
  const finished = await finishRecording(paths.growing).catch((error: unknown) => {
    if (isMissing(error)) return null;
    // No room for the tables: the file stays fragmented, which players read as well.
    if (reasonOf(error) === 'the disk is full') return describeUnfinished(paths.growing);
    throw error;
  });
  if (finished === null) return finishedBefore(paths);
  await rename(paths.growing, paths.done);
  const thumbnailPath = still === undefined ? null : await writeStill(paths.still, still);
  return { path: paths.done, thumbnailPath, ...finished };
}

/** The server died after the file was finished and before it could tell anybody. */
async function finishedBefore(paths: RecordingPaths): Promise<FinishedFile | null> {
  const facts = await describeFinished(paths.done).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (facts === null) return null;
  const thumbnailPath = await access(paths.still).then(
    () => paths.still,
    () => null,
  );
  return { path: paths.done, thumbnailPath, ...facts };
}

/** A recording without a still is better than none. */
function writeStill(path: string, still: Buffer): Promise<string | null> {
  return writeFile(path, still).then(
    () => path,
    () => null,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
