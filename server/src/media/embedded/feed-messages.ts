/**
 * The bytes of a media feed: RTP and its clock on the way between media processes. Length-prefixed frames,
 * `u32 length, u8 kind, body`; what is rare travels as JSON, RTP as it is.
 */
import { z } from 'zod';

export type FeedTrack = 'video' | 'audio';

/** What the packets that follow are. Sent first, and again when the publisher changed. */
export const feedSource = z.object({
  source: z.enum(['whip', 'rtmp']),
  /** H.264, packetization-mode 1, 90 kHz. Null for sound alone. */
  videoPt: z.int().min(0).max(127).nullable(),
  /** Opus, 48 kHz, stereo in SDP. Null for a picture without sound. */
  audioPt: z.int().min(0).max(127).nullable(),
  /** False when the video has B-frames: HLS can carry it, WebRTC would freeze. */
  webrtcPlayable: z.boolean().default(true),
  /** A sentence for the creator, e.g. which encoder setting to change. */
  notice: z.string().nullable().default(null),
});
export type FeedSource = z.infer<typeof feedSource>;

export type FeedMessage =
  /** One RTP packet, header included. The buffer must not be changed after sending. */
  | { readonly kind: 'rtp'; readonly track: FeedTrack; readonly packet: Buffer }
  /** A sender report: at wall-clock `ntpMs` (Unix epoch, fractional) the track's RTP clock stood at `rtpTimestamp`. */
  | { readonly kind: 'sr'; readonly track: FeedTrack; readonly ntpMs: number; readonly rtpTimestamp: number }
  | ({ readonly kind: 'source' } & FeedSource)
  /** Upstream: please a key frame. */
  | { readonly kind: 'keyframe-request' }
  /** The sound was already silenced upstream; this only tells. */
  | { readonly kind: 'mute'; readonly muted: boolean }
  /** The publisher is gone, for now or for good; the connection may stay. */
  | { readonly kind: 'end' };

const kinds = ['rtp', 'sr', 'source', 'keyframe-request', 'mute', 'end'] as const;
const tracks: readonly FeedTrack[] = ['video', 'audio'];
const headerBytes = 5;
/** An RTP packet fits in a datagram; `source` is a line of JSON. Anything longer is a broken peer. */
const maxBodyBytes = 70_000;

/** Frame head, and the bytes that follow it unchanged (so that RTP is not copied). */
export function encodeFeedMessage(message: FeedMessage): [head: Buffer, tail: Buffer | null] {
  const kind = kinds.indexOf(message.kind);
  if (message.kind === 'rtp') {
    const head = Buffer.allocUnsafe(headerBytes + 1);
    head.writeUInt32BE(1 + message.packet.length, 0);
    head[4] = kind;
    head[5] = message.track === 'video' ? 0 : 1;
    return [head, message.packet];
  }
  const body = encodeBody(message);
  const head = Buffer.allocUnsafe(headerBytes);
  head.writeUInt32BE(body.length, 0);
  head[4] = kind;
  return [Buffer.concat([head, body]), null];
}

function encodeBody(message: Exclude<FeedMessage, { kind: 'rtp' }>): Buffer {
  switch (message.kind) {
    case 'sr': {
      const body = Buffer.allocUnsafe(13);
      body[0] = message.track === 'video' ? 0 : 1;
      body.writeDoubleBE(message.ntpMs, 1);
      body.writeUInt32BE(message.rtpTimestamp >>> 0, 9);
      return body;
    }
    case 'source': {
      const { kind: _, ...source } = message;
      return Buffer.from(JSON.stringify(source));
    }
    case 'mute':
      return Buffer.of(message.muted ? 1 : 0);
    case 'keyframe-request':
    case 'end':
      return Buffer.alloc(0);
  }
}

function decodeFeedMessage(kindIndex: number, body: Buffer): FeedMessage {
  const kind = kinds[kindIndex];
  switch (kind) {
    case 'rtp':
      return { kind, track: trackOf(body), packet: body.subarray(1) };
    case 'sr':
      return { kind, track: trackOf(body), ntpMs: body.readDoubleBE(1), rtpTimestamp: body.readUInt32BE(9) };
    case 'source':
      return { kind, ...feedSource.parse(JSON.parse(body.toString())) };
    case 'mute':
      return { kind, muted: body[0] === 1 };
    case 'keyframe-request':
    case 'end':
      return { kind };
    default:
      throw new Error(`unknown feed message ${kindIndex}`);
  }
}

function trackOf(body: Buffer): FeedTrack {
  const track = tracks[body[0] ?? 255];
  if (track === undefined) throw new Error('unknown feed track');
  return track;
}

/** Cuts a byte stream into messages. Throws on nonsense; the connection is then to be closed. */
export class FeedDecoder {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer, deliver: (message: FeedMessage) => void): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (bytes.length >= headerBytes) {
      const length = bytes.readUInt32BE(0);
      if (length > maxBodyBytes) throw new Error(`feed message of ${length} bytes`);
      const end = headerBytes + length;
      if (bytes.length < end) break;
      deliver(decodeFeedMessage(bytes[4] as number, bytes.subarray(headerBytes, end)));
      bytes = bytes.subarray(end);
    }
    this.#rest = bytes;
  }
}
