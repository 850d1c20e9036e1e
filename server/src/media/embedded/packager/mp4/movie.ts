/** The boxes that describe a movie and its tracks, for fragmented and for progressive files alike. */
import { ascii, box, fullBox, type Piece, u16, u32, u64, zeros } from './boxes.ts';
import { sampleEntry } from './sample-entries.ts';
import { clockOf, type Track, trackId } from './tracks.ts';

export const movieClock = 1000;
const identityMatrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

export function fileType(): Buffer {
  return box('ftyp', ascii('isom'), u32(0x200), ascii('isomiso5iso6mp41avc1'));
}

export function movieHeader(durationMs: number): Buffer {
  return fullBox(
    'mvhd',
    1,
    0,
    u64(0, 0),
    u32(movieClock),
    u64(durationMs),
    u32(0x10000),
    u16(0x100, 0),
    zeros(8),
    identityMatrix,
    zeros(24),
    u32(3),
  );
}

export interface TrackBoxes {
  /** In the track's own ticks; 0 for fragmented files. */
  readonly duration: number;
  readonly durationMs: number;
  /** An edit list, or nothing. */
  readonly edits: Piece;
  /** `stts` and the tables after it; empty ones for fragmented files. */
  readonly tables: Piece;
}

export function trackBox(track: Track, { duration, durationMs, edits, tables }: TrackBoxes): Buffer {
  const video = track.kind === 'video';
  const size = video ? u32(track.width * 0x10000, track.height * 0x10000) : u32(0, 0);
  const header = fullBox(
    'tkhd',
    1,
    3,
    u64(0, 0),
    u32(trackId(track), 0),
    u64(durationMs),
    zeros(8),
    u16(0, 0, video ? 0 : 0x100, 0),
    identityMatrix,
    size,
  );
  const mediaHeader = fullBox('mdhd', 1, 0, u64(0, 0), u32(clockOf(track)), u64(duration), u16(0x55c4, 0));
  const handler = fullBox('hdlr', 0, 0, u32(0), ascii(video ? 'vide' : 'soun'), zeros(12), ascii('virgil\0'));
  const typeHeader = video ? fullBox('vmhd', 0, 1, zeros(8)) : fullBox('smhd', 0, 0, zeros(4));
  const dataInfo = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const description = fullBox('stsd', 0, 0, u32(1), sampleEntry(track));
  const media = box('minf', typeHeader, dataInfo, box('stbl', description, tables));
  return box('trak', header, edits, box('mdia', mediaHeader, handler, media));
}
