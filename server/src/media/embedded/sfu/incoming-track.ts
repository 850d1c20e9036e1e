/**
 * What a receiver knows of one incoming RTP stream (RFC 3550, appendix A): loss and jitter for receiver reports,
 * and which packets to ask for again.
 */
import type { ReportBlock, SenderReport } from './rtcp.ts';

/** A gap larger than this is no loss but a new start. */
const largestGap = 3_000;
/** Older holes are useless: the viewer's jitter buffer has given up on them. */
const nackLifeMs = 1_000;
const nackRetryMs = 50;
const nackLimit = 128;
/** So many packets from the past in a row: the sender began its numbering anew. */
const repetitionsOfRestart = 20;

interface Hole {
  readonly sequence: number;
  readonly since: number;
  askedAt: number;
}

export class IncomingTrack {
  readonly clockRate: number;
  ssrc: number | null = null;
  #highest = 0;
  #cycles = 0;
  #base = 0;
  #received = 0;
  #repetitions = 0;
  #expectedAtReport = 0;
  #receivedAtReport = 0;
  #jitter = 0;
  #transit: number | null = null;
  #lastReport: { readonly middle: number; readonly at: number } | null = null;
  #holes: Hole[] = [];

  constructor(clockRate: number) {
    this.clockRate = clockRate;
  }

  /** `drop` is a repetition; `restart` is taken too, but its numbering has nothing to do with what was before. */
  accept(packet: Buffer, now: number): 'take' | 'drop' | 'restart' {
    const ssrc = packet.readUInt32BE(8);
    const sequence = packet.readUInt16BE(2);
    const ahead = (sequence - this.#highest) & 0xffff;
    let verdict: 'take' | 'restart' = 'take';
    if (this.ssrc !== ssrc || (ahead > largestGap && ahead < 0x8000)) verdict = 'restart';
    else if (ahead > 0 && ahead < 0x8000) this.#advance(sequence, ahead, now);
    else if (!this.#fill(sequence)) {
      this.#repetitions += 1;
      if (this.#repetitions < repetitionsOfRestart) return 'drop';
      verdict = 'restart';
    }
    if (verdict === 'restart') this.#restart(ssrc, sequence);
    this.#repetitions = 0;
    this.#received += 1;
    this.#measureJitter(packet.readUInt32BE(4), now);
    return verdict;
  }

  #restart(ssrc: number, sequence: number): void {
    this.ssrc = ssrc;
    this.#cycles = 0;
    this.#base = sequence;
    this.#received = 0;
    this.#expectedAtReport = 0;
    this.#receivedAtReport = 0;
    this.#transit = null;
    this.#holes = [];
    this.#highest = sequence;
  }

  #advance(sequence: number, ahead: number, now: number): void {
    for (let missing = 1; missing < ahead && this.#holes.length < nackLimit; missing += 1) {
      this.#holes.push({ sequence: (this.#highest + missing) & 0xffff, since: now, askedAt: 0 });
    }
    if (sequence < this.#highest && ahead > 0) this.#cycles += 1;
    this.#highest = sequence;
  }

  /** A late packet fits into a hole, or it is a repetition. */
  #fill(sequence: number): boolean {
    const index = this.#holes.findIndex((hole) => hole.sequence === sequence);
    if (index === -1) return false;
    this.#holes.splice(index, 1);
    return true;
  }

  #measureJitter(timestamp: number, now: number): void {
    const transit = Math.round((now * this.clockRate) / 1000) - timestamp;
    if (this.#transit !== null) {
      const change = Math.abs((transit - this.#transit) | 0);
      this.#jitter += (change - this.#jitter) / 16;
    }
    this.#transit = transit;
  }

  sawSenderReport(report: SenderReport, now: number): void {
    const middle = (((report.ntpSeconds & 0xffff) << 16) | (report.ntpFraction >>> 16)) >>> 0;
    this.#lastReport = { middle, at: now };
  }

  /** Packets to ask for again now; each is asked for until it came or is too old. */
  missing(now: number): number[] {
    if (this.#holes.length === 0) return [];
    this.#holes = this.#holes.filter((hole) => now - hole.since < nackLifeMs);
    const due = this.#holes.filter((hole) => now - hole.askedAt >= nackRetryMs);
    for (const hole of due) hole.askedAt = now;
    return due.map((hole) => hole.sequence);
  }

  /** Starts a new interval. */
  report(now: number): ReportBlock | null {
    if (this.ssrc === null || this.#received === 0) return null;
    const highestSequence = this.#cycles * 0x1_0000 + this.#highest;
    const expected = highestSequence - this.#base + 1;
    const expectedNow = expected - this.#expectedAtReport;
    const lostNow = expectedNow - (this.#received - this.#receivedAtReport);
    this.#expectedAtReport = expected;
    this.#receivedAtReport = this.#received;
    const last = this.#lastReport;
    return {
      ssrc: this.ssrc,
      fractionLost: expectedNow > 0 && lostNow > 0 ? Math.min(255, Math.floor((lostNow * 256) / expectedNow)) : 0,
      totalLost: expected - this.#received,
      highestSequence,
      jitter: Math.round(this.#jitter),
      lastSenderReport: last?.middle ?? 0,
      delaySinceLastSenderReport: last === null ? 0 : Math.round(((now - last.at) * 65_536) / 1000),
    };
  }

  /** Totals since the stream began, for loss over a window. */
  get totals(): { readonly expected: number; readonly received: number } {
    if (this.ssrc === null) return { expected: 0, received: 0 };
    return { expected: this.#cycles * 0x1_0000 + this.#highest - this.#base + 1, received: this.#received };
  }
}
