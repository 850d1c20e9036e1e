/**
 * Cuts samples into parts and segments. The picture leads: a part ends when it is about 300 ms long, a segment at the
 * first key frame after 1.5 seconds; sound goes with the part that covers it. Without a picture the sound leads.
 */
import type { Configuration, Part, Segment } from './live-parts.ts';
import { audioClock, type Sample, videoClock } from './mp4/tracks.ts';

/**
 * EXT-X-PART-INF. RFC 8216bis wants every part but the last of a segment to have 85 % of it: at all usual frame rates
 * a whole number of pictures lies in between.
 */
export const partTargetSeconds = 0.31;
const longestPartTicks = Math.floor(partTargetSeconds * videoClock);
const partEnoughSeconds = partTargetSeconds * 0.85;
/** EXT-X-TARGETDURATION; a segment is cut here even without a key frame. */
export const segmentTargetSeconds = 4;
/** EXTINF is rounded before it is compared. */
const segmentLimitSeconds = segmentTargetSeconds + 0.4;
const segmentEnoughSeconds = 1.5;
/** Without a picture. */
const audioSegmentSeconds = 2;
const audioBacklog = 3_000;

export interface SegmenterSink {
  segmentStarted(segment: Segment): void;
  partDone(segment: Segment, part: Part): void;
  segmentDone(segment: Segment): void;
}

/** A sample whose length is not known before the next one is there. */
export type OpenSample = Omit<Sample, 'duration'>;

export interface SegmenterStart {
  readonly msn: number;
  readonly partNumber: number;
}

export class Segmenter {
  readonly #sink: SegmenterSink;
  /** Wall-clock time of media time 0; changes with each publisher. */
  wallClockAtZeroMs = 0;
  #msn: number;
  #partNumber: number;
  #configuration: Configuration | null = null;
  #discontinuity = false;
  #segment: Segment | null = null;
  #segmentSeconds = 0;
  #held: OpenSample | null = null;
  #video: Sample[] = [];
  #partStart = 0;
  #partTicks = 0;
  #opus: Sample[] = [];
  #aac: Sample[] = [];
  #lastVideoDuration = videoClock / 30;

  constructor(start: SegmenterStart, sink: SegmenterSink) {
    this.#msn = start.msn;
    this.#partNumber = start.partNumber;
    this.#sink = sink;
  }

  /** What follows is decoded with this. Ends the running segment, at `endTime` when the picture goes on there. */
  configure(configuration: Configuration, discontinuity: boolean, endTime: number | null): void {
    this.flush(endTime);
    this.#configuration = configuration;
    this.#discontinuity ||= discontinuity;
  }

  video(sample: OpenSample): void {
    const held = this.#held;
    this.#held = sample;
    if (held === null) return;
    this.#addVideo(held, Math.max(1, sample.time - held.time));
    const partSeconds = this.#partTicks / videoClock;
    const endSeconds = sample.time / videoClock;
    const segmentSeconds = this.#segmentSeconds + partSeconds;
    if (sample.isKey && segmentSeconds >= segmentEnoughSeconds) {
      this.#closeSegment(endSeconds);
      return;
    }
    const nextSeconds = this.#lastVideoDuration / videoClock;
    if (segmentSeconds + nextSeconds > segmentLimitSeconds) {
      this.#closeSegment(endSeconds);
      return;
    }
    if (partSeconds >= partEnoughSeconds || partSeconds + nextSeconds > partTargetSeconds)
      this.#closePart(endSeconds, false);
  }

  audio(codec: 'opus' | 'aac', sample: Sample): void {
    const queue = codec === 'opus' ? this.#opus : this.#aac;
    queue.push(sample);
    if (queue.length > audioBacklog) queue.shift();
    if (codec === 'opus' && this.#configuration?.video === null) this.#leadByAudio(sample);
  }

  /** Ends the running segment with what there is. */
  flush(endTime: number | null = null): void {
    const held = this.#held;
    if (held !== null)
      this.#addVideo(held, endTime === null ? this.#lastVideoDuration : Math.max(1, endTime - held.time));
    this.#held = null;
    const endSeconds = endTime === null ? Number.POSITIVE_INFINITY : endTime / videoClock;
    if (this.#segment !== null || this.#video.length > 0) this.#closeSegment(endSeconds);
    if (endTime !== null) return;
    this.#opus = [];
    this.#aac = [];
  }

  #addVideo(sample: OpenSample, duration: number): void {
    if (this.#partTicks === 0) this.#partStart = sample.time;
    this.#video.push({ ...sample, duration });
    this.#partTicks += duration;
    this.#lastVideoDuration = duration;
  }

  #leadByAudio(sample: Sample): void {
    const first = this.#opus[0];
    if (first === undefined) return;
    const end = sample.time + sample.duration;
    const partSeconds = (end - first.time) / audioClock;
    if (partSeconds < partEnoughSeconds) return;
    this.#partStart = (first.time / audioClock) * videoClock;
    this.#partTicks = Math.round(partSeconds * videoClock);
    this.#closePart(end / audioClock, false);
    if (this.#segmentSeconds >= audioSegmentSeconds) this.#closeSegment(end / audioClock);
  }

  /**
   * A picture that stands for longer than a part may last (a still screen, a loss) belongs to the first of several
   * parts; the others hold the sound of that time, or nothing, and are gaps then.
   */
  #closePart(endSeconds: number, endsSegment: boolean): void {
    let rest = this.#partTicks;
    if (this.#configuration === null || rest === 0) return;
    const wasSplit = rest > longestPartTicks;
    while (rest > longestPartTicks) {
      this.#emitPart(longestPartTicks, (this.#partStart + longestPartTicks) / videoClock);
      rest -= longestPartTicks;
      if (this.#segmentSeconds + partTargetSeconds > segmentLimitSeconds) this.#endSegment();
    }
    this.#partTicks = rest;
    // What is left over stays open for the next picture: a part must not be much shorter than the target either.
    if (wasSplit && !endsSegment && rest / videoClock < partEnoughSeconds) return;
    this.#emitPart(rest, endSeconds);
    this.#partTicks = 0;
  }

  #emitPart(ticks: number, endSeconds: number): void {
    const configuration = this.#configuration;
    if (configuration === null) return;
    const segment = this.#segment ?? this.#openSegment(configuration, this.#partStart);
    const part: Part = {
      number: this.#partNumber,
      msn: segment.msn,
      independent: configuration.video === null || this.#video[0]?.isKey === true,
      seconds: ticks / videoClock,
      configuration,
      video: this.#video,
      opus: takeBefore(this.#opus, endSeconds),
      aac: takeBefore(this.#aac, endSeconds),
    };
    this.#partNumber += 1;
    this.#partStart += ticks;
    this.#video = [];
    this.#segmentSeconds += part.seconds;
    segment.parts.push(part);
    this.#sink.partDone(segment, part);
  }

  #closeSegment(endSeconds: number): void {
    this.#closePart(endSeconds, true);
    this.#endSegment();
  }

  #endSegment(): void {
    const segment = this.#segment;
    if (segment === null) return;
    this.#segment = null;
    this.#segmentSeconds = 0;
    segment.complete = true;
    this.#sink.segmentDone(segment);
  }

  #openSegment(configuration: Configuration, startTicks: number): Segment {
    const startedAtMs = this.wallClockAtZeroMs + (startTicks / videoClock) * 1000;
    const segment: Segment = {
      msn: this.#msn,
      configuration,
      discontinuity: this.#discontinuity,
      startedAtMs,
      parts: [],
      complete: false,
    };
    this.#discontinuity = false;
    this.#msn += 1;
    this.#segment = segment;
    this.#sink.segmentStarted(segment);
    return segment;
  }
}

function takeBefore(queue: Sample[], endSeconds: number): Sample[] {
  let count = 0;
  while (count < queue.length && (queue[count] as Sample).time < endSeconds * audioClock) count += 1;
  return queue.splice(0, count);
}
