/** What a room knows of whoever publishes into it, by WHIP or by a feed from another process. */
import type { FeedSource } from '../feed.ts';
import type { SenderReport } from './rtcp.ts';

export interface PublisherEvents {
  described(source: FeedSource): void;
  /** `packet` belongs to the receiver from now on. `restarted`: its numbering is new. */
  rtp(kind: 'video' | 'audio', packet: Buffer, now: number, restarted: boolean): void;
  senderReport(kind: 'video' | 'audio', report: SenderReport): void;
  /** Packets expected and received since the last call, about once a second. */
  loss(expected: number, received: number, now: number): void;
  gone(reason: string): void;
  failed(error: unknown): void;
}

export interface Publisher {
  readonly resourceId: string;
  readonly source: 'whip' | 'rtmp';
  /** May be called at any rate; the publisher is asked at most every 300 ms. */
  requestKeyframe(): void;
  close(reason: string): void;
}

/** Lets one request through per interval; one that came too early is made up for at its end. */
export class KeyframeGate {
  readonly #ask: () => void;
  #askedAt = -Infinity;
  #later: NodeJS.Timeout | null = null;

  constructor(ask: () => void) {
    this.#ask = ask;
  }

  request(): void {
    const wait = this.#askedAt + 300 - performance.now();
    if (wait <= 0) this.#go();
    else this.#later ??= setTimeout(() => this.#go(), wait);
  }

  #go(): void {
    this.stop();
    this.#askedAt = performance.now();
    this.#ask();
  }

  stop(): void {
    if (this.#later !== null) clearTimeout(this.#later);
    this.#later = null;
  }
}
