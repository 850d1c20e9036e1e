/** A WHEP session: sends the slots' packets on under its own payload types, and answers what the player asks for. */
import { randomInt } from 'node:crypto';
import type { Track } from 'node-datachannel';
import type { Offer, OfferedTrack } from '../../sdp.ts';
import { Peer, type PeerNetwork, type TrackPlan } from './peer.ts';
import { isRtcp, readRtcp, type SenderReport, writeSenderReport } from './rtcp.ts';
import type { Slot } from './slot.ts';
import type { SlotTrack } from './slot-track.ts';

/** How many packets one player may have sent again in a second, so that a broken one cannot multiply traffic. */
const resendsPerSecond = 300;

export interface ViewerEvents {
  /** The player wants a key frame. */
  wantsKeyframe(slot: Slot): void;
  gone(reason: string): void;
  failed(error: unknown): void;
}

interface Outlet {
  readonly slot: Slot;
  readonly source: SlotTrack;
  readonly payloadType: number;
  readonly planIndex: number;
  /**
   * Added to the slot's sequence numbers. A new SRTP session must begin in the lower half of its numbers: were the
   * first packets lost just before the counter turns over, the player would guess the wrong rollover count and
   * could never decrypt anything.
   */
  sequenceOffset: number;
  /** Set while packets can be sent. */
  track: Track | null;
  started: boolean;
}

export class Viewer {
  readonly resourceId: string;
  readonly identity: string;
  readonly #peer: Peer;
  readonly #events: ViewerEvents;
  readonly #outlets: Outlet[] = [];
  #resends = 0;
  #resendsSince = 0;

  constructor(resourceId: string, identity: string, network: PeerNetwork, events: ViewerEvents) {
    this.resourceId = resourceId;
    this.identity = identity;
    this.#events = events;
    this.#peer = new Peer(resourceId, network, {
      connected: () => {},
      gone: (reason) => {
        for (const outlet of this.#outlets.splice(0)) outlet.track = null;
        events.gone(reason);
      },
      failed: (error) => events.failed(error),
    });
  }

  /** The n-th video and the n-th audio line of the offer are slot n; lines beyond the slots stay without media. */
  answer(offer: Offer, slots: readonly Slot[]): Promise<string> {
    const plans: TrackPlan[] = [];
    for (const kind of ['video', 'audio'] as const) {
      const lines = offer.tracks.filter((track) => track.kind === kind && wantsMedia(track));
      lines.slice(0, slots.length).forEach((offered, index) => {
        const slot = slots[index] as Slot;
        plans.push(this.#plan(offered, slot, plans.length));
      });
    }
    return this.#peer.answer(offer.sdp, plans);
  }

  #plan(offered: OfferedTrack, slot: Slot, planIndex: number): TrackPlan {
    const source = slot.track(offered.kind);
    const payloadType = offered.codec?.pt ?? 0;
    const outlet: Outlet = { slot, source, payloadType, planIndex, sequenceOffset: 0, track: null, started: false };
    this.#outlets.push(outlet);
    return {
      offered,
      direction: 'SendOnly',
      source: { ssrc: source.ssrc, stream: slot.name },
      opened: () => {
        outlet.track = this.#peer.track(planIndex) ?? null;
        const report = slot.reports.get(source.kind);
        if (report !== undefined) this.sendReport(source, report);
        if (source.kind === 'video') this.#events.wantsKeyframe(slot);
      },
      received: (packet) => this.#received(packet, outlet),
    };
  }

  /** `scratch` holds a packet of `source`; its payload type and sequence number are overwritten. */
  send(source: SlotTrack, scratch: Buffer, sequence: number, markerBit: number): void {
    for (const outlet of this.#outlets) {
      if (outlet.source !== source || outlet.track === null) continue;
      if (!outlet.started) {
        outlet.started = true;
        outlet.sequenceOffset = (randomInt(0, 0x4000) - sequence) & 0xffff;
      }
      this.#write(outlet, scratch, sequence, markerBit);
    }
  }

  #write(outlet: Outlet, scratch: Buffer, sequence: number, markerBit: number): void {
    const out = (sequence + outlet.sequenceOffset) & 0xffff;
    scratch[1] = markerBit | outlet.payloadType;
    scratch[2] = out >> 8;
    scratch[3] = out & 0xff;
    try {
      outlet.track?.sendMessageBinary(scratch);
    } catch (error) {
      // The track closes a moment before we hear of it.
      outlet.track = null;
      this.#events.failed(error);
      this.close('track closed');
    }
  }

  sendReport(source: SlotTrack, report: SenderReport): void {
    for (const outlet of this.#outlets) {
      if (outlet.source !== source || outlet.track === null) continue;
      try {
        outlet.track.sendMessageBinary(writeSenderReport(report));
      } catch (error) {
        outlet.track = null;
        this.#events.failed(error);
      }
    }
  }

  #received(packet: Buffer, outlet: Outlet): void {
    if (!isRtcp(packet)) return;
    for (const item of readRtcp(packet)) {
      // Both tracks of a player may see the same compound packet; a request is for the picture in any case.
      if (item.type === 'keyframe-request') this.#events.wantsKeyframe(outlet.slot);
      else if (item.type === 'nack' && item.mediaSsrc === outlet.source.ssrc) this.#resend(outlet, item.sequences);
    }
  }

  #resend(outlet: Outlet, sequences: readonly number[]): void {
    const now = performance.now();
    if (now - this.#resendsSince >= 1_000) {
      this.#resendsSince = now;
      this.#resends = 0;
    }
    for (const wanted of sequences) {
      const sequence = (wanted - outlet.sequenceOffset) & 0xffff;
      const packet = outlet.source.recall(sequence);
      if (packet === undefined || outlet.track === null || this.#resends >= resendsPerSecond) continue;
      this.#resends += 1;
      const copy = Buffer.from(packet);
      this.#write(outlet, copy, sequence, (copy[1] ?? 0) & 0x80);
    }
  }

  /** How long a player that used to report has been silent. */
  silentMs(now: number): number {
    return this.#peer.silentMs(now);
  }

  get connected(): boolean {
    return this.#peer.connected;
  }

  close(reason: string): void {
    this.#peer.close(reason);
  }
}

function wantsMedia(track: OfferedTrack): boolean {
  return track.codec !== null && (track.direction === 'recvonly' || track.direction === 'sendrecv');
}
