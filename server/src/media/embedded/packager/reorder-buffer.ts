/**
 * Puts packets back in order. A missing one is waited for until `depth` later ones are there (NACK upstream brings
 * most back), then given up: the next packet is delivered with `gap` true.
 */
import { type RtpPacket, sequenceDistance } from './rtp-packet.ts';

/** A jump this far is a new sender and no loss. */
const restartDistance = 3000;

export class ReorderBuffer {
  readonly #depth: number;
  readonly #deliver: (packet: RtpPacket, gap: boolean) => void;
  readonly #held = new Map<number, RtpPacket>();
  #next: number | null = null;
  /** Packets given up, since the start. */
  lost = 0;

  constructor(depth: number, deliver: (packet: RtpPacket, gap: boolean) => void) {
    this.#depth = depth;
    this.#deliver = deliver;
  }

  push(packet: RtpPacket): void {
    this.#next ??= packet.sequence;
    const ahead = sequenceDistance(this.#next, packet.sequence);
    if (Math.abs(ahead) > restartDistance) {
      this.#held.clear();
      this.#hand(packet, true);
      return;
    }
    if (ahead < 0) return;
    if (ahead === 0) {
      this.#hand(packet, false);
      this.#release(false);
      return;
    }
    this.#held.set(packet.sequence, packet);
    if (this.#held.size >= this.#depth) this.#giveUp();
  }

  reset(): void {
    this.#held.clear();
    this.#next = null;
  }

  #giveUp(): void {
    const next = this.#next as number;
    let nearest = Number.POSITIVE_INFINITY;
    for (const sequence of this.#held.keys()) nearest = Math.min(nearest, sequenceDistance(next, sequence));
    this.lost += nearest;
    this.#next = (next + nearest) & 0xffff;
    this.#release(true);
  }

  #release(gap: boolean): void {
    let afterGap = gap;
    for (;;) {
      const packet = this.#held.get(this.#next as number);
      if (packet === undefined) return;
      this.#held.delete(packet.sequence);
      this.#hand(packet, afterGap);
      afterGap = false;
    }
  }

  #hand(packet: RtpPacket, gap: boolean): void {
    this.#next = (packet.sequence + 1) & 0xffff;
    this.#deliver(packet, gap);
  }
}
