/** A stream inside a worker: who publishes, who watches, and the loop that carries packets from one to the others. */
import type { StreamId } from '@virgil/contract';
import { MediaRefusal, type MediaSource } from '../../engine.ts';
import type { Offer } from '../../sdp.ts';
import type { FeedSource } from '../feed.ts';
import { FeedPublisher } from './feed-publisher.ts';
import { silenced } from './opus-silence.ts';
import { PackagerTap } from './packager-tap.ts';
import type { PeerNetwork } from './peer.ts';
import type { Publisher, PublisherEvents } from './publisher.ts';
import { ntpToUnixMs, type SenderReport } from './rtcp.ts';
import { Slot } from './slot.ts';
import type { SlotTrack } from './slot-track.ts';
import { type StreamMeasure, StreamMeter } from './stream-meter.ts';
import { Viewer } from './viewer.ts';
import { WhipPublisher } from './whip-publisher.ts';

/** No packet for this long and the stream counts as interrupted, connected or not. */
const silenceMs = 4_000;
/** A player reports every second or so; one that stopped is gone, well before its ICE times out. */
const vanishedMs = 12_000;
/** A client that got an answer and never comes. */
const connectWithinMs = 20_000;
/** The largest UDP payload; `scratch` must hold any packet. */
const largestPacket = 65_535;
/** One host today; viewers may offer more lines, and co-hosts take the next slots without renegotiation. */
const slotNames = ['host'] as const;

export interface RoomEvents {
  started(source: MediaSource): void;
  interrupted(reason: string): void;
  /** A WHIP or WHEP session is over; `identity` is null for a publisher. */
  ended(resourceId: string, identity: string | null, reason: string): void;
  failed(error: unknown): void;
}

export interface RoomState extends StreamMeasure {
  readonly state: 'waiting' | 'live' | 'interrupted';
  readonly source: MediaSource | null;
  readonly webrtcViewers: number;
  readonly receivedMs: number;
  readonly webrtcPlayable: boolean;
  readonly notice: string | null;
}

export class Room {
  readonly streamId: StreamId;
  readonly #network: PeerNetwork;
  readonly #events: RoomEvents;
  readonly #slots = slotNames.map((name) => new Slot(name));
  readonly #host = this.#slots[0] as Slot;
  readonly #viewers = new Map<string, Viewer>();
  readonly #meter: StreamMeter;
  readonly #scratch = Buffer.allocUnsafe(largestPacket);
  readonly #packager = new PackagerTap({
    connected: () => this.#greetPackager(),
    wantsKeyframe: () => this.#publisher?.requestKeyframe(),
  });
  readonly #watch: NodeJS.Timeout;
  #publisher: Publisher | null = null;
  #source: FeedSource | null = null;
  #sourceTold = false;
  #live = false;
  #liveSince = 0;
  #everLive: boolean;
  #muted: boolean;
  #closed = false;

  constructor(
    streamId: StreamId,
    start: { receivedMs: number; muted: boolean },
    network: PeerNetwork,
    events: RoomEvents,
  ) {
    this.streamId = streamId;
    this.#network = network;
    this.#events = events;
    this.#meter = new StreamMeter(start.receivedMs);
    this.#everLive = start.receivedMs > 0;
    this.#muted = start.muted;
    this.#watch = setInterval(() => this.#noticeSilence(performance.now()), 500);
  }

  async publish(resourceId: string, offer: Offer): Promise<string> {
    const publisher = new WhipPublisher(resourceId, this.#network, this.#publisherEvents(resourceId));
    try {
      const answer = await publisher.answer(offer);
      this.#replacePublisher(publisher);
      return answer;
    } catch (error) {
      publisher.close('refused');
      throw error;
    }
  }

  async publishFeed(resourceId: string): Promise<string> {
    const publisher = new FeedPublisher(resourceId, this.#publisherEvents(resourceId));
    const address = await publisher.listen();
    this.#replacePublisher(publisher);
    return address;
  }

  #replacePublisher(publisher: Publisher): void {
    if (this.#closed) {
      publisher.close('stream ended');
      throw new MediaRefusal('stream_not_started', 'The stream has ended.');
    }
    const before = this.#publisher;
    this.#publisher = publisher;
    this.#host.changeSource();
    this.#meter.reset();
    before?.close('replaced by another publisher');
    this.#afterConnectTime(() => {
      if (this.#publisher === publisher && !this.#live) publisher.close('never connected');
    });
  }

  #publisherEvents(resourceId: string): PublisherEvents {
    const current = (): boolean => this.#publisher?.resourceId === resourceId;
    return {
      described: (source) => {
        this.#source = source;
        this.#sourceTold = false;
      },
      rtp: (kind, packet, now, restarted) => {
        if (current()) this.#forward(kind, packet, now, restarted);
      },
      senderReport: (kind, report) => {
        if (current()) this.#forwardReport(kind, report);
      },
      loss: (expected, received, now) => this.#meter.sawLoss(expected, received, now),
      gone: (reason) => {
        if (current()) {
          this.#publisher = null;
          this.#interrupt(reason);
        }
        this.#events.ended(resourceId, null, reason);
      },
      failed: (error) => this.#events.failed(error),
    };
  }

  #forward(kind: 'video' | 'audio', received: Buffer, now: number, restarted: boolean): void {
    if (!this.#live) this.#start();
    const track = this.#host.track(kind);
    if (restarted) track.changeSource();
    if (kind === 'video') this.#meter.sawVideo(received, now);
    else this.#meter.sawAudio(received, now);
    const packet = this.#muted && kind === 'audio' ? silenced(received) : received;
    track.push(packet, now);
    if (!this.#sourceTold) this.#tellSource();
    this.#packager.send({ kind: 'rtp', track: kind, packet });
    if (kind === 'audio' || this.#source?.webrtcPlayable !== false) this.#fanOut(track, packet);
  }

  /** Before the first packet of a publisher, and again after a pause. */
  #tellSource(): void {
    if (this.#source === null || !this.#packager.connected) return;
    this.#sourceTold = true;
    this.#packager.send({ kind: 'source', ...this.#source });
  }

  /** One copy for all viewers: each overwrites payload type and sequence number, and the native send copies again. */
  #fanOut(track: SlotTrack, packet: Buffer): void {
    if (this.#viewers.size === 0) return;
    const scratch = this.#scratch.subarray(0, packet.length);
    packet.copy(scratch);
    const sequence = packet.readUInt16BE(2);
    const markerBit = (packet[1] ?? 0) & 0x80;
    for (const viewer of this.#viewers.values()) viewer.send(track, scratch, sequence, markerBit);
  }

  #forwardReport(kind: 'video' | 'audio', report: SenderReport): void {
    const track = this.#host.track(kind);
    const rewritten = track.rewriteReport(report);
    if (rewritten === null) return;
    this.#host.reports.set(kind, rewritten);
    for (const viewer of this.#viewers.values()) viewer.sendReport(track, rewritten);
    this.#sendReportToPackager(kind, rewritten);
  }

  #sendReportToPackager(track: 'video' | 'audio', report: SenderReport): void {
    const ntpMs = ntpToUnixMs(report.ntpSeconds, report.ntpFraction);
    this.#packager.send({ kind: 'sr', track, ntpMs, rtpTimestamp: report.rtpTimestamp });
  }

  async watch(resourceId: string, identity: string, offer: Offer): Promise<string> {
    const viewer = new Viewer(resourceId, identity, this.#network, {
      wantsKeyframe: () => this.#publisher?.requestKeyframe(),
      gone: (reason) => {
        if (this.#viewers.delete(resourceId)) this.#events.ended(resourceId, identity, reason);
      },
      failed: (error) => this.#events.failed(error),
    });
    // Before the answer goes out: the player may be connected before our caller hears of it.
    this.#viewers.set(resourceId, viewer);
    try {
      const answer = await viewer.answer(offer, this.#slots);
      this.#afterConnectTime(() => {
        if (!viewer.connected) viewer.close('never connected');
      });
      return answer;
    } catch (error) {
      this.#viewers.delete(resourceId);
      viewer.close('refused');
      throw error;
    }
  }

  #afterConnectTime(check: () => void): void {
    setTimeout(check, connectWithinMs).unref();
  }

  remove(resourceId: string): boolean {
    if (this.#publisher?.resourceId === resourceId) {
      this.#publisher.close('left');
      return true;
    }
    const viewer = this.#viewers.get(resourceId);
    viewer?.close('left');
    return viewer !== undefined;
  }

  unpublish(): void {
    this.#publisher?.close('put out');
  }

  revoke(identity: string): void {
    for (const viewer of [...this.#viewers.values()]) if (viewer.identity === identity) viewer.close('revoked');
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#packager.send({ kind: 'mute', muted });
  }

  async tap(address: string): Promise<void> {
    await this.#packager.use(address);
  }

  #greetPackager(): void {
    this.#sourceTold = false;
    this.#packager.send({ kind: 'mute', muted: this.#muted });
    for (const [kind, report] of this.#host.reports) this.#sendReportToPackager(kind, report);
    this.#publisher?.requestKeyframe();
  }

  get state(): RoomState {
    return {
      ...this.#meter.measure(performance.now()),
      state: this.#live ? 'live' : this.#everLive ? 'interrupted' : 'waiting',
      source: this.#publisher?.source ?? null,
      webrtcViewers: this.#viewers.size,
      receivedMs: Math.round(this.#meter.receivedMs),
      webrtcPlayable: this.#source?.webrtcPlayable ?? true,
      notice: this.#source?.notice ?? null,
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#watch);
    this.#publisher?.close('stream ended');
    for (const viewer of [...this.#viewers.values()]) viewer.close('stream ended');
    this.#packager.send({ kind: 'end' });
    this.#packager.close();
    for (const slot of this.#slots) slot.close();
  }

  #start(): void {
    this.#live = true;
    this.#liveSince = performance.now();
    this.#everLive = true;
    this.#events.started(this.#publisher?.source ?? 'whip');
  }

  #interrupt(reason: string): void {
    if (!this.#live) return;
    this.#live = false;
    this.#sourceTold = false;
    this.#packager.send({ kind: 'end' });
    this.#events.interrupted(reason);
  }

  #noticeSilence(now: number): void {
    // Only where media flows: a player that receives nothing may have nothing to report.
    if (this.#live && now - this.#liveSince > vanishedMs) {
      for (const viewer of [...this.#viewers.values()]) {
        if (viewer.silentMs(now) > vanishedMs) viewer.close('vanished');
      }
    }
    const last = this.#meter.lastPacketAt;
    if (this.#live && last !== null && now - last > silenceMs) this.#interrupt('no media arrives');
  }
}
