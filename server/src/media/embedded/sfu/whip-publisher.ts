/** A WHIP session: takes a browser's or encoder's media and gives it the feedback that it needs to send well. */
import { randomInt } from 'node:crypto';
import type { Offer, OfferedTrack } from '../../sdp.ts';
import { IncomingTrack } from './incoming-track.ts';
import { Peer, type PeerNetwork, type TrackPlan } from './peer.ts';
import { KeyframeGate, type Publisher, type PublisherEvents } from './publisher.ts';
import { isRtcp, readRtcp, writeNack, writePli, writeReceiverReport, writeRemb } from './rtcp.ts';

/** What a browser may send at most; it starts low and climbs as long as reports are good. */
const bitrateCeiling = 4_000_000;
const reportEveryMs = 1_000;
const nackEveryMs = 20;

interface Inlet {
  readonly kind: 'video' | 'audio';
  readonly planIndex: number;
  readonly payloadType: number;
  readonly incoming: IncomingTrack;
  open: boolean;
  counted: { expected: number; received: number };
}

export class WhipPublisher implements Publisher {
  readonly resourceId: string;
  readonly source = 'whip';
  readonly #peer: Peer;
  readonly #events: PublisherEvents;
  readonly #inlets: Inlet[] = [];
  readonly #ssrc = randomInt(1, 0xffff_ffff);
  readonly #gate: KeyframeGate;
  readonly #timers: NodeJS.Timeout[];

  constructor(resourceId: string, network: PeerNetwork, events: PublisherEvents) {
    this.resourceId = resourceId;
    this.#events = events;
    this.#gate = new KeyframeGate(() => this.#askForKeyframe());
    this.#peer = new Peer(resourceId, network, {
      connected: () => this.requestKeyframe(),
      gone: (reason) => this.#gone(reason),
      failed: (error) => events.failed(error),
    });
    this.#timers = [
      setInterval(() => this.#report(performance.now()), reportEveryMs),
      setInterval(() => this.#askAgain(performance.now()), nackEveryMs),
    ];
  }

  async answer(offer: Offer): Promise<string> {
    const video = offer.tracks.find((track) => track.kind === 'video' && sends(track));
    const audio = offer.tracks.find((track) => track.kind === 'audio' && sends(track));
    const plans = [video, audio].filter((track) => track !== undefined).map((track, index) => this.#plan(track, index));
    const answer = await this.#peer.answer(offer.sdp, plans);
    const source = { source: 'whip', webrtcPlayable: true, notice: null } as const;
    this.#events.described({ ...source, videoPt: video?.codec?.pt ?? null, audioPt: audio?.codec?.pt ?? null });
    return answer;
  }

  #plan(offered: OfferedTrack, planIndex: number): TrackPlan {
    const inlet: Inlet = {
      kind: offered.kind,
      planIndex,
      payloadType: offered.codec?.pt ?? 0,
      incoming: new IncomingTrack(offered.kind === 'video' ? 90_000 : 48_000),
      open: false,
      counted: { expected: 0, received: 0 },
    };
    this.#inlets.push(inlet);
    return {
      offered,
      direction: 'RecvOnly',
      opened: () => {
        inlet.open = true;
        if (inlet.kind === 'video') this.requestKeyframe();
      },
      received: (packet) => this.#received(packet, inlet),
    };
  }

  #received(packet: Buffer, inlet: Inlet): void {
    const now = performance.now();
    if (isRtcp(packet)) {
      for (const item of readRtcp(packet)) {
        if (item.type !== 'sender-report' || item.ssrc !== inlet.incoming.ssrc) continue;
        inlet.incoming.sawSenderReport(item, now);
        this.#events.senderReport(inlet.kind, item);
      }
      return;
    }
    const first = packet[0] ?? 0;
    // 255 bytes of padding probe the bandwidth; a header alone carries nothing to forward, but counts as received.
    if (packet.length < 12 || first >> 6 !== 2 || ((packet[1] ?? 0) & 0x7f) !== inlet.payloadType) return;
    const verdict = inlet.incoming.accept(packet, now);
    if (verdict !== 'drop') this.#events.rtp(inlet.kind, packet, now, verdict === 'restart');
  }

  requestKeyframe(): void {
    this.#gate.request();
  }

  #askForKeyframe(): void {
    for (const inlet of this.#inlets) {
      if (inlet.kind !== 'video' || inlet.incoming.ssrc === null) continue;
      this.#send(inlet, [writeReceiverReport(this.#ssrc, []), writePli(this.#ssrc, inlet.incoming.ssrc)]);
    }
  }

  #askAgain(now: number): void {
    for (const inlet of this.#inlets) {
      const missing = inlet.incoming.missing(now);
      if (missing.length === 0 || inlet.incoming.ssrc === null) continue;
      const nack = writeNack(this.#ssrc, inlet.incoming.ssrc, missing);
      this.#send(inlet, [writeReceiverReport(this.#ssrc, []), nack]);
    }
  }

  #report(now: number): void {
    let expected = 0;
    let received = 0;
    for (const inlet of this.#inlets) {
      const block = inlet.incoming.report(now);
      if (block === null) continue;
      const parts = [writeReceiverReport(this.#ssrc, [block])];
      if (inlet.kind === 'video') parts.push(writeRemb(this.#ssrc, bitrateCeiling, [block.ssrc]));
      this.#send(inlet, parts);
      const totals = inlet.incoming.totals;
      expected += Math.max(0, totals.expected - inlet.counted.expected);
      received += Math.max(0, totals.received - inlet.counted.received);
      inlet.counted = totals;
    }
    if (expected > 0) this.#events.loss(expected, received, now);
  }

  #send(inlet: Inlet, parts: readonly Buffer[]): void {
    if (!inlet.open) return;
    try {
      this.#peer.track(inlet.planIndex)?.sendMessageBinary(Buffer.concat(parts));
    } catch (error) {
      inlet.open = false;
      this.#events.failed(error);
    }
  }

  close(reason: string): void {
    this.#peer.close(reason);
  }

  #gone(reason: string): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    this.#gate.stop();
    this.#inlets.splice(0);
    this.#events.gone(reason);
  }
}

function sends(track: OfferedTrack): boolean {
  return track.codec !== null && (track.direction === 'sendonly' || track.direction === 'sendrecv');
}
