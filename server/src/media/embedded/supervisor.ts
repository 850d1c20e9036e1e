/**
 * The embedded media engine: routes the port's calls to child processes and keeps them alive. A stream lives in one
 * SFU worker (publisher, viewers) and, once media came, has one packager (HLS, recording, clips, sound).
 */
import { join } from 'node:path';
import type { StreamId } from '@virgil/contract';
import { z } from 'zod';
import {
  type Clip,
  type HlsAnswer,
  type HlsRequest,
  type MediaCapabilities,
  type MediaEngine,
  type MediaEvent,
  MediaRefusal,
  type MediaSource,
  type PcmChunk,
  type RoomOptions,
  type RoomStats,
  type SdpAnswer,
  type StreamKeyLookup,
  type Viewer,
} from '../engine.ts';
import { readOffer } from '../sdp.ts';
import type { ForkPackager, IngestHandle, MediaLog, PackagerCapabilities, StartRtmpIngest } from './parts.ts';
import { SessionBook } from './session-book.ts';
import { SfuWorker } from './sfu-worker.ts';
import { StreamPackager } from './stream-packager.ts';
import { roomState, type WorkerEvent, type WorkerRequest } from './worker-messages.ts';

export interface EmbeddedMediaOptions {
  /** `127.0.0.1` keeps media on this machine; `0.0.0.0` and `::` mean every interface. */
  readonly host: string;
  /** Worker n uses this + n; 0 takes free ports. */
  readonly udpPort: number;
  readonly announcedIp: string | null;
  readonly workers: number;
  /** 0 takes a free port, null keeps RTMP off. */
  readonly rtmpPort: number | null;
  /** Recordings go into a folder per stream below. */
  readonly folder: string;
  readonly log: MediaLog;
}

/** Null where this machine lacks what the part needs. */
export interface EngineParts {
  readonly forkPackager: ForkPackager | null;
  /** Asked once, while the workers start. */
  readonly packagerCapabilities: () => Promise<PackagerCapabilities>;
  readonly startRtmpIngest: StartRtmpIngest | null;
}

interface Stream {
  readonly streamId: StreamId;
  readonly worker: SfuWorker;
  readonly packager: StreamPackager | null;
  receivedMs: number;
  muted: boolean;
  live: boolean;
  packagerAddress: string | null;
}

const answerSdp = z.string();

export class EmbeddedMediaEngine implements MediaEngine {
  readonly #options: EmbeddedMediaOptions;
  readonly #parts: EngineParts;
  readonly #workers: SfuWorker[];
  readonly #streams = new Map<StreamId, Stream>();
  readonly #sessions = new SessionBook((type, streamId, identity) => this.#emit({ type, streamId, identity }));
  readonly #listeners = new Set<(event: MediaEvent) => void>();
  readonly #finishing = new Set<Promise<void>>();
  readonly #missing: string[] = [];
  #packaging: PackagerCapabilities = { aac: false, recording: false, thumbnails: false, pcmTap: false, missing: [] };
  #ingest: IngestHandle | null = null;
  #lookup: StreamKeyLookup = () => null;
  #stopped = false;

  constructor(options: EmbeddedMediaOptions, parts: EngineParts) {
    this.#options = options;
    this.#parts = parts;
    this.#workers = Array.from({ length: Math.max(1, options.workers) }, (_, index) => this.#makeWorker(index));
  }

  #makeWorker(index: number): SfuWorker {
    const { host, udpPort, announcedIp, log } = this.#options;
    const worker: SfuWorker = new SfuWorker({
      name: `sfu-${index}`,
      bindAddress: host === '0.0.0.0' || host === '::' ? null : host === 'localhost' ? '127.0.0.1' : host,
      udpPort: udpPort === 0 ? 0 : udpPort + index,
      announcedIp,
      log,
      onEvent: (event) => this.#heard(event),
      onLost: (reason) => this.#lost(worker, reason),
      onBack: (request) => this.#back(worker, request),
      onStuck: (detail) => this.#emit({ type: 'engine.degraded', detail }),
    });
    return worker;
  }

  async start(): Promise<void> {
    const probed = this.#parts.packagerCapabilities();
    const started = await Promise.allSettled(this.#workers.map((worker) => worker.start()));
    this.#packaging = await probed;
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      await this.stop();
      throw failed.reason;
    }
    await this.#startIngest();
  }

  async #startIngest(): Promise<void> {
    const { rtmpPort, host, log } = this.#options;
    if (rtmpPort === null || this.#parts.startRtmpIngest === null) return;
    try {
      this.#ingest = await this.#parts.startRtmpIngest({
        host,
        port: rtmpPort,
        lookup: (streamKey) => this.#lookup(streamKey),
        openFeed: (streamId) => this.#openFeed(streamId),
        log,
      });
    } catch (error) {
      // A browser can still publish: say what is missing and go on.
      const reason = error instanceof Error ? error.message : String(error);
      this.#missing.push(`RTMP: ${reason}`);
      log.warn({ reason }, 'RTMP ingest is off');
    }
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await this.#ingest?.stop();
    for (const worker of this.#workers) worker.stop();
    // Streams may go on after a restart of the server; their packagers' folders are taken up again then.
    for (const stream of this.#streams.values()) stream.packager?.kill();
    this.#streams.clear();
    this.#sessions.clear();
    await Promise.allSettled(this.#finishing);
  }

  capabilities(): MediaCapabilities {
    const packaging = this.#packaging;
    const hls = this.#parts.forkPackager !== null;
    return {
      whip: true,
      whep: true,
      hls,
      rtmp: this.#ingest !== null,
      aac: hls && packaging.aac,
      recording: hls && packaging.recording,
      thumbnails: hls && packaging.thumbnails,
      pcmTap: hls && packaging.pcmTap,
      missing: [...packaging.missing, ...this.#missing],
    };
  }

  /** Where encoders connect; null without RTMP. */
  get rtmpPort(): number | null {
    return this.#ingest?.port ?? null;
  }

  get udpPorts(): readonly number[] {
    return this.#workers.map((worker) => worker.udpPort);
  }

  /** For operators and tests that look at processes. */
  get workerPids(): readonly number[] {
    return this.#workers.map((worker) => worker.pid).filter((pid) => pid !== undefined);
  }

  setStreamKeyLookup(lookup: StreamKeyLookup): void {
    this.#lookup = lookup;
  }

  async open({ streamId, record }: RoomOptions): Promise<void> {
    if (this.#streams.has(streamId)) return;
    const stream: Stream = {
      streamId,
      worker: this.#quietestWorker(),
      packager: this.#makePackager(streamId, record),
      receivedMs: 0,
      muted: false,
      live: false,
      packagerAddress: null,
    };
    this.#streams.set(streamId, stream);
    await stream.worker.request({ type: 'open', streamId, receivedMs: 0, muted: false });
  }

  #quietestWorker(): SfuWorker {
    const load = (worker: SfuWorker): number =>
      [...this.#streams.values()].filter((stream) => stream.worker === worker).length;
    return this.#workers.reduce((best, worker) => (load(worker) < load(best) ? worker : best));
  }

  #makePackager(streamId: StreamId, record: boolean): StreamPackager | null {
    const { forkPackager } = this.#parts;
    if (forkPackager === null) return null;
    const { folder, log } = this.#options;
    const options = { streamId, record, folder: join(folder, streamId), log };
    return new StreamPackager(forkPackager, options, {
      ready: (feedAddress) => {
        const stream = this.#streams.get(streamId);
        if (stream === undefined) return;
        stream.packagerAddress = feedAddress;
        stream.worker.request({ type: 'tap', streamId, address: feedAddress }).catch((error: unknown) => {
          // A worker that died meanwhile is given the address when it is back.
          log.warn({ streamId, error: String(error) }, 'packager could not be connected');
        });
      },
      givenUp: () =>
        this.#emit({ type: 'engine.degraded', detail: `The packager of stream ${streamId} keeps failing.` }),
    });
  }

  async close(streamId: StreamId): Promise<void> {
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return;
    this.#streams.delete(streamId);
    await stream.worker.request({ type: 'close', streamId });
    if (stream.packager === null) return;
    const finishing = this.#finish(stream.packager, streamId);
    this.#finishing.add(finishing);
    void finishing.finally(() => this.#finishing.delete(finishing));
  }

  async #finish(packager: StreamPackager, streamId: StreamId): Promise<void> {
    try {
      const recording = await packager.finish();
      if (recording !== null) this.#emit({ type: 'recording.ready', recording });
    } catch (error) {
      this.#options.log.error({ streamId, error: String(error) }, 'recording could not be finished');
      this.#emit({ type: 'engine.degraded', detail: `The recording of stream ${streamId} could not be finished.` });
    }
  }

  async publish(streamId: StreamId, offer: string): Promise<SdpAnswer> {
    // Read here too: what is no offer must not cost the worker anything, and is refused while it restarts.
    readOffer(offer, 'publisher');
    const stream = this.#stream(streamId, 'stream_not_started');
    stream.packager?.start();
    return this.#sessions.begin(streamId, null, async (resourceId) =>
      answerSdp.parse(await stream.worker.request({ type: 'publish', streamId, resourceId, offer })),
    );
  }

  async #openFeed(streamId: StreamId): Promise<string> {
    const stream = this.#stream(streamId, 'stream_not_started');
    stream.packager?.start();
    const { answer } = await this.#sessions.begin(streamId, null, async (resourceId) =>
      answerSdp.parse(await stream.worker.request({ type: 'publish-feed', streamId, resourceId })),
    );
    return answer;
  }

  async watch(streamId: StreamId, offer: string, { identity }: Viewer): Promise<SdpAnswer> {
    readOffer(offer, 'viewer');
    const stream = this.#stream(streamId, 'stream_not_started');
    return this.#sessions.begin(streamId, identity, async (resourceId) =>
      answerSdp.parse(await stream.worker.request({ type: 'watch', streamId, resourceId, identity, offer })),
    );
  }

  async remove(resourceId: string): Promise<boolean> {
    const streamId = this.#sessions.streamOf(resourceId);
    const stream = streamId === undefined ? undefined : this.#streams.get(streamId);
    if (stream === undefined) return false;
    return z.boolean().parse(await stream.worker.request({ type: 'remove', streamId: stream.streamId, resourceId }));
  }

  async unpublish(streamId: StreamId): Promise<void> {
    await this.#streams.get(streamId)?.worker.request({ type: 'unpublish', streamId });
  }

  async revoke(identity: string, streamId?: StreamId): Promise<void> {
    const request: WorkerRequest = { type: 'revoke', identity, streamId: streamId ?? null };
    await Promise.all(this.#workers.map((worker) => worker.request(request)));
  }

  async hls(streamId: StreamId, request: HlsRequest): Promise<HlsAnswer> {
    const { packager } = this.#stream(streamId, 'not_found');
    const handle = (await packager?.whenRunning(request.signal)) ?? null;
    if (handle === null) return { status: 503, contentType: 'text/plain', maxAgeSeconds: 0, body: Buffer.alloc(0) };
    return handle.hls(request);
  }

  async thumbnails(streamId: StreamId): Promise<readonly Buffer[]> {
    return (await this.#stream(streamId, 'not_found').packager?.handle?.thumbnails()) ?? [];
  }

  async setAudioMuted(streamId: StreamId, muted: boolean): Promise<void> {
    const stream = this.#stream(streamId, 'not_found');
    stream.muted = muted;
    await stream.worker.request({ type: 'mute', streamId, muted });
  }

  async clip(streamId: StreamId, seconds: number, endingSecondsAgo = 0): Promise<Clip> {
    const handle = this.#stream(streamId, 'not_found').packager?.handle ?? null;
    if (handle === null) throw new MediaRefusal('not_found', 'There is no media to cut yet.');
    return handle.clip(Math.min(seconds, 60), endingSecondsAgo);
  }

  tapAudio(streamId: StreamId, signal: AbortSignal): AsyncIterable<PcmChunk> {
    const { packager } = this.#stream(streamId, 'not_found');
    if (packager === null) throw new MediaRefusal('media_unavailable', 'Sound cannot be tapped on this machine.');
    return packager.tapAudio(signal);
  }

  async stats(streamId: StreamId): Promise<RoomStats> {
    const stream = this.#stream(streamId, 'not_found');
    const state = roomState.parse(await stream.worker.request({ type: 'stats', streamId }));
    // What was shown once must not shrink when the worker is replaced.
    stream.receivedMs = Math.max(stream.receivedMs, state.receivedMs);
    const packaged = await stream.packager?.handle?.stats();
    return {
      ...state,
      notice: state.notice ?? packaged?.notice ?? null,
      hlsViewers: packaged?.hlsViewers ?? 0,
      audioCodecs: packaged?.audioCodecs ?? (state.state === 'live' ? ['opus'] : []),
    };
  }

  on(listener: (event: MediaEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #heard(event: WorkerEvent): void {
    switch (event.type) {
      case 'started':
        this.#started(event.streamId, event.source);
        return;
      case 'interrupted':
        this.#interrupted(event.streamId, event.reason);
        return;
      case 'ended':
        this.#sessions.end(event.resourceId);
        return;
      case 'received': {
        const stream = this.#streams.get(event.streamId);
        if (stream !== undefined) stream.receivedMs = event.receivedMs;
        return;
      }
      case 'trouble':
        this.#options.log.warn({ detail: event.detail }, 'media worker met trouble');
        return;
    }
  }

  #started(streamId: StreamId, source: MediaSource): void {
    const stream = this.#streams.get(streamId);
    if (stream !== undefined) stream.live = true;
    this.#emit({ type: 'publish.started', streamId, source });
  }

  #interrupted(streamId: StreamId, reason: string): void {
    const stream = this.#streams.get(streamId);
    if (stream !== undefined) stream.live = false;
    this.#emit({ type: 'publish.interrupted', streamId, reason });
  }

  #lost(worker: SfuWorker, reason: string): void {
    for (const stream of this.#streams.values()) {
      if (stream.worker === worker && stream.live) this.#interrupted(stream.streamId, `media worker died: ${reason}`);
    }
    this.#sessions.endAll((streamId) => this.#streams.get(streamId)?.worker === worker);
  }

  async #back(worker: SfuWorker, request: (body: WorkerRequest) => Promise<unknown>): Promise<void> {
    const streams = [...this.#streams.values()].filter((stream) => stream.worker === worker);
    for (const { streamId, receivedMs, muted, packagerAddress } of streams) {
      await request({ type: 'open', streamId, receivedMs, muted });
      if (packagerAddress !== null) await request({ type: 'tap', streamId, address: packagerAddress });
    }
    this.#emit({ type: 'engine.restarted', streamIds: streams.map((stream) => stream.streamId) });
  }

  #stream(streamId: StreamId, code: MediaRefusal['code']): Stream {
    const stream = this.#streams.get(streamId);
    if (stream === undefined) throw new MediaRefusal(code, 'This stream is not open.');
    return stream;
  }

  #emit(event: MediaEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
