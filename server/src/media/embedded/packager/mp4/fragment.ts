/** Fragmented MP4: the initialisation (`ftyp`, `moov`) and the fragments (`moof`, `mdat`) of LL-HLS and recordings. */
import { box, fullBox, u32, u64 } from './boxes.ts';
import { fileType, movieHeader, trackBox } from './movie.ts';
import { type Sample, type Track, trackId } from './tracks.ts';

export function initSegment(tracks: readonly Track[]): Buffer {
  return Buffer.concat([fileType(), fragmentedMovie(tracks)]);
}

function fragmentedMovie(tracks: readonly Track[]): Buffer {
  const tables = [
    fullBox('stts', 0, 0, u32(0)),
    fullBox('stsc', 0, 0, u32(0)),
    fullBox('stsz', 0, 0, u32(0, 0)),
    fullBox('stco', 0, 0, u32(0)),
  ];
  const traks = tracks.map((track) => trackBox(track, { duration: 0, durationMs: 0, edits: [], tables }));
  const extensions = tracks.map((track) => fullBox('trex', 0, 0, u32(trackId(track), 1, 0, 0, 0)));
  return box('moov', movieHeader(0), traks, box('mvex', extensions));
}

export interface FragmentRun {
  readonly track: Track;
  /** In order; a sample lasts until the next one begins, so that a hole in the sound stays a hole in time. */
  readonly samples: readonly Sample[];
}

const flagsKey = 0x0200_0000;
const flagsDelta = 0x0101_0000;

/** One fragment. Runs without samples are left out. */
export function fragment(sequence: number, runs: readonly FragmentRun[]): Buffer {
  const filled = runs.filter((run) => run.samples.length > 0);
  const header = fullBox('mfhd', 0, 0, u32(sequence));
  const moofSize = 8 + header.length + filled.reduce((sum, run) => sum + trackFragmentSize(run.samples.length), 0);
  const payload = filled.flatMap((run) => run.samples.map((sample) => sample.data));
  let offset = moofSize + 8;
  const fragments = filled.map((run) => {
    const bytes = trackFragment(run, offset);
    for (const sample of run.samples) offset += sample.data.length;
    return bytes;
  });
  const mdatHead = Buffer.concat([u32(offset - moofSize), Buffer.from('mdat')]);
  return Buffer.concat([box('moof', header, fragments), mdatHead, ...payload]);
}

/** traf 8, tfhd 16, tfdt 20, trun 20 and 16 a sample. */
function trackFragmentSize(samples: number): number {
  return 64 + samples * 16;
}

function trackFragment({ track, samples }: FragmentRun, dataOffset: number): Buffer {
  const table = Buffer.allocUnsafe(samples.length * 16);
  let at = 0;
  for (const [index, sample] of samples.entries()) {
    const next = samples[index + 1];
    table.writeUInt32BE(next === undefined ? sample.duration : Math.max(0, next.time - sample.time), at);
    table.writeUInt32BE(sample.data.length, at + 4);
    table.writeUInt32BE(sample.isKey ? flagsKey : flagsDelta, at + 8);
    table.writeInt32BE(sample.compositionOffset, at + 12);
    at += 16;
  }
  const first = samples[0]?.time ?? 0;
  return box(
    'traf',
    fullBox('tfhd', 0, 0x02_0000, u32(trackId(track))),
    fullBox('tfdt', 1, 0, u64(first)),
    // Data offset, and for each sample: duration, size, flags, signed composition offset.
    fullBox('trun', 1, 0x00_0f01, u32(samples.length, dataOffset), table),
  );
}
