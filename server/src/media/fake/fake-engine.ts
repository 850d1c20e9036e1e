/**
 * The media engine of API tests: keeps the promises of the port in memory, without a packet. Offers are really read,
 * sessions really end, and what needs media answers as it would without media. `stage` plays the outside world:
 * a publisher's network, an encoder, a dying worker.
 */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { StreamId } from '@virgil/contract';
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
import { fakeAnswer, fakePlaylist, onePixelWebp } from './fake-media.ts';
import { FakeRoom } from './fake-room.ts';

export interface FakeStage {
  /** An encoder connects by RTMP. False when the key is refused. */
  publishByRtmp(streamKey: string): boolean;
  /** The publisher's network fails; a new `publish` continues the stream. */
  interrupt(streamId: StreamId, reason?: string): void;
  /** The worker dies and comes back: every WHIP and WHEP session is gone, the rooms are not. */
  restartWorker(): void;
  /** Sound for `tapAudio`. */
  hear(streamId: StreamId, chunk: PcmChunk): void;
  /** As if this much media had been received. */
  receive(streamId: StreamId, durationMs: number): void;
  setStats(streamId: StreamId, change: Partial<RoomStats>): void;
  /** From now on offers are refused with `media_unavailable`; `null` ends that. */
  fail(detail: string | null): void;
  /** Who watches by WHEP, with repeats for several tabs. */
  viewers(streamId: StreamId): readonly string[];
  isMuted(streamId: StreamId): boolean;
}

const all: MediaCapabilities = {
  whip: true,
  whep: true,
  hls: true,
  rtmp: true,
  aac: true,
  recording: true,
  thumbnails: true,
  pcmTap: true,
  missing: [],
};

export class FakeMediaEngine implements MediaEngine {
  readonly stage: FakeStage;
  readonly #capabilities: MediaCapabilities;
  readonly #rooms = new Map<StreamId, FakeRoom>();
  readonly #listeners = new Set<(event: MediaEvent) => void>();
  #lookup: StreamKeyLookup = () => null;
  #failure: string | null = null;

  constructor(capabilities: Partial<MediaCapabilities> = {}) {
    this.#capabilities = { ...all, ...capabilities };
    this.stage = {
      publishByRtmp: (streamKey) => {
        const streamId = this.#lookup(streamKey);
        const room = streamId === null ? undefined : this.#rooms.get(streamId);
        if (room === undefined) return false;
        this.#begin(room, 'rtmp', `rtmp-${randomUUID()}`);
        return true;
      },
      interrupt: (streamId, reason = 'connection lost') => this.#interrupt(this.#room(streamId), reason),
      restartWorker: () => this.#restart(),
      hear: (streamId, chunk) => this.#room(streamId).hear(chunk),
      receive: (streamId, durationMs) => this.#room(streamId).receive(durationMs),
      setStats: (streamId, change) => Object.assign(this.#room(streamId).statsChange, change),
      fail: (detail) => {
        this.#failure = detail;
        if (detail !== null) this.#emit({ type: 'engine.degraded', detail });
      },
      viewers: (streamId) => [...this.#room(streamId).viewers.values()],
      isMuted: (streamId) => this.#room(streamId).muted,
    };
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    for (const streamId of [...this.#rooms.keys()]) await this.close(streamId);
  }

  capabilities(): MediaCapabilities {
    return this.#capabilities;
  }

  setStreamKeyLookup(lookup: StreamKeyLookup): void {
    this.#lookup = lookup;
  }

  async open(options: RoomOptions): Promise<void> {
    if (!this.#rooms.has(options.streamId)) this.#rooms.set(options.streamId, new FakeRoom(options));
  }

  async close(streamId: StreamId): Promise<void> {
    const room = this.#rooms.get(streamId);
    if (room === undefined) return;
    this.#interrupt(room, 'stream ended');
    for (const resourceId of [...room.viewers.keys()]) this.#leave(room, resourceId);
    this.#rooms.delete(streamId);
    room.end();
    const recording = await room.writeRecording();
    if (recording !== null) this.#emit({ type: 'recording.ready', recording });
  }

  async publish(streamId: StreamId, offer: string): Promise<SdpAnswer> {
    const read = readOffer(offer, 'publisher');
    const room = this.#room(streamId, 'stream_not_started');
    this.#refuseWhenFailed();
    if (room.publisher !== null) this.#interrupt(room, 'replaced by another publisher');
    const resourceId = randomUUID();
    this.#begin(room, 'whip', resourceId);
    return { resourceId, answer: fakeAnswer(read, 'recvonly') };
  }

  async watch(streamId: StreamId, offer: string, viewer: Viewer): Promise<SdpAnswer> {
    const read = readOffer(offer, 'viewer');
    const room = this.#room(streamId, 'stream_not_started');
    this.#refuseWhenFailed();
    const resourceId = randomUUID();
    room.viewers.set(resourceId, viewer.identity);
    this.#emit({ type: 'viewer.joined', streamId, identity: viewer.identity });
    return { resourceId, answer: fakeAnswer(read, 'sendonly') };
  }

  async remove(resourceId: string): Promise<boolean> {
    for (const room of this.#rooms.values()) {
      if (room.publisher?.resourceId === resourceId) {
        this.#interrupt(room, 'left');
        return true;
      }
      if (room.viewers.has(resourceId)) {
        this.#leave(room, resourceId);
        return true;
      }
    }
    return false;
  }

  async unpublish(streamId: StreamId): Promise<void> {
    const room = this.#rooms.get(streamId);
    if (room !== undefined) this.#interrupt(room, 'put out');
  }

  async revoke(identity: string, streamId?: StreamId): Promise<void> {
    for (const room of this.#rooms.values()) {
      if (streamId !== undefined && room.streamId !== streamId) continue;
      for (const [resourceId, watching] of [...room.viewers]) if (watching === identity) this.#leave(room, resourceId);
    }
  }

  async hls(streamId: StreamId, request: HlsRequest): Promise<HlsAnswer> {
    return fakePlaylist(this.#room(streamId), request);
  }

  async thumbnails(streamId: StreamId): Promise<readonly Buffer[]> {
    return this.#room(streamId).receivedMs > 0 && this.#capabilities.thumbnails ? [onePixelWebp] : [];
  }

  async setAudioMuted(streamId: StreamId, muted: boolean): Promise<void> {
    this.#room(streamId).muted = muted;
  }

  async clip(streamId: StreamId, seconds: number, endingSecondsAgo = 0): Promise<Clip> {
    const room = this.#room(streamId);
    if (room.receivedMs === 0) throw new MediaRefusal('not_found', 'There is no media to cut yet.');
    const thereMs = room.receivedMs - endingSecondsAgo * 1000;
    if (thereMs <= 0 || (endingSecondsAgo > 0 && !room.records)) {
      throw new MediaRefusal('not_found', 'What is recorded does not reach back so far.');
    }
    const durationMs = Math.min(thereMs, Math.min(seconds, 60) * 1000);
    const past = endingSecondsAgo === 0 ? '' : `, ended ${Math.round(endingSecondsAgo)} s ago`;
    const bytes = Buffer.from(`clip of ${streamId}, ${durationMs} ms${past}`);
    return { bytes, durationMs, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  tapAudio(streamId: StreamId, signal: AbortSignal): AsyncIterable<PcmChunk> {
    return this.#room(streamId).listen(signal);
  }

  async stats(streamId: StreamId): Promise<RoomStats> {
    return this.#room(streamId).stats();
  }

  on(listener: (event: MediaEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #begin(room: FakeRoom, source: MediaSource, resourceId: string): void {
    room.begin(source, resourceId);
    // As with real media: the answer goes out first, then packets arrive.
    void wait(1).then(() => {
      if (room.publisher?.resourceId === resourceId) {
        this.#emit({ type: 'publish.started', streamId: room.streamId, source });
      }
    });
  }

  #interrupt(room: FakeRoom, reason: string): void {
    if (room.publisher === null) return;
    room.interrupt();
    this.#emit({ type: 'publish.interrupted', streamId: room.streamId, reason });
  }

  #leave(room: FakeRoom, resourceId: string): void {
    const identity = room.viewers.get(resourceId);
    if (identity === undefined) return;
    room.viewers.delete(resourceId);
    this.#emit({ type: 'viewer.left', streamId: room.streamId, identity });
  }

  #restart(): void {
    for (const room of this.#rooms.values()) {
      this.#interrupt(room, 'media worker died');
      for (const resourceId of [...room.viewers.keys()]) this.#leave(room, resourceId);
    }
    this.#emit({ type: 'engine.restarted', streamIds: [...this.#rooms.keys()] });
  }

  #room(streamId: StreamId, code: MediaRefusal['code'] = 'not_found'): FakeRoom {
    const room = this.#rooms.get(streamId);
    if (room === undefined) throw new MediaRefusal(code, 'This stream is not open.');
    return room;
  }

  #refuseWhenFailed(): void {
    if (this.#failure !== null) throw new MediaRefusal('media_unavailable', this.#failure);
  }

  #emit(event: MediaEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
