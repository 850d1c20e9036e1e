/** What a file is made of. Times are ticks of the track's own clock. */

export interface VideoTrack {
  readonly kind: 'video';
  readonly sps: Buffer;
  readonly pps: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface AudioTrack {
  readonly kind: 'audio';
  readonly codec: 'opus' | 'aac';
  readonly channels: number;
  /** AudioSpecificConfig for AAC, empty for Opus. */
  readonly config: Buffer;
}

export type Track = VideoTrack | AudioTrack;

export interface Sample {
  /** Decoding time. */
  readonly time: number;
  readonly duration: number;
  /** Presentation minus decoding time. */
  readonly compositionOffset: number;
  readonly isKey: boolean;
  readonly data: Buffer;
}

export const videoClock = 90_000;
export const audioClock = 48_000;

export function clockOf(track: Track): number {
  return track.kind === 'video' ? videoClock : audioClock;
}

/** Track numbers inside every file that we write. */
export function trackId(track: Track): number {
  return track.kind === 'video' ? 1 : 2;
}
