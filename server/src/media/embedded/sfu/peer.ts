/**
 * One PeerConnection of the native library, with its traps covered:
 * - an exception in a callback aborts the process, so every callback is guarded;
 * - a Track that JavaScript does not hold is collected and goes silent, so the peer holds its tracks;
 * - a Track that is not closed on leave keeps half a megabyte, and must be closed outside of a callback.
 */
import { Audio, PeerConnection, type RtcConfig, type Track, Video } from 'node-datachannel';
import { MediaRefusal } from '../../engine.ts';
import type { OfferedTrack } from '../../sdp.ts';
import { addressKey, type PeerAddresses, type Tenant } from './peer-addresses.ts';
import { writeBye } from './rtcp.ts';

export interface PeerNetwork {
  /** Null binds every interface. */
  readonly bindAddress: string | null;
  /** One UDP port for all peers of a worker. */
  readonly udpPort: number;
  /** Written into answers in place of the local address, behind NAT. */
  readonly announcedIp: string | null;
  /** Shared by the peers of one port. */
  readonly addresses: PeerAddresses;
}

export interface PeerEvents {
  connected(): void;
  /** Once, when the connection is over for whatever reason, or `close` was called. */
  gone(reason: string): void;
  failed(error: unknown): void;
}

export interface TrackPlan {
  readonly offered: OfferedTrack;
  readonly direction: 'SendOnly' | 'RecvOnly';
  /** Of what we send: SSRC, and the stream name that becomes `streams[0].id` in a browser. */
  readonly source?: { readonly ssrc: number; readonly stream: string };
  readonly opened?: () => void;
  readonly received: (packet: Buffer) => void;
}

/** Local gathering has host candidates only and takes a millisecond. */
const gatheringTimeoutMs = 3_000;
const viewerH264 = 'profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1';

export class Peer implements Tenant {
  readonly #events: PeerEvents;
  readonly #network: PeerNetwork;
  #connection: PeerConnection | null;
  #address: string | null = null;
  #lastHeardAt = performance.now();
  #everHeard = false;
  connected = false;
  #tracks: Track[] = [];
  /** What each track sends under; undefined for one that receives. */
  readonly #ssrcs: (number | undefined)[] = [];

  constructor(name: string, network: PeerNetwork, events: PeerEvents) {
    this.#network = network;
    this.#events = events;
    const config: RtcConfig = {
      iceServers: [],
      disableAutoNegotiation: true,
      forceMediaTransport: true,
      enableIceUdpMux: true,
      portRangeBegin: network.udpPort,
      portRangeEnd: network.udpPort,
      ...(network.bindAddress === null ? {} : { bindAddress: network.bindAddress }),
    };
    this.#connection = new PeerConnection(name, config);
    this.#connection.onStateChange((state) =>
      this.#guard(() => {
        if (state === 'connected') this.#connect();
        else if (state === 'failed' || state === 'closed' || state === 'disconnected')
          this.close(`connection ${state}`);
      }),
    );
  }

  #connect(): void {
    this.connected = true;
    this.#lastHeardAt = performance.now();
    const remote = this.#connection?.getSelectedCandidatePair()?.remote;
    if (remote !== undefined) {
      this.#address = addressKey(remote.address, remote.port);
      this.#network.addresses.settle(this.#address, this);
    }
    this.#events.connected();
  }

  get closed(): boolean {
    return this.#connection === null;
  }

  get lastHeardAt(): number {
    return this.#lastHeardAt;
  }

  /** Since a peer that used to report fell silent; 0 for one that never reported, as some simple clients do not. */
  silentMs(now: number): number {
    return this.#everHeard ? now - this.#lastHeardAt : 0;
  }

  /** Takes the offer, adds our side of each planned m-line, and gives the answer with all candidates. */
  async answer(offer: string, plans: readonly TrackPlan[]): Promise<string> {
    const connection = this.#connection;
    if (connection === null) throw new MediaRefusal('media_unavailable', 'The session has ended.');
    const gathered = Promise.withResolvers<void>();
    connection.onGatheringStateChange((state) => {
      if (state === 'complete') gathered.resolve();
    });
    const timer = setTimeout(
      () => gathered.reject(new MediaRefusal('media_unavailable', 'No network address could be gathered.')),
      gatheringTimeoutMs,
    );
    try {
      for (const plan of plans) this.#add(connection, plan);
      this.#network.addresses.makeRoom(offer, this);
      setRemote(connection, withoutEarlyCandidates(offer));
      connection.setLocalDescription('answer');
      await gathered.promise;
      const local = connection.localDescription();
      if (local === null) throw new MediaRefusal('invalid', 'The offer could not be answered.');
      return announced(local.sdp, this.#network.announcedIp);
    } finally {
      clearTimeout(timer);
    }
  }

  #add(connection: PeerConnection, plan: TrackPlan): void {
    const { mid, kind, codec } = plan.offered;
    if (codec === null) throw new Error('a track without codec cannot be planned');
    const media = kind === 'video' ? new Video(mid, plan.direction) : new Audio(mid, plan.direction);
    if (media instanceof Video) {
      media.addH264Codec(codec.pt, plan.direction === 'RecvOnly' && codec.fmtp !== '' ? codec.fmtp : viewerH264);
    } else media.addOpusCodec(codec.pt);
    if (plan.source !== undefined) {
      media.addSSRC(plan.source.ssrc, 'virgil', plan.source.stream, `${plan.source.stream}-${kind}`);
    }
    const track = connection.addTrack(media);
    track.onMessage((packet) =>
      this.#guard(() => {
        this.#lastHeardAt = performance.now();
        this.#everHeard = true;
        plan.received(packet);
      }),
    );
    track.onOpen(() => this.#guard(() => plan.opened?.()));
    this.#tracks.push(track);
    this.#ssrcs.push(plan.source?.ssrc);
  }

  /** The track of the n-th plan. */
  track(index: number): Track | undefined {
    return this.#tracks[index];
  }

  /** May be called anywhere, any number of times. */
  close(reason: string): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#connection = null;
    if (this.#address !== null) this.#network.addresses.leave(this.#address, this);
    const tracks = this.#tracks;
    this.#tracks = [];
    const ssrcs = this.#ssrcs.splice(0);
    setImmediate(() => {
      // The library does not end DTLS aloud, so a goodbye is all that tells the other side before its ICE times out.
      tracks.forEach((track, index) => {
        const ssrc = ssrcs[index];
        if (ssrc !== undefined && track.isOpen()) this.#guard(() => track.sendMessageBinary(writeBye(ssrc)));
      });
      for (const track of tracks.splice(0)) this.#guard(() => track.close());
      this.#guard(() => connection.close());
    });
    this.#events.gone(reason);
  }

  #guard(body: () => void): void {
    try {
      body();
    } catch (error) {
      this.#events.failed(error);
    }
  }
}

function setRemote(connection: PeerConnection, offer: string): void {
  try {
    connection.setRemoteDescription(offer, 'offer');
  } catch (error) {
    throw new MediaRefusal('invalid', 'The offer is not SDP that WebRTC can use.', { cause: error });
  }
}

/**
 * Takes the candidates out of the offer of a client that gathered them all before it posted (it does not trickle, or
 * it says `end-of-candidates`), so that its check comes first. Were ours first, it would arrive before the answer:
 * - pion drops it and nominates on its next tick, 200 ms later;
 * - libdatachannel (OBS among others) takes it, and may begin DTLS before it has read the fingerprint in the answer.
 *   It then fails for good: a player in fifty, most under load, got no media.
 * Trickling browsers are faster with our check first.
 */
export function withoutEarlyCandidates(offer: string): string {
  const trickles = /^a=ice-options:.*\btrickle\b/m.test(offer) && !/^a=end-of-candidates/m.test(offer);
  if (trickles) return offer;
  return offer
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') && line !== 'a=end-of-candidates')
    .join('\r\n');
}

/** `candidate:<foundation> <component> <transport> <priority> <address> <port> typ host`: the address is the fifth. */
export function announced(answer: string, announcedIp: string | null): string {
  if (announcedIp === null) return answer;
  const seen = new Set<string>();
  return answer
    .split('\r\n')
    .map((line) =>
      line.replace(/^(a=candidate:\S+ \d+ \S+ \d+) \S+ (\d+) typ host.*$/, `$1 ${announcedIp} $2 typ host`),
    )
    .filter((line) => {
      if (!line.startsWith('a=candidate:')) {
        if (line.startsWith('m=')) seen.clear();
        return true;
      }
      // Several interfaces become one address: name it once per media section.
      const key = line.replace(/^a=candidate:\S+ (\d+) (\S+) \d+/, '$1 $2');
      return seen.has(key) ? false : seen.add(key);
    })
    .join('\r\n');
}
