/** One open stream of the fake engine. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamId } from '@virgil/contract';
import type { MediaSource, PcmChunk, RecordingFile, RoomOptions, RoomStats } from '../engine.ts';

export class FakeRoom {
  readonly streamId: StreamId;
  readonly viewers = new Map<string, string>();
  readonly statsChange: Partial<RoomStats> = {};
  publisher: { readonly resourceId: string; readonly source: MediaSource; readonly since: number } | null = null;
  muted = false;
  readonly #record: boolean;
  readonly #ended = new AbortController();
  readonly #taps = new Set<(chunk: PcmChunk) => void>();
  #receivedMs = 0;
  #everLive = false;

  constructor(options: RoomOptions) {
    this.streamId = options.streamId;
    this.#record = options.record;
  }

  begin(source: MediaSource, resourceId: string): void {
    this.interrupt();
    this.publisher = { source, resourceId, since: performance.now() };
    this.#everLive = true;
  }

  interrupt(): void {
    this.#receivedMs = this.receivedMs;
    this.publisher = null;
  }

  receive(durationMs: number): void {
    this.#receivedMs += durationMs;
  }

  get receivedMs(): number {
    const running = this.publisher === null ? 0 : performance.now() - this.publisher.since;
    return Math.ceil(this.#receivedMs + running);
  }

  stats(): RoomStats {
    const live = this.publisher !== null;
    return {
      state: live ? 'live' : this.#everLive ? 'interrupted' : 'waiting',
      source: this.publisher?.source ?? null,
      videoKbps: live ? 1000 : 0,
      audioKbps: live ? 64 : 0,
      framesPerSecond: live ? 30 : 0,
      width: live ? 1280 : null,
      height: live ? 720 : null,
      packetLoss: 0,
      keyframeIntervalMs: live ? 2000 : null,
      webrtcViewers: this.viewers.size,
      hlsViewers: 0,
      receivedMs: this.receivedMs,
      webrtcPlayable: true,
      audioCodecs: live ? ['opus'] : [],
      notice: null,
      ...this.statsChange,
    };
  }

  hear(chunk: PcmChunk): void {
    const heard = this.muted ? { ...chunk, samples: new Int16Array(chunk.samples.length) } : chunk;
    for (const tap of this.#taps) tap(heard);
  }

  async *listen(signal: AbortSignal): AsyncIterable<PcmChunk> {
    const over = AbortSignal.any([signal, this.#ended.signal]);
    const queue: PcmChunk[] = [];
    let wake = (): void => {};
    const tap = (chunk: PcmChunk): void => {
      queue.push(chunk);
      wake();
    };
    over.addEventListener('abort', () => wake(), { once: true });
    this.#taps.add(tap);
    try {
      // What was said before the stream closed is still delivered; a listener that left gets nothing more.
      while (!signal.aborted) {
        const next = queue.shift();
        if (next !== undefined) yield next;
        else if (over.aborted) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      this.#taps.delete(tap);
    }
  }

  end(): void {
    this.#ended.abort();
  }

  get records(): boolean {
    return this.#record;
  }

  /** A file that is there and says what it is; null when nothing was to be, or could be, recorded. */
  async writeRecording(): Promise<RecordingFile | null> {
    if (!this.#record || !this.#everLive) return null;
    const path = join(await mkdtemp(join(tmpdir(), 'virgil-fake-media-')), `${this.streamId}.mp4`);
    const bytes = Buffer.from(`recording of ${this.streamId}`);
    await writeFile(path, bytes);
    return { streamId: this.streamId, path, thumbnailPath: null, durationMs: this.receivedMs, sizeBytes: bytes.length };
  }
}
