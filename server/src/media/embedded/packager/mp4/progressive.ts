/** A plain MP4 with all tables in front, for clips: plays while it loads, and every player can seek in it. */
import { box, u32 } from './boxes.ts';
import { fileType, movieClock, movieHeader, trackBox } from './movie.ts';
import { type Chunk, editList, type SampleFacts, sampleTables, shownDuration, totalDuration } from './sample-tables.ts';
import { clockOf, type Sample, type Track } from './tracks.ts';

export interface TrackContent {
  readonly track: Track;
  readonly samples: readonly Sample[];
}

export interface ProgressiveFile {
  readonly bytes: Buffer;
  readonly durationMs: number;
}

/** All tracks share one timeline: the earliest presentation time becomes 0. */
export function progressiveFile(contents: readonly TrackContent[]): ProgressiveFile {
  const filled = contents.filter((content) => content.samples.length > 0);
  const plan = interleave(filled);
  // The size of the movie box does not depend on the offsets in it as long as they have the same width.
  const draft = movieBox(filled.map(({ track, samples }, i) => described(track, samples, plan.chunks[i] ?? [])));
  const head = fileType();
  const dataStart = head.length + draft.box.length + 8;
  const moved = plan.chunks.map((chunks) => chunks.map(({ offset, count }) => ({ offset: offset + dataStart, count })));
  const movie = movieBox(filled.map(({ track, samples }, i) => described(track, samples, moved[i] ?? [])));
  const mdatHead = Buffer.concat([u32(plan.size + 8), Buffer.from('mdat')]);
  return { bytes: Buffer.concat([head, movie.box, mdatHead, ...plan.data]), durationMs: movie.durationMs };
}

function described(track: Track, samples: readonly Sample[], chunks: readonly Chunk[]): TrackLayout {
  const facts = samples.map(({ time, duration, compositionOffset, isKey, data }) => {
    return { time, duration, compositionOffset, isKey, size: data.length };
  });
  return { track, samples: facts, chunks };
}

export interface TrackLayout {
  readonly track: Track;
  readonly samples: readonly SampleFacts[];
  readonly chunks: readonly Chunk[];
}

/** `moov` for samples that lie at known places of the file. */
export function movieBox(layouts: readonly TrackLayout[]): { box: Buffer; durationMs: number } {
  const starts = layouts.map(({ track, samples }) => startSeconds(track, samples));
  const zero = Math.min(...starts);
  let movieMs = 0;
  const traks = layouts.map(({ track, samples, chunks }, index) => {
    const clock = clockOf(track);
    const duration = totalDuration(samples);
    const shownMs = Math.ceil((shownDuration(samples) / clock) * movieClock);
    const delayMs = Math.round(((starts[index] as number) - zero) * movieClock);
    movieMs = Math.max(movieMs, delayMs + shownMs);
    const edits = editList(delayMs, Math.max(0, samples[0]?.compositionOffset ?? 0), shownMs);
    const tables = sampleTables(samples, chunks, track.kind === 'video');
    return trackBox(track, { duration, durationMs: delayMs + shownMs, edits, tables });
  });
  return { box: box('moov', movieHeader(movieMs), traks), durationMs: movieMs };
}

function startSeconds(track: Track, samples: readonly SampleFacts[]): number {
  const first = samples[0];
  return first === undefined ? 0 : (first.time + first.compositionOffset) / clockOf(track);
}

interface Interleaved {
  readonly chunks: readonly (readonly Chunk[])[];
  readonly data: readonly Buffer[];
  readonly size: number;
}

/** About a second of each track in turn, so that a player need not jump about. Offsets are from the data's start. */
function interleave(contents: readonly TrackContent[]): Interleaved {
  const chunks: Chunk[][] = contents.map(() => []);
  const positions = contents.map(() => 0);
  const data: Buffer[] = [];
  let size = 0;
  const zero = Math.min(...contents.map(({ track, samples }) => (samples[0]?.time ?? 0) / clockOf(track)));
  for (let second = 1; positions.some((position, i) => position < (contents[i]?.samples.length ?? 0)); second += 1) {
    contents.forEach(({ track, samples }, i) => {
      const from = positions[i] as number;
      const until = (zero + second) * clockOf(track);
      let to = from;
      const offset = size;
      for (let sample = samples[to]; sample !== undefined && sample.time < until; sample = samples[to]) {
        data.push(sample.data);
        size += sample.data.length;
        to += 1;
      }
      if (to > from) chunks[i]?.push({ offset, count: to - from });
      positions[i] = to;
    });
  }
  return { chunks, data, size };
}
