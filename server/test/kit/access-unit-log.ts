/** Makes pictures and sound of a feed's messages, to look at what a sender sent. */
import type { FeedMessage, FeedSource } from '../../src/media/embedded/feed.ts';
import { type AccessUnit, H264Depacketiser } from '../../src/media/embedded/packager/h264-depacketiser.ts';
import { ReorderBuffer } from '../../src/media/embedded/packager/reorder-buffer.ts';
import { parseRtp, TimestampUnwrapper } from '../../src/media/embedded/packager/rtp-packet.ts';

const clocks = { video: 90, audio: 48 } as const;

export class AccessUnitLog {
  readonly sources: FeedSource[] = [];
  readonly pictures: AccessUnit[] = [];
  readonly sounds: { timestamp: number; payload: Buffer }[] = [];
  readonly reports = { video: 0, audio: 0 };
  readonly #lastReports = new Map<string, { ntpMs: number; rtpTimestamp: number }>();
  readonly #unwrap = { video: new TimestampUnwrapper(), audio: new TimestampUnwrapper() };
  readonly #depacketiser = new H264Depacketiser(
    (unit) => this.pictures.push({ ...unit, timestamp: this.#unwrap.video.unwrap(unit.timestamp) }),
    () => {},
  );
  readonly #order = new ReorderBuffer(8, (packet, gap) => this.#depacketiser.push(packet, gap));

  take(message: FeedMessage): void {
    if (message.kind === 'source') {
      const { kind: _, ...source } = message;
      this.sources.push(source);
    }
    if (message.kind === 'sr') {
      this.reports[message.track] += 1;
      this.#lastReports.set(message.track, message);
    }
    if (message.kind !== 'rtp') return;
    const packet = parseRtp(message.packet);
    if (packet === null) return;
    if (message.track === 'video') this.#order.push(packet);
    else this.sounds.push({ timestamp: this.#unwrap.audio.unwrap(packet.timestamp), payload: packet.payload });
  }

  /** The sender's wall clock at this RTP timestamp, by its last report. */
  readonly wallMs = (track: 'video' | 'audio', timestamp: number): number => {
    const report = this.#lastReports.get(track);
    if (report === undefined) return Number.NaN;
    return report.ntpMs + ((timestamp - report.rtpTimestamp) | 0) / clocks[track];
  };
}
