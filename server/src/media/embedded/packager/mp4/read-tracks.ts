/** Reads track descriptions back out of a `moov` that `movie.ts` wrote. */
import { boxesIn, findBox } from './read-boxes.ts';
import type { Track } from './tracks.ts';

const visualEntryBytes = 78;
const audioEntryBytes = 28;

export function readTracks(moov: Buffer): Track[] {
  const tracks: Track[] = [];
  for (const trak of boxesIn(moov)) {
    if (trak.type !== 'trak') continue;
    const description = findBox(trak.body, ['mdia', 'minf', 'stbl', 'stsd']);
    const track = description === null ? null : readEntry(description.subarray(8));
    if (track !== null) tracks.push(track);
  }
  return tracks;
}

function readEntry(entries: Buffer): Track | null {
  const [entry] = boxesIn(entries);
  if (entry?.type === 'avc1') return readAvc(entry.body);
  if (entry?.type === 'Opus') return readAudio(entry.body, 'opus');
  if (entry?.type === 'mp4a') return readAudio(entry.body, 'aac');
  return null;
}

function readAvc(entry: Buffer): Track | null {
  const record = findBox(entry.subarray(visualEntryBytes), ['avcC']);
  if (record === null) return null;
  const spsLength = record.readUInt16BE(6);
  const sps = record.subarray(8, 8 + spsLength);
  const ppsLength = record.readUInt16BE(9 + spsLength);
  const pps = record.subarray(11 + spsLength, 11 + spsLength + ppsLength);
  return { kind: 'video', sps, pps, width: entry.readUInt16BE(24), height: entry.readUInt16BE(26) };
}

function readAudio(entry: Buffer, codec: 'opus' | 'aac'): Track | null {
  const channels = entry.readUInt16BE(16);
  if (codec === 'opus') return { kind: 'audio', codec, channels, config: Buffer.alloc(0) };
  const es = findBox(entry.subarray(audioEntryBytes), ['esds']);
  // Version, ES descriptor (5 + 3), decoder configuration (5 + 13), then DecoderSpecificInfo.
  if (es === null || es.readUInt8(30) !== 0x05) return null;
  return { kind: 'audio', codec, channels, config: es.subarray(35, 35 + es.readUInt8(34)) };
}
