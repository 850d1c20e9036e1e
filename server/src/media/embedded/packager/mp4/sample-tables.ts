/** The tables of a progressive file (`stts`, `ctts`, `stss`, `stsz`, `stsc`, `stco`/`co64`) and its edit list. */
import { box, fullBox, type Piece, u16, u32, u64 } from './boxes.ts';

/** What the tables need to know of a sample; its bytes are elsewhere. */
export interface SampleFacts {
  readonly time: number;
  readonly duration: number;
  readonly compositionOffset: number;
  readonly isKey: boolean;
  readonly size: number;
}

/** A run of samples of one track that lie behind each other in the file. */
export interface Chunk {
  readonly offset: number;
  readonly count: number;
}

export function sampleTables(samples: readonly SampleFacts[], chunks: readonly Chunk[], video: boolean): Piece {
  const keys = samples.flatMap((sample, index) => (sample.isKey ? [index + 1] : []));
  const composed = samples.some((sample) => sample.compositionOffset !== 0);
  return [
    runLengths('stts', 0, samples, stepTo),
    composed ? runLengths('ctts', 1, samples, (sample) => sample.compositionOffset) : [],
    video ? fullBox('stss', 0, 0, u32(keys.length), listOf(keys)) : [],
    chunkLengths(chunks),
    fullBox('stsz', 0, 0, u32(0, samples.length), listOf(samples.map((sample) => sample.size))),
    chunkOffsets(chunks),
  ];
}

/** A sample lasts until the next begins: a hole in the sound is the length of the sample before it. */
function stepTo(sample: SampleFacts, next: SampleFacts | undefined): number {
  return next === undefined ? sample.duration : Math.max(0, next.time - sample.time);
}

export function totalDuration(samples: readonly SampleFacts[]): number {
  const first = samples[0];
  const last = samples.at(-1);
  return first === undefined || last === undefined ? 0 : last.time + last.duration - first.time;
}

/**
 * From the first picture shown to the end of the last. With B-frames this may be longer than the decoding times say:
 * a file that ends between a picture and those shown before it. An edit list must not cut that picture off.
 */
export function shownDuration(samples: readonly SampleFacts[]): number {
  const first = samples[0];
  if (first === undefined) return 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const sample of samples) end = Math.max(end, sample.time + sample.compositionOffset + sample.duration);
  return end - first.time - first.compositionOffset;
}

function listOf(values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
}

function runLengths(
  type: string,
  version: number,
  samples: readonly SampleFacts[],
  measure: (sample: SampleFacts, next: SampleFacts | undefined) => number,
): Buffer {
  const runs: { count: number; value: number }[] = [];
  samples.forEach((sample, index) => {
    const value = measure(sample, samples[index + 1]);
    const last = runs.at(-1);
    if (last?.value === value) last.count += 1;
    else runs.push({ count: 1, value });
  });
  const bytes = Buffer.allocUnsafe(runs.length * 8);
  runs.forEach(({ count, value }, index) => {
    bytes.writeUInt32BE(count, index * 8);
    bytes.writeInt32BE(value, index * 8 + 4);
  });
  return fullBox(type, version, 0, u32(runs.length), bytes);
}

function chunkLengths(chunks: readonly Chunk[]): Buffer {
  const rows: number[] = [];
  let count = -1;
  chunks.forEach((chunk, index) => {
    if (chunk.count === count) return;
    rows.push(index + 1, chunk.count, 1);
    count = chunk.count;
  });
  return fullBox('stsc', 0, 0, u32(rows.length / 3), listOf(rows));
}

function chunkOffsets(chunks: readonly Chunk[]): Buffer {
  const large = chunks.some((chunk) => chunk.offset > 0xffff_ffff);
  const offsets = chunks.map((chunk) => chunk.offset);
  if (!large) return fullBox('stco', 0, 0, u32(offsets.length), listOf(offsets));
  const bytes = Buffer.allocUnsafe(offsets.length * 8);
  offsets.forEach((offset, index) => {
    bytes.writeBigUInt64BE(BigInt(offset), index * 8);
  });
  return fullBox('co64', 0, 0, u32(offsets.length), bytes);
}

/**
 * Where this track starts in the movie. `delayMs` is silence or no picture at the start; `mediaTime` skips what the
 * composition offsets of B-frames would otherwise show as a delay.
 */
export function editList(delayMs: number, mediaTime: number, durationMs: number): Piece {
  if (delayMs === 0 && mediaTime === 0) return [];
  const rows: Buffer[] = [];
  if (delayMs > 0) rows.push(u64(delayMs), Buffer.alloc(8, 0xff), u16(1, 0));
  rows.push(u64(durationMs), u64(mediaTime), u16(1, 0));
  return box('edts', fullBox('elst', 1, 0, u32(rows.length / 3), rows));
}
