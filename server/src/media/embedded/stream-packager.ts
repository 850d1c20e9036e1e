/** The packager of one stream as its supervisor sees it: forked with the first media, replaced when it dies. */
import { mkdir, readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { PcmChunk, RecordingFile } from '../engine.ts';
import type { ForkPackager, PackagerHandle, PackagerOptions } from './parts.ts';

/** As long as the packager itself holds a request for a stream that has just begun. */
const startupMs = 8_000;
const troubledMs = 60_000;
const mostDeaths = 5;

export interface StreamPackagerEvents {
  /** A (new) packager listens there. */
  ready(feedAddress: string): void;
  /** It keeps dying and is left alone: no HLS, no recording for this stream. */
  givenUp(): void;
}

export class StreamPackager {
  readonly #fork: ForkPackager;
  readonly #options: PackagerOptions;
  readonly #events: StreamPackagerEvents;
  #current: Promise<PackagerHandle> | null = null;
  #handle: PackagerHandle | null = null;
  #deaths: number[] = [];
  readonly #closed = new AbortController();
  #changed = Promise.withResolvers<void>();

  constructor(fork: ForkPackager, options: PackagerOptions, events: StreamPackagerEvents) {
    this.#fork = fork;
    this.#options = options;
    this.#events = events;
  }

  /** Idempotent. */
  start(): void {
    if (this.#current === null && !this.#closed.signal.aborted) void this.#begin();
  }

  /** The one that runs now; null before the first media and while it is being replaced. */
  get handle(): PackagerHandle | null {
    return this.#handle;
  }

  /**
   * The one that runs, or will within seconds: forked with the first media or after a death. Null before the first
   * media, when it takes too long, and when nobody waits any more.
   */
  async whenRunning(signal: AbortSignal | undefined): Promise<PackagerHandle | null> {
    const over = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(startupMs), ...(signal ? [signal] : [])]);
    const aborted = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
    while (this.#handle === null && this.#current !== null && !over.aborted) {
      await Promise.race([this.#changed.promise, aborted]);
    }
    return this.#handle;
  }

  async #begin(): Promise<void> {
    // Set before anything is awaited: it says that one is on its way.
    this.#current = mkdir(this.#options.folder, { recursive: true }).then(() => this.#fork(this.#options));
    try {
      const handle = await this.#current;
      if (this.#closed.signal.aborted) return;
      this.#handle = handle;
      handle.onExit((unexpected) => {
        if (this.#handle === handle) this.#handle = null;
        if (unexpected) void this.#died('died');
      });
      this.#events.ready(handle.feedAddress);
      this.#tell();
    } catch (error) {
      await this.#died(error instanceof Error ? error.message : String(error));
    }
  }

  async #died(reason: string): Promise<void> {
    const { streamId, log } = this.#options;
    if (this.#closed.signal.aborted) return;
    const now = performance.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < troubledMs), now];
    log.error({ streamId, reason, deaths: this.#deaths.length }, 'packager is gone');
    if (this.#deaths.length >= mostDeaths) {
      this.#events.givenUp();
      return;
    }
    if (this.#deaths.length > 1) await wait(500 * this.#deaths.length);
    if (!this.#closed.signal.aborted) await this.#begin();
  }

  /** Sound over any number of packagers, until the listener leaves or the stream closes. */
  async *tapAudio(signal: AbortSignal): AsyncIterable<PcmChunk> {
    const over = AbortSignal.any([signal, this.#closed.signal]);
    const aborted = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
    while (!over.aborted) {
      const { promise } = this.#changed;
      const handle = this.#handle;
      if (handle !== null) yield* handle.tapAudio(over);
      if (!over.aborted) await Promise.race([promise, aborted]);
    }
  }

  /** Ends the packager and gives what it recorded; also what one before a restart of the server left behind. */
  async finish(): Promise<RecordingFile | null> {
    this.#closed.abort();
    this.#tell();
    const running = await this.#current?.catch(() => null);
    if (running !== undefined && running !== null) return running.finish();
    const left = this.#options.record ? await readdir(this.#options.folder).catch(() => []) : [];
    if (left.length === 0) return null;
    const handle = await this.#fork(this.#options);
    return handle.finish();
  }

  kill(): void {
    this.#closed.abort();
    this.#tell();
    void this.#current?.then(
      (handle) => handle.kill(),
      () => {
        // It never ran.
      },
    );
  }

  #tell(): void {
    const before = this.#changed;
    this.#changed = Promise.withResolvers<void>();
    before.resolve();
  }
}
