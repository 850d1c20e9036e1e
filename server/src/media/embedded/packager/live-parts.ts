/** The pieces of a live stream: parts of about 300 ms, gathered into segments that begin at a key frame. */
import type { AudioTrack, Sample, VideoTrack } from './mp4/tracks.ts';

/** The same pictures with one of two sounds. Both are complete (muxed): see `playlists.ts` for why. */
export type Rendition = 'aac' | 'opus';
export const renditions: readonly Rendition[] = ['aac', 'opus'];

/** What decoders must know. A new one begins when the publisher came back or its parameters changed. */
export interface Configuration {
  readonly index: number;
  readonly video: VideoTrack | null;
  readonly opus: AudioTrack | null;
  readonly aac: AudioTrack | null;
}

export interface Part {
  /** Counts over the whole stream. */
  readonly number: number;
  readonly msn: number;
  readonly independent: boolean;
  readonly seconds: number;
  readonly configuration: Configuration;
  readonly video: readonly Sample[];
  readonly opus: readonly Sample[];
  readonly aac: readonly Sample[];
}

export interface Segment {
  /** Media sequence number. */
  readonly msn: number;
  readonly configuration: Configuration;
  /** The one before belongs to another timeline or another decoder configuration. */
  readonly discontinuity: boolean;
  /** Wall-clock time of its first frame. */
  readonly startedAtMs: number;
  readonly parts: Part[];
  complete: boolean;
}

export function secondsOf(segment: Segment): number {
  return segment.parts.reduce((sum, part) => sum + part.seconds, 0);
}

export function bytesOf(part: Part, rendition: Rendition): number {
  let bytes = 0;
  for (const sample of part.video) bytes += sample.data.length;
  for (const sample of part[rendition]) bytes += sample.data.length;
  return bytes;
}

/** Nothing was received in this time; a player skips it. */
export function isGap(part: Part, rendition: Rendition): boolean {
  return part.video.length === 0 && part[rendition].length === 0;
}
