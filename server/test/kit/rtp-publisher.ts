/**
 * A WHIP client that publishes synthetic media by WebRTC, as a browser would: it answers requests for key frames and
 * for lost packets, and sends reports.
 */
import { Audio, PeerConnection, type Track, Video } from 'node-datachannel';
import { SyntheticAudio, SyntheticVideo } from './synthetic-media.ts';

export interface RtpPublisherOptions {
  /** Share of video packets that get lost on the way the first time, 0–1. */
  readonly loss?: number;
}

export class RtpPublisher {
  readonly video = new SyntheticVideo(102);
  readonly audio = new SyntheticAudio(111);
  keyframeRequests = 0;
  resent = 0;
  /** RTCP received, by packet type. */
  readonly feedback = new Map<number, number>();
  readonly #connection: PeerConnection;
  readonly #tracks: Track[] = [];
  readonly #sent = new Map<number, Buffer>();
  readonly #loss: number;
  #timer: NodeJS.Timeout | null = null;
  #frames = 0;
  #opusPackets = 0;
  #reports = 0;
  closed = false;

  constructor(options: RtpPublisherOptions = {}) {
    this.#loss = options.loss ?? 0;
    this.#connection = new PeerConnection('publisher', {
      iceServers: [],
      bindAddress: '127.0.0.1',
      disableAutoNegotiation: true,
    });
    this.#connection.onStateChange((state) => {
      if (state === 'closed' || state === 'failed' || state === 'disconnected') this.closed = true;
    });
    const video = new Video('0', 'SendOnly');
    video.addH264Codec(this.video.payloadType);
    video.addSSRC(this.video.ssrc, 'synthetic', 'synthetic', 'video');
    const audio = new Audio('1', 'SendOnly');
    audio.addOpusCodec(this.audio.payloadType);
    audio.addSSRC(this.audio.ssrc, 'synthetic', 'synthetic', 'audio');
    for (const media of [video, audio]) {
      const track = this.#connection.addTrack(media);
      track.onMessage((packet) => this.#heard(packet));
      this.#tracks.push(track);
    }
  }

  /** Publishes through `post`, which exchanges SDP and gives the answer; resolves when packets flow. */
  async publish(post: (offer: string) => Promise<string>): Promise<void> {
    const opened = Promise.withResolvers<void>();
    this.#tracks[0]?.onOpen(() => opened.resolve());
    this.#connection.setRemoteDescription(await post(await gatheredOffer(this.#connection)), 'answer');
    await opened.promise;
    this.resume();
  }

  /** Sends from now on; the clock of the media stood still meanwhile, as with a frozen encoder. */
  resume(): void {
    this.pause();
    const mediaMs = Math.max(this.#frames * (1000 / 30), this.#opusPackets * 20);
    const startedAt = performance.now() - mediaMs;
    this.#timer = setInterval(() => this.#catchUp(performance.now() - startedAt), 5);
  }

  #catchUp(elapsedMs: number): void {
    while (this.#frames * (1000 / 30) <= elapsedMs) {
      this.#frames += 1;
      for (const packet of this.video.nextFrame()) {
        this.#remember(packet);
        if (Math.random() >= this.#loss) this.#send(0, packet);
      }
    }
    while (this.#opusPackets * 20 <= elapsedMs) {
      this.#opusPackets += 1;
      this.#send(1, this.audio.next());
    }
    if (this.#reports * 500 <= elapsedMs) {
      this.#reports += 1;
      // The clocks of both tracks stand where the next packets will be.
      this.#send(0, this.video.senderReport(Date.now()));
      this.#send(1, this.audio.senderReport(Date.now()));
    }
  }

  #remember(packet: Buffer): void {
    const sequence = packet.readUInt16BE(2);
    this.#sent.set(sequence, packet);
    this.#sent.delete((sequence - 512) & 0xffff);
  }

  #heard(packet: Buffer): void {
    for (let at = 0; at + 4 <= packet.length; ) {
      const type = packet.readUInt8(at + 1);
      const format = packet.readUInt8(at) & 0x1f;
      const end = at + (packet.readUInt16BE(at + 2) + 1) * 4;
      this.feedback.set(type, (this.feedback.get(type) ?? 0) + 1);
      if (type === 206 && (format === 1 || format === 4)) {
        this.keyframeRequests += 1;
        this.video.restart();
      }
      if (type === 205 && format === 1) this.#resend(packet.subarray(at + 12, end));
      at = end;
    }
  }

  #resend(pairs: Buffer): void {
    for (let at = 0; at + 4 <= pairs.length; at += 4) {
      const first = pairs.readUInt16BE(at);
      const mask = pairs.readUInt16BE(at + 2);
      for (let bit = -1; bit < 16; bit += 1) {
        if (bit >= 0 && (mask & (1 << bit)) === 0) continue;
        const packet = this.#sent.get((first + bit + 1) & 0xffff);
        if (packet === undefined) continue;
        this.resent += 1;
        this.#send(0, packet);
      }
    }
  }

  #send(track: 0 | 1, packet: Buffer): void {
    try {
      if (this.#tracks[track]?.isOpen()) this.#tracks[track].sendMessageBinary(packet);
    } catch {
      this.closed = true;
    }
  }

  /** Stops sending but keeps the connection, as a frozen encoder does. */
  pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  close(): void {
    this.pause();
    for (const track of this.#tracks.splice(0)) track.close();
    this.#connection.close();
    this.closed = true;
  }
}

/** The complete offer, with candidates. */
export function gatheredOffer(connection: PeerConnection): Promise<string> {
  return new Promise((resolve, reject) => {
    connection.onGatheringStateChange((state) => {
      const sdp = state === 'complete' ? connection.localDescription()?.sdp : undefined;
      if (sdp !== undefined) resolve(sdp);
    });
    connection.setLocalDescription('offer');
    setTimeout(() => reject(new Error('gathering took too long')), 5_000).unref();
  });
}
