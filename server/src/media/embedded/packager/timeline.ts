/**
 * One clock for sound and picture. RTP timestamps of the two tracks have nothing in common; sender reports (RFC 3550)
 * say which wall-clock time of the sender each belongs to. Every track is anchored once and then follows its own
 * timestamps, so that jitter of the reports never moves a frame; only a lasting drift of the sound is worked off.
 */
import type { FeedTrack } from '../feed.ts';
import { audioClock, videoClock } from './mp4/tracks.ts';
import { TimestampUnwrapper } from './rtp-packet.ts';

const clocks: Record<FeedTrack, number> = { video: videoClock, audio: audioClock };
/** Sender reports come about once a second; without both by then, arrival times must do. */
const reportPatienceMs = 1_500;
/** Below this nobody hears a drift; above, the sound is moved by at most `driftStepMs` with each report. */
const driftToleranceMs = 5;
const driftStepMs = 1;

interface Lane {
  readonly unwrapper: TimestampUnwrapper;
  firstAtMs: number | null;
  /** Wall-clock time of RTP timestamp 0, by the sender's reports and by the earliest arrival. */
  reportedZeroMs: number | null;
  arrivalZeroMs: number;
  anchorZeroMs: number;
  offsetTicks: number;
  driftTicks: number;
}

export class Timeline {
  readonly #lanes = new Map<FeedTrack, Lane>();
  #anchoredBy: 'reports' | 'arrival' | null = null;
  #originMs = 0;

  constructor(tracks: readonly FeedTrack[]) {
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
    if (this.#anchoredBy === 'reports' && track === 'audio') this.#correctDrift();
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
    if (waitedMs >= reportPatienceMs) return true;
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

  #place(track: FeedTrack, lane: Lane): void {
    lane.anchorZeroMs = this.#zeroOf(lane);
    lane.offsetTicks = Math.round(((lane.anchorZeroMs - this.#originMs) * clocks[track]) / 1000);
  }

  #zeroOf(lane: Lane): number {
    return this.#anchoredBy === 'reports' ? (lane.reportedZeroMs ?? lane.arrivalZeroMs) : lane.arrivalZeroMs;
  }

  #correctDrift(): void {
    const audio = this.#lane('audio');
    const video = this.#lanes.get('video');
    if (video?.reportedZeroMs == null || audio.reportedZeroMs === null || audio.anchorZeroMs === 0) return;
    const wanted = audio.reportedZeroMs - audio.anchorZeroMs - (video.reportedZeroMs - video.anchorZeroMs);
    const errorMs = wanted - (audio.driftTicks / audioClock) * 1000;
    if (Math.abs(errorMs) < driftToleranceMs) return;
    audio.driftTicks += Math.sign(errorMs) * driftStepMs * (audioClock / 1000);
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
    anchorZeroMs: 0,
    offsetTicks: 0,
    driftTicks: 0,
  };
}
