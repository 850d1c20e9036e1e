/**
 * What the supervisor expects of the other parts of the embedded engine. The packager (`packager/index.ts`) and the
 * RTMP ingest (`ingest/index.ts`) implement these; the supervisor knows nothing else of them.
 */
import type { StreamId } from '@virgil/contract';
import type { Clip, HlsAnswer, HlsRequest, PcmChunk, RecordingFile } from '../engine.ts';

/** The few calls of a pino logger that media code makes. No personal data in them. */
export interface MediaLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What this machine's packager can do. `missing` says in plain words what is absent and why. */
export interface PackagerCapabilities {
  readonly aac: boolean;
  readonly recording: boolean;
  readonly thumbnails: boolean;
  readonly pcmTap: boolean;
  readonly missing: readonly string[];
}

export interface PackagerOptions {
  readonly streamId: StreamId;
  readonly record: boolean;
  /** Folder for this stream's recording; exists. A packager that replaces a dead one gets the same folder again. */
  readonly folder: string;
  readonly log: MediaLog;
}

export interface PackagerStats {
  readonly hlsViewers: number;
  readonly audioCodecs: readonly ('opus' | 'aac')[];
  /** A sentence for the creator, e.g. that the recording had to stop. */
  readonly notice: string | null;
}

/** A packager child of one stream, ready to take media. */
export interface PackagerHandle {
  /** Where it listens for the feed (`connectFeed`). An SFU worker connects, and connects again when it was restarted. */
  readonly feedAddress: string;
  hls(request: HlsRequest): Promise<HlsAnswer>;
  thumbnails(): Promise<readonly Buffer[]>;
  /** Throws `MediaRefusal('not_found')` when there is no media yet, or none recorded so long ago. */
  clip(seconds: number, endingSecondsAgo?: number): Promise<Clip>;
  stats(): Promise<PackagerStats>;
  tapAudio(signal: AbortSignal): AsyncIterable<PcmChunk>;
  /** Finishes files and ends the child. Null when nothing was recorded. */
  finish(): Promise<RecordingFile | null>;
  /** Ends the child at once. */
  kill(): void;
  /** Called once when the child is gone, `unexpected` unless `finish` or `kill` was called. */
  onExit(listener: (unexpected: boolean) => void): void;
}

/** `forkPackager` of `packager/index.ts`; resolves when the child listens. */
export type ForkPackager = (options: PackagerOptions) => Promise<PackagerHandle>;

export interface IngestOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Synchronous: the RTMP library cannot wait. Null refuses. */
  readonly lookup: (streamKey: string) => StreamId | null;
  /**
   * Where to send this stream's media: `connectFeed(address)`, then `source`, then `rtp` and `sr`. A
   * `keyframe-request` may come back. When the other side closes the feed (stream ended, publisher replaced or
   * revoked) the RTMP session is to be cut; when the ingest closes it, the publisher is gone.
   */
  readonly openFeed: (streamId: StreamId) => Promise<string>;
  readonly log: MediaLog;
}

/** The RTMP door. */
export interface IngestHandle {
  readonly port: number;
  stop(): Promise<void>;
}

/** `startRtmpIngest` of `ingest/index.ts`. Rejects with a plain sentence when it cannot run (no node-av, port taken). */
export type StartRtmpIngest = (options: IngestOptions) => Promise<IngestHandle>;
