/**
 * The port to media. Features know this file and nothing behind it; `app.ts` chooses the implementation:
 * embedded (child processes on node-datachannel, own packager), or the fake that tests use. LiveKit follows.
 * The port suite in `engine.suite.ts` runs on every implementation.
 */
import type { StreamId } from '@virgil/contract';

/** What this engine can do on this machine. `missing` names in plain words what is absent and why. */
export interface MediaCapabilities {
  readonly whip: boolean;
  readonly whep: boolean;
  readonly hls: boolean;
  readonly rtmp: boolean;
  /** AAC beside Opus in HLS. */
  readonly aac: boolean;
  readonly recording: boolean;
  readonly thumbnails: boolean;
  readonly pcmTap: boolean;
  readonly missing: readonly string[];
}

export interface RoomOptions {
  readonly streamId: StreamId;
  /** Write a recording (progressive MP4 once closed). */
  readonly record: boolean;
}

/** A WHIP or WHEP session: `resourceId` names it in the DELETE that ends it. */
export interface SdpAnswer {
  readonly resourceId: string;
  readonly answer: string;
}

export interface Viewer {
  /** Who watches, for `revoke` and limits: a profile id, or a guest session id. */
  readonly identity: string;
}

export type MediaSource = 'whip' | 'rtmp';

/** One answer of the packager. `status` is HTTP's; 404 unknown file, 400 a reload too far ahead, 503 not yet. */
export interface HlsAnswer {
  readonly status: 200 | 400 | 404 | 503;
  readonly contentType: string;
  /** Seconds; 0 is `no-cache`. Segments and parts are immutable. */
  readonly maxAgeSeconds: number;
  readonly body: Buffer;
}

export interface HlsRequest {
  /** File name under the stream: `index.m3u8`, a media playlist, an init, a segment or a part. */
  readonly file: string;
  /** LL-HLS blocking reload (RFC 8216bis): `_HLS_msn` and `_HLS_part`. */
  readonly msn?: number;
  readonly part?: number;
  /** Query appended to every URI inside playlists (a media token), without the question mark. */
  readonly uriQuery?: string;
  readonly signal?: AbortSignal;
}

export interface RoomStats {
  readonly state: 'waiting' | 'live' | 'interrupted';
  readonly source: MediaSource | null;
  readonly videoKbps: number;
  readonly audioKbps: number;
  readonly framesPerSecond: number;
  readonly width: number | null;
  readonly height: number | null;
  /** 0–1 over the last seconds. */
  readonly packetLoss: number;
  readonly keyframeIntervalMs: number | null;
  readonly webrtcViewers: number;
  readonly hlsViewers: number;
  /** Media received since `open`, gaps over 10 s left out; survives a restart of a worker. */
  readonly receivedMs: number;
  /** False for an RTMP source with B-frames that cannot be transcoded: WebRTC would freeze. */
  readonly webrtcPlayable: boolean;
  readonly audioCodecs: readonly ('opus' | 'aac')[];
  /** A sentence for the creator, e.g. which encoder setting to change; null when all is well. */
  readonly notice: string | null;
}

export interface RecordingFile {
  readonly streamId: StreamId;
  /** Absolute path of a finished, seekable MP4. */
  readonly path: string;
  readonly thumbnailPath: string | null;
  readonly durationMs: number;
  readonly sizeBytes: number;
}

/** PCM of one stream: s16le, 16 kHz, mono, in chunks of 20 ms or more; `atMs` is media time since the first frame. */
export interface PcmChunk {
  readonly atMs: number;
  readonly samples: Int16Array;
}

/** A clip cut from the ring: progressive MP4, from the nearest key frame, no re-encode. */
export interface Clip {
  readonly bytes: Buffer;
  readonly durationMs: number;
  readonly sha256: string;
}

export type MediaEvent =
  | { readonly type: 'publish.started'; readonly streamId: StreamId; readonly source: MediaSource }
  /** Media stopped; the publisher may come back. `reason` is for logs. */
  | { readonly type: 'publish.interrupted'; readonly streamId: StreamId; readonly reason: string }
  | { readonly type: 'viewer.joined' | 'viewer.left'; readonly streamId: StreamId; readonly identity: string }
  | { readonly type: 'recording.ready'; readonly recording: RecordingFile }
  /** A worker died and is back: clients of these streams must post their offers again. */
  | { readonly type: 'engine.restarted'; readonly streamIds: readonly StreamId[] }
  | { readonly type: 'engine.degraded'; readonly detail: string };

/** Why the engine refused. The edge turns it into a problem document. */
export class MediaRefusal extends Error {
  readonly code: 'stream_not_started' | 'invalid' | 'media_unavailable' | 'not_found';
  constructor(code: MediaRefusal['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Looks up the stream an RTMP key may publish to. Synchronous, from memory: the RTMP library cannot wait.
 * Returns null for an unknown key or a channel that has not started.
 */
export type StreamKeyLookup = (streamKey: string) => StreamId | null;

export interface MediaEngine {
  start(): Promise<void>;
  /** Ends every process it started. Idempotent. */
  stop(): Promise<void>;
  capabilities(): MediaCapabilities;
  setStreamKeyLookup(lookup: StreamKeyLookup): void;

  /** Makes room for a stream; until then publishing is refused with `stream_not_started`. Idempotent. */
  open(options: RoomOptions): Promise<void>;
  /** Cuts publisher and viewers, finishes the recording (`recording.ready` follows). Idempotent. */
  close(streamId: StreamId): Promise<void>;

  /** WHIP (RFC 9725): `offer` is SDP. A second publisher of the same stream replaces the first. */
  publish(streamId: StreamId, offer: string): Promise<SdpAnswer>;
  /** WHEP (draft-ietf-wish-whep): `offer` is SDP. Works before media arrives; the picture comes when it does. */
  watch(streamId: StreamId, offer: string, viewer: Viewer): Promise<SdpAnswer>;
  /** Ends a WHIP or WHEP session. False when it is unknown. */
  remove(resourceId: string): Promise<boolean>;
  /** Cuts whoever publishes this stream now (its key was changed); the room stays for the next. Idempotent. */
  unpublish(streamId: StreamId): Promise<void>;
  /** Cuts everything of this identity at once, on one stream or on all. */
  revoke(identity: string, streamId?: StreamId): Promise<void>;

  hls(streamId: StreamId, request: HlsRequest): Promise<HlsAnswer>;
  /** The newest stills, oldest first, as WebP; at most six, about two seconds apart. Empty before video. */
  thumbnails(streamId: StreamId): Promise<readonly Buffer[]>;
  /** Replaces the sound by silence for everybody, without renegotiation. */
  setAudioMuted(streamId: StreamId, muted: boolean): Promise<void>;
  /**
   * `seconds` (at most 60) as MP4: the last ones, or those that ended `endingSecondsAgo`, out of the recording that is
   * being written (give or take a segment). `not_found` when that does not reach back so far.
   */
  clip(streamId: StreamId, seconds: number, endingSecondsAgo?: number): Promise<Clip>;
  /** Sound of the stream until `signal` aborts or the stream closes. */
  tapAudio(streamId: StreamId, signal: AbortSignal): AsyncIterable<PcmChunk>;
  stats(streamId: StreamId): Promise<RoomStats>;
  on(listener: (event: MediaEvent) => void): () => void;
}
