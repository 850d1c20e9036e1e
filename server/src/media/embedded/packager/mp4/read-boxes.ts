/** Reading what we wrote: walks boxes and takes samples out of fragments. Used to finish recordings, and by tests. */
import type { SampleFacts } from './sample-tables.ts';

export interface BoxView {
  readonly type: string;
  /** Without the header. */
  readonly body: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Stops at the first box that does not fit. */
export function* boxesIn(bytes: Buffer): Generator<BoxView> {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const head = readBoxHead(bytes, at);
    if (head === null || at + head.size > bytes.length) return;
    yield { type: head.type, body: bytes.subarray(at + head.headSize, at + head.size), start: at, end: at + head.size };
    at += head.size;
  }
}

export interface BoxHead {
  readonly type: string;
  readonly size: number;
  readonly headSize: number;
}

export function readBoxHead(bytes: Buffer, at: number): BoxHead | null {
  if (at + 8 > bytes.length) return null;
  const type = bytes.toString('latin1', at + 4, at + 8);
  const short = bytes.readUInt32BE(at);
  if (short !== 1) return short < 8 ? null : { type, size: short, headSize: 8 };
  if (at + 16 > bytes.length) return null;
  const size = Number(bytes.readBigUInt64BE(at + 8));
  return size < 16 ? null : { type, size, headSize: 16 };
}

/** The first box at this path, e.g. `['moov', 'trak']`. */
export function findBox(bytes: Buffer, path: readonly string[]): Buffer | null {
  let body = bytes;
  for (const type of path) {
    const found = [...boxesIn(body)].find((candidate) => candidate.type === type);
    if (found === undefined) return null;
    body = found.body;
  }
  return body;
}

export interface RunView {
  readonly trackId: number;
  /** From the start of the `moof`. */
  readonly dataOffset: number;
  readonly samples: readonly SampleFacts[];
}

/** The runs of a `moof` as `fragment` writes it. `body` is without the header. */
export function readFragment(body: Buffer): RunView[] {
  const runs: RunView[] = [];
  for (const traf of boxesIn(body)) {
    if (traf.type !== 'traf') continue;
    const header = findBox(traf.body, ['tfhd']);
    const decodeTime = findBox(traf.body, ['tfdt']);
    const run = findBox(traf.body, ['trun']);
    if (header === null || decodeTime === null || run === null) continue;
    runs.push({ trackId: header.readUInt32BE(4), dataOffset: run.readInt32BE(8), samples: readRun(run, decodeTime) });
  }
  return runs;
}

function readRun(run: Buffer, decodeTime: Buffer): SampleFacts[] {
  const samples: SampleFacts[] = [];
  let time = Number(decodeTime.readBigUInt64BE(4));
  const count = run.readUInt32BE(4);
  for (let i = 0, at = 12; i < count; i += 1, at += 16) {
    const duration = run.readUInt32BE(at);
    const isKey = (run.readUInt32BE(at + 8) & 0x0001_0000) === 0;
    samples.push({
      time,
      duration,
      size: run.readUInt32BE(at + 4),
      isKey,
      compositionOffset: run.readInt32BE(at + 12),
    });
    time += duration;
  }
  return samples;
}
