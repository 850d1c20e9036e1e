/** Cuts the last seconds out of the live window: a plain MP4 from the nearest key frame, nothing is encoded again. */
import { createHash } from 'node:crypto';
import type { Clip } from '../../engine.ts';
import type { Part, Rendition, Segment } from './live-parts.ts';
import { secondsOf } from './live-parts.ts';
import { progressiveFile } from './mp4/progressive.ts';
import type { Sample } from './mp4/tracks.ts';
import { inOneConfiguration } from './one-configuration.ts';

/** Null when there is nothing yet. */
export function cutClip(segments: readonly Segment[], seconds: number): Clip | null {
  const chosen = lastSeconds(segments, seconds);
  const parts = chosen.flatMap((segment) => segment.parts);
  const first = parts[0];
  if (first === undefined) return null;
  const { configuration } = first;
  const rendition: Rendition = parts.every((part) => part.configuration.aac !== null) ? 'aac' : 'opus';
  const audio = parts.find((part) => part.configuration[rendition] !== null)?.configuration[rendition] ?? null;
  const contents = [];
  if (configuration.video !== null) {
    const video = configuration.video;
    contents.push({ track: video, samples: parts.flatMap((part) => inOneConfiguration(part, video)) });
  }
  if (audio !== null) contents.push({ track: audio, samples: soundOf(parts, rendition) });
  const { bytes, durationMs } = progressiveFile(contents);
  return { bytes, durationMs, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** From the last segment start that is at least `seconds` before the end and begins with a key frame. */
function lastSeconds(segments: readonly Segment[], seconds: number): readonly Segment[] {
  let covered = 0;
  let from = -1;
  for (let index = segments.length - 1; index >= 0; index -= 1) {
    const segment = segments[index] as Segment;
    covered += secondsOf(segment);
    if (segment.parts[0]?.independent === true) {
      from = index;
      if (covered >= seconds) break;
    }
  }
  return from === -1 ? [] : segments.slice(from);
}

function soundOf(parts: readonly Part[], rendition: Rendition): Sample[] {
  return parts.flatMap((part) => part[rendition]);
}
