/** The last minute of a stream: what playlists list, what parts and segments are made of, what clips are cut from. */
import type { Configuration, Part, Rendition, Segment } from './live-parts.ts';
import { isGap, secondsOf } from './live-parts.ts';
import { fragment, initSegment } from './mp4/fragment.ts';
import type { Track } from './mp4/tracks.ts';
import type { PlaylistWindow } from './playlists.ts';
import { partTargetSeconds } from './segmenter.ts';

/** A clip of 60 s that begins at a key frame needs up to one key frame interval more. */
const keptSeconds = 62;
const listedSegments = 8;
/** RFC 8216bis 6.2.5.2: how far ahead a blocking request may ask. */
const advanceMsn = 2;
const advanceParts = Math.ceil(3 / partTargetSeconds);

export class LiveWindow {
  readonly #segments: Segment[] = [];
  #discontinuitiesGone: number;
  #nextPart: number;
  #waiters = new Set<() => void>();

  constructor(discontinuitySequence: number, firstPart: number) {
    this.#discontinuitiesGone = discontinuitySequence;
    this.#nextPart = firstPart;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  add(segment: Segment): void {
    this.#segments.push(segment);
  }

  /** A part was added to the last segment, or the last segment is complete. */
  advance(part: Part | null): void {
    if (part !== null) this.#nextPart = part.number + 1;
    this.#trim();
    const waiting = this.#waiters;
    this.#waiters = new Set();
    for (const wake of waiting) wake();
  }

  listed(): PlaylistWindow {
    const start = Math.max(0, this.#segments.length - listedSegments);
    const before = this.#segments.slice(0, start + 1).filter((segment) => segment.discontinuity).length;
    return {
      segments: this.#segments.slice(start),
      discontinuitySequence: this.#discontinuitiesGone + before,
      nextPart: this.#nextPart,
    };
  }

  /** Enough for a player to start at the hold-back and not run dry. */
  get isPlayable(): boolean {
    return this.#segments.filter((segment) => segment.complete).length >= 2;
  }

  has(msn: number, part: number | undefined): 'yes' | 'not-yet' | 'too-far' {
    const newest = this.#segments.at(-1);
    if (newest === undefined) return 'not-yet';
    const nextMsn = newest.complete ? newest.msn + 1 : newest.msn;
    if (msn > nextMsn + advanceMsn) return 'too-far';
    if (part !== undefined && msn >= nextMsn) {
      const present = msn === newest.msn ? newest.parts.length : 0;
      if (part >= present + advanceParts) return 'too-far';
    }
    if (msn < newest.msn) return part === undefined ? 'yes' : this.#hasPartOfOld(msn, part, newest);
    if (msn > newest.msn) return 'not-yet';
    if (part === undefined) return newest.complete ? 'yes' : 'not-yet';
    return part < newest.parts.length ? 'yes' : 'not-yet';
  }

  /** A part that a finished segment never got means the first of the next (RFC 8216bis, 6.2.5.2). */
  #hasPartOfOld(msn: number, part: number, newest: Segment): 'yes' | 'not-yet' {
    const segment = this.#segments.find((candidate) => candidate.msn === msn);
    if (segment === undefined || part < segment.parts.length) return 'yes';
    return newest.msn > msn + 1 || newest.parts.length > 0 ? 'yes' : 'not-yet';
  }

  get nextPart(): number {
    return this.#nextPart;
  }

  /** Resolves at the next `advance`, or false after `ms`. */
  changed(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(wake);
        resolve(false);
      }, ms);
      this.#waiters.add(wake);
    });
  }

  initOf(configurationIndex: number, rendition: Rendition): Buffer | null {
    const segment = this.#segments.find((candidate) => candidate.configuration.index === configurationIndex);
    return segment === undefined ? null : initSegment(tracksOf(segment.configuration, rendition));
  }

  segmentBytes(msn: number, rendition: Rendition): Buffer | null {
    const segment = this.#segments.find((candidate) => candidate.msn === msn && candidate.complete);
    return segment === undefined ? null : Buffer.concat(segment.parts.map((part) => partBytes(part, rendition)));
  }

  partBytes(number: number, rendition: Rendition): Buffer | null {
    for (const segment of this.#segments) {
      const first = segment.parts[0];
      if (first === undefined || number < first.number) continue;
      const part = segment.parts[number - first.number];
      if (part !== undefined) return isGap(part, rendition) ? null : partBytes(part, rendition);
    }
    return null;
  }

  #trim(): void {
    let seconds = 0;
    for (const segment of this.#segments) seconds += secondsOf(segment);
    while (this.#segments.length > listedSegments) {
      const oldest = this.#segments[0] as Segment;
      seconds -= secondsOf(oldest);
      if (seconds < keptSeconds) return;
      this.#segments.shift();
      if (oldest.discontinuity) this.#discontinuitiesGone += 1;
    }
  }
}

export function tracksOf(configuration: Configuration, rendition: Rendition): Track[] {
  return [configuration.video, configuration[rendition]].filter((track) => track !== null);
}

function partBytes(part: Part, rendition: Rendition): Buffer {
  if (isGap(part, rendition)) return Buffer.alloc(0);
  const runs = [];
  if (part.configuration.video !== null) runs.push({ track: part.configuration.video, samples: part.video });
  const audio = part.configuration[rendition];
  if (audio !== null) runs.push({ track: audio, samples: part[rendition] });
  return fragment(part.number, runs);
}
