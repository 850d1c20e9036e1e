/** A WHEP client that counts what it receives instead of decoding it. */
import { Audio, PeerConnection, type Track, Video } from 'node-datachannel';
import { gatheredOffer } from './rtp-publisher.ts';

export interface ReceivedTrack {
  packets: number;
  /** Packets whose number did not follow the one before. */
  gaps: number;
  /** Longest distance on the RTP clock between two packets that follow each other. */
  backwards: number;
  lastSequence: number | null;
  lastTimestamp: number | null;
  lastPayload: Buffer;
  ssrc: number | null;
  senderReports: { readonly ssrc: number; readonly ntpMs: number; readonly rtpTimestamp: number }[];
}

export interface WhepViewerOptions {
  /** How many picture and sound pairs the offer has room for. */
  readonly slots?: number;
  /** A fixed local UDP port, to come back from the same address. */
  readonly port?: number;
}

/** A receiver report without blocks. */
const emptyReport = Buffer.of(0x80, 201, 0, 1, 0, 0, 0, 1);
const types = { video: 102, audio: 111 } as const;

export class WhepViewer {
  readonly video = emptyTrack();
  readonly audio = emptyTrack();
  /** From posting the offer to the first RTP packet. */
  firstPacketMs: number | null = null;
  closed = false;
  readonly #reports: NodeJS.Timeout;
  onPacket: (kind: 'video' | 'audio', packet: Buffer) => void = () => {};
  readonly #connection: PeerConnection;
  readonly #tracks: Track[] = [];
  #postedAt = 0;

  constructor(options: WhepViewerOptions = {}) {
    this.#connection = new PeerConnection('viewer', {
      iceServers: [],
      bindAddress: '127.0.0.1',
      disableAutoNegotiation: true,
      ...(options.port === undefined ? {} : { portRangeBegin: options.port, portRangeEnd: options.port }),
    });
    this.#connection.onStateChange((state) => {
      if (state === 'closed' || state === 'failed' || state === 'disconnected') this.closed = true;
    });
    this.#reports = setInterval(() => this.#report(), 1_000);
    for (let slot = 0; slot < (options.slots ?? 1); slot += 1) {
      const video = new Video(`v${slot}`, 'RecvOnly');
      video.addH264Codec(types.video);
      const audio = new Audio(`a${slot}`, 'RecvOnly');
      audio.addOpusCodec(types.audio);
      for (const media of [video, audio]) {
        const track = this.#connection.addTrack(media);
        const kind = media === video ? 'video' : 'audio';
        track.onMessage((packet) => this.#received(kind, packet));
        this.#tracks.push(track);
      }
    }
  }

  /** As every player does about once a second. */
  #report(): void {
    try {
      if (this.#tracks[0]?.isOpen()) this.#tracks[0].sendMessageBinary(emptyReport);
    } catch {
      this.closed = true;
    }
  }

  async watch(post: (offer: string) => Promise<string>): Promise<string> {
    const offer = await gatheredOffer(this.#connection);
    this.#postedAt = performance.now();
    const answer = await post(offer);
    this.#connection.setRemoteDescription(answer, 'answer');
    return answer;
  }

  #received(kind: 'video' | 'audio', packet: Buffer): void {
    const track = this[kind];
    const type = packet.readUInt8(1);
    if (type >= 192 && type <= 223) {
      if (type === 200) track.senderReports.push(readReport(packet));
      // RR first, then the goodbye.
      if (packet.includes(Buffer.of(0x81, 203, 0, 1))) this.closed = true;
      return;
    }
    this.firstPacketMs ??= performance.now() - this.#postedAt;
    const sequence = packet.readUInt16BE(2);
    const timestamp = packet.readUInt32BE(4);
    if (track.lastSequence !== null && ((track.lastSequence + 1) & 0xffff) !== sequence) track.gaps += 1;
    if (track.lastTimestamp !== null && ((timestamp - track.lastTimestamp) | 0) < 0) track.backwards += 1;
    track.packets += 1;
    track.lastSequence = sequence;
    track.lastTimestamp = timestamp;
    track.lastPayload = packet.subarray(12);
    track.ssrc = packet.readUInt32BE(8);
    this.onPacket(kind, packet);
  }

  /** Sends RTCP, e.g. a request for a key frame or a lost packet. */
  send(kind: 'video' | 'audio', rtcp: Buffer): void {
    this.#tracks[kind === 'video' ? 0 : 1]?.sendMessageBinary(rtcp);
  }

  close(): void {
    clearInterval(this.#reports);
    for (const track of this.#tracks.splice(0)) track.close();
    this.#connection.close();
    this.closed = true;
  }
}

function emptyTrack(): ReceivedTrack {
  return {
    packets: 0,
    gaps: 0,
    backwards: 0,
    lastSequence: null,
    lastTimestamp: null,
    lastPayload: Buffer.alloc(0),
    ssrc: null,
    senderReports: [],
  };
}

function readReport(packet: Buffer): { ssrc: number; ntpMs: number; rtpTimestamp: number } {
  const seconds = packet.readUInt32BE(8) - 2_208_988_800;
  return {
    ssrc: packet.readUInt32BE(4),
    ntpMs: seconds * 1000 + (packet.readUInt32BE(12) * 1000) / 2 ** 32,
    rtpTimestamp: packet.readUInt32BE(16),
  };
}
