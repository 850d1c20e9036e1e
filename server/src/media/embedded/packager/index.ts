/** The packager as the supervisor holds it: one child process for each live stream. */
import type { StreamId } from '@virgil/contract';
import { type Clip, type HlsAnswer, MediaRefusal, type RecordingFile } from '../../engine.ts';
import { forgetFeed } from '../feed.ts';
import { MediaChild } from '../media-child.ts';
import type { ForkPackager, PackagerHandle, PackagerOptions } from '../parts.ts';
import { HlsCache } from './hls-cache.ts';
import {
  clipReply,
  hlsReply,
  type PackagerEvent,
  type PackagerRequest,
  packagerEvent,
  packagerReady,
  recordingReply,
  statsReply,
  stillsReply,
} from './packager-messages.ts';
import { PcmTaps } from './pcm-taps.ts';

/** The tables of a recording of many hours take a while on a slow disk. */
const finishTimeoutMs = 120_000;
/** Longer than the packager itself holds a request. */
const hlsTimeoutMs = 20_000;
/** Left free for the database and the rest of the product. */
const minFreeBytes = 200 * 1024 * 1024;

/** `useAv` false packages as on a machine without node-av. */
export function packagerForker({ useAv }: { useAv: boolean }): ForkPackager {
  return async (options) => {
    const packager = new ForkedPackager(options, useAv);
    await packager.start();
    return packager;
  };
}

export const forkPackager = packagerForker({ useAv: true });

class ForkedPackager implements PackagerHandle {
  feedAddress = '';
  readonly #streamId: StreamId;
  readonly #child: MediaChild<PackagerRequest, PackagerEvent>;
  readonly #cache: HlsCache;
  readonly #taps: PcmTaps;
  readonly #log: PackagerOptions['log'];
  #ending = false;
  #gone = false;
  #onExit: (unexpected: boolean) => void = () => {};

  constructor({ streamId, record, folder, log }: PackagerOptions, useAv: boolean) {
    this.#streamId = streamId;
    this.#log = log;
    this.#child = new MediaChild({
      name: `packager of ${streamId}`,
      script: new URL('./child.ts', import.meta.url),
      args: [JSON.stringify({ recordingFolder: record ? folder : null, minFreeBytes, useAv })],
      binary: true,
      event: packagerEvent,
      onEvent: (event) => this.#take(event),
      onExit: () => this.#exited(),
      log,
    });
    this.#cache = new HlsCache((request) => this.#fetch(request), Date.now);
    this.#taps = new PcmTaps((on) => {
      this.#child.request({ type: 'tap', on }).catch((error: unknown) => {
        log.debug({ streamId, error: String(error) }, 'packager did not take a tap');
      });
    });
  }

  async start(): Promise<void> {
    this.feedAddress = packagerReady.parse(await this.#child.ready()).feedAddress;
  }

  /** For tests that end it the hard way. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  hls(request: Parameters<PackagerHandle['hls']>[0]): Promise<HlsAnswer> {
    return this.#cache.get(request);
  }

  async thumbnails(): Promise<readonly Buffer[]> {
    return stillsReply.parse(await this.#child.request({ type: 'stills' })).map(bufferOf);
  }

  async clip(seconds: number, endingSecondsAgo = 0): Promise<Clip> {
    const request = { type: 'clip', seconds: Math.min(60, seconds), endingSecondsAgo } as const;
    const clip = clipReply.parse(await this.#child.request(request));
    if (clip === null) throw new MediaRefusal('not_found', 'There is nothing to cut from yet.');
    return { ...clip, bytes: bufferOf(clip.bytes) };
  }

  async stats() {
    const stats = statsReply.parse(await this.#child.request({ type: 'stats' }));
    return { ...stats, hlsViewers: this.#cache.viewers };
  }

  tapAudio(signal: AbortSignal) {
    return this.#taps.listen(signal);
  }

  async finish(): Promise<RecordingFile | null> {
    this.#ending = true;
    try {
      const recording = recordingReply.parse(await this.#child.request({ type: 'finish' }, finishTimeoutMs));
      return recording === null ? null : { streamId: this.#streamId, ...recording };
    } finally {
      this.#child.kill();
    }
  }

  kill(): void {
    this.#ending = true;
    this.#child.kill();
  }

  onExit(listener: (unexpected: boolean) => void): void {
    this.#onExit = listener;
    if (this.#gone) listener(!this.#ending);
  }

  async #fetch(request: { file: string; msn?: number; part?: number }): Promise<HlsAnswer> {
    const answer = hlsReply.parse(await this.#child.request({ type: 'hls', ...request }, hlsTimeoutMs));
    return { ...answer, body: bufferOf(answer.body) };
  }

  #take(event: PackagerEvent): void {
    switch (event.type) {
      case 'pcm':
        this.#taps.push({ atMs: event.atMs, samples: event.samples });
        return;
      case 'notice':
        this.#log.warn({ streamId: this.#streamId }, event.notice);
        return;
      case 'trouble':
        this.#log.warn({ streamId: this.#streamId, detail: event.detail }, 'packager could not use a message');
        return;
    }
  }

  #exited(): void {
    this.#gone = true;
    forgetFeed(this.feedAddress);
    this.#taps.end();
    this.#onExit(!this.#ending);
  }
}

/** Structured cloning turns buffers into plain byte arrays over the same memory. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
