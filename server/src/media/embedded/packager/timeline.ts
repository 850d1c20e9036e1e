/**
 * One clock for sound and picture. RTP timestamps of the two tracks have nothing in common; sender reports (RFC 3550)
 * say which wall-clock time of the sender each belongs to. Every track is anchored once and then follows its own
 * timestamps, so that jitter of the reports never moves a frame; only a lasting drift of the sound is worked off.
 */
import type { FeedTrack } from '../feed.ts';
import { audioClock, videoClock } from './mp4/tracks.ts';
import { TimestampUnwrapper } from './rtp-packet.ts';

const clocks: Record<FeedTrack, number> = { video: videoClock, audio: audioClock };
/** Below this nobody notices. */
const driftToleranceTicks = 5 * (audioClock / 1000);
/** With each packet of 20 ms, half a percent: nobody hears it. */
const driftStepTicks = 5;

interface Lane {
  readonly unwrapper: TimestampUnwrapper;
  firstAtMs: number | null;
  /** Wall-clock time of RTP timestamp 0, by the sender's reports and by the earliest arrival. */
  reportedZeroMs: number | null;
  arrivalZeroMs: number;
  anchorZeroMs: number | null;
  offsetTicks: number;
  driftTicks: number;
}

export class Timeline {
  readonly #lanes = new Map<FeedTrack, Lane>();
  readonly #patienceMs: number;
  #anchoredBy: 'reports' | 'arrival' | null = null;
  #originMs = 0;
  #wantedDriftTicks = 0;

  /**
   * Browsers report about the sound for the first time after up to five seconds. When there are no reports after
   * `patienceMs`, arrival times must do, and what the reports say later is worked off.
   */
  constructor(tracks: readonly FeedTrack[], patienceMs: number) {
    this.#patienceMs = patienceMs;
    for (const track of tracks) this.#lanes.set(track, newLane());
  }

  /** Notes when a packet arrived; returns its timestamp without wrap-around. Call once for each unit, in order. */
  arrived(track: FeedTrack, rtpTimestamp: number, nowMs: number): number {
    const lane = this.#lane(track);
    const timestamp = lane.unwrapper.unwrap(rtpTimestamp);
    lane.firstAtMs ??= nowMs;
    lane.arrivalZeroMs = Math.min(lane.arrivalZeroMs, nowMs - (timestamp / clocks[track]) * 1000);
    return timestamp;
  }

  senderReport(track: FeedTrack, ntpMs: number, rtpTimestamp: number): void {
    const lane = this.#lane(track);
    // The report may be ahead of or behind the last packet; a copy of the unwrapper must not move.
    const timestamp = lane.unwrapper.near(rtpTimestamp);
    if (timestamp === null) return;
    lane.reportedZeroMs = ntpMs - (timestamp / clocks[track]) * 1000;
    if (this.#anchoredBy !== null) this.#measureDrift();
  }

  has(track: FeedTrack): boolean {
    return this.#lane(track).firstAtMs !== null;
  }

  /** Whether all tracks that have sent can be placed against each other. */
  ready(nowMs: number): boolean {
    const active = [...this.#lanes.values()].filter((lane) => lane.firstAtMs !== null);
    const missing = active.length < this.#lanes.size;
    const waitedMs = nowMs - Math.min(...active.map((lane) => lane.firstAtMs as number));
    if (active.length === 0) return false;
    if (waitedMs >= this.#patienceMs) return true;
    return !missing && active.every((lane) => lane.reportedZeroMs !== null);
  }

  /** Fixes the tracks that have sent against each other: `timestamp` of `track` becomes `mediaMs`. */
  anchor(track: FeedTrack, timestamp: number, mediaMs: number): void {
    const active = [...this.#lanes.values()].filter((lane) => lane.firstAtMs !== null);
    this.#anchoredBy = active.every((lane) => lane.reportedZeroMs !== null) ? 'reports' : 'arrival';
    this.#originMs = this.#zeroOf(this.#lane(track)) + (timestamp / clocks[track]) * 1000 - mediaMs;
    for (const [name, lane] of this.#lanes) if (lane.firstAtMs !== null) this.#place(name, lane);
  }

  /** Places a track that began to send after the others. */
  join(track: FeedTrack): void {
    this.#place(track, this.#lane(track));
  }

  ticks(track: FeedTrack, timestamp: number): number {
    const lane = this.#lane(track);
    return timestamp + lane.offsetTicks + lane.driftTicks;
  }

  /** To be called once for each packet of sound: brings it a little nearer to where the reports want it. */
  workOffDrift(): void {
    const lane = this.#lane('audio');
    const error = this.#wantedDriftTicks - lane.driftTicks;
    lane.driftTicks += Math.max(-driftStepTicks, Math.min(driftStepTicks, error));
  }

  #place(track: FeedTrack, lane: Lane): void {
    const zeroMs = this.#zeroOf(lane);
    lane.anchorZeroMs = zeroMs;
    lane.offsetTicks = Math.round(((zeroMs - this.#originMs) * clocks[track]) / 1000);
  }

  #zeroOf(lane: Lane): number {
    return this.#anchoredBy === 'reports' ? (lane.reportedZeroMs ?? lane.arrivalZeroMs) : lane.arrivalZeroMs;
  }

  /** How far the sound has moved against the picture since both were anchored. */
  #measureDrift(): void {
    const audio = this.#lanes.get('audio');
    const video = this.#lanes.get('video');
    if (audio?.anchorZeroMs == null || video?.anchorZeroMs == null) return;
    if (audio.reportedZeroMs === null || video.reportedZeroMs === null) return;
    const drift = audio.reportedZeroMs - audio.anchorZeroMs - (video.reportedZeroMs - video.anchorZeroMs);
    const ticks = Math.round((drift * audioClock) / 1000);
    if (Math.abs(ticks - this.#wantedDriftTicks) > driftToleranceTicks) this.#wantedDriftTicks = ticks;
  }

  #lane(track: FeedTrack): Lane {
    let lane = this.#lanes.get(track);
    if (lane === undefined) {
      lane = newLane();
      this.#lanes.set(track, lane);
    }
    return lane;
  }
}

function newLane(): Lane {
  return {
    unwrapper: new TimestampUnwrapper(),
    firstAtMs: null,
    reportedZeroMs: null,
    arrivalZeroMs: Number.POSITIVE_INFINITY,
    anchorZeroMs: null,
    offsetTicks: 0,
    driftTicks: 0,
  };
}
