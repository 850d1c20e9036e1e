/**
 * A file has one description of its picture, but a publisher may change resolution in between. Key frames that need
 * other parameter sets than the file's carry their own in the stream, which decoders of files take as well.
 */

import { lengthPrefixed } from './length-prefixed.ts';
import type { Part } from './live-parts.ts';
import type { Sample, VideoTrack } from './mp4/tracks.ts';

export function inOneConfiguration(part: Part, fileTrack: VideoTrack): readonly Sample[] {
  const own = part.configuration.video;
  if (own === null || (own.sps.equals(fileTrack.sps) && own.pps.equals(fileTrack.pps))) return part.video;
  const sets = lengthPrefixed([own.sps, own.pps]);
  return part.video.map((sample) => (sample.isKey ? { ...sample, data: Buffer.concat([sets, sample.data]) } : sample));
}
