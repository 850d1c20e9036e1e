import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamId as streamIdSchema } from '@virgil/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { quietLog } from '../../../test/kit/media-room.ts';
import type { PackagerHandle } from './parts.ts';
import { StreamPackager } from './stream-packager.ts';

/** Milliseconds; more than a second, which a busy machine may take. */
const PATIENCE = 10_000;

const streamId = streamIdSchema.parse('stream-1');

class PretendedPackager implements PackagerHandle {
  readonly feedAddress: string;
  finished = false;
  killed = false;
  #exit: (unexpected: boolean) => void = () => {};
  constructor(feedAddress: string) {
    this.feedAddress = feedAddress;
  }
  async hls() {
    return { status: 200 as const, contentType: 'text/plain', maxAgeSeconds: 0, body: Buffer.alloc(0) };
  }
  async thumbnails() {
    return [];
  }
  async clip() {
    return { bytes: Buffer.alloc(0), durationMs: 0, sha256: '' };
  }
  async stats() {
    return { hlsViewers: 0, audioCodecs: [], notice: null };
  }
  async *tapAudio() {
    yield { atMs: 0, samples: Int16Array.of(Number(this.feedAddress)) };
  }
  async finish() {
    this.finished = true;
    return { streamId, path: '/x.mp4', thumbnailPath: null, durationMs: 1, sizeBytes: 1 };
  }
  kill(): void {
    this.killed = true;
  }
  onExit(listener: (unexpected: boolean) => void): void {
    this.#exit = listener;
  }
  die(): void {
    this.#exit(true);
  }
}

describe('the packager of a stream', () => {
  let folder: string;
  let forked: PretendedPackager[];
  const ready = vi.fn();
  const givenUp = vi.fn();
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'virgil-packager-'));
    forked = [];
    vi.clearAllMocks();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const build = (record = true): StreamPackager => {
    const fork = async (): Promise<PackagerHandle> => {
      const packager = new PretendedPackager(String(forked.length));
      forked.push(packager);
      return packager;
    };
    return new StreamPackager(fork, { streamId, record, folder, log: quietLog }, { ready, givenUp });
  };

  it('is forked once, however often media starts', async () => {
    const packager = build();
    packager.start();
    packager.start();
    await vi.waitFor(() => expect(ready).toHaveBeenCalledWith('0'), PATIENCE);
    packager.start();
    expect(forked).toHaveLength(1);
  });

  it('is replaced when it dies, and a listener hears the next one', async () => {
    const packager = build();
    packager.start();
    await vi.waitFor(() => expect(ready).toHaveBeenCalledWith('0'), PATIENCE);
    const heard: number[] = [];
    const listening = (async () => {
      for await (const chunk of packager.tapAudio(new AbortController().signal)) heard.push(chunk.samples[0] ?? -1);
    })();
    await vi.waitFor(() => expect(heard).toEqual([0]), PATIENCE);
    forked[0]?.die();
    await vi.waitFor(() => expect(heard).toEqual([0, 1]), PATIENCE);
    expect(packager.handle).toBe(forked[1]);
    await packager.finish();
    await listening;
  });

  it('lets a player wait while it is being forked, but not before the first media', async () => {
    const packager = build();
    expect(await packager.whenRunning(undefined)).toBeNull();
    packager.start();
    expect(packager.handle).toBeNull();
    expect(await packager.whenRunning(undefined)).toBe(forked[0]);
    expect(await packager.whenRunning(AbortSignal.abort())).toBe(forked[0]);
    await packager.finish();
  });

  it('is left alone when it keeps dying', { timeout: 20_000 }, async () => {
    const packager = build();
    packager.start();
    for (let death = 0; death < 5; death += 1) {
      await vi.waitFor(() => expect(forked).toHaveLength(death + 1), { timeout: 5_000 });
      await vi.waitFor(() => expect(packager.handle).toBe(forked[death]), PATIENCE);
      forked[death]?.die();
    }
    await vi.waitFor(() => expect(givenUp).toHaveBeenCalledOnce(), PATIENCE);
    expect(packager.handle).toBeNull();
  });

  it('finishes what a server before this one left behind', async () => {
    writeFileSync(join(folder, 'part.mp4'), 'media');
    expect(await build().finish()).toMatchObject({ path: '/x.mp4' });
    expect(forked).toHaveLength(1);
  });

  it('has nothing to finish where there was no media', async () => {
    expect(await build().finish()).toBeNull();
    expect(forked).toHaveLength(0);
  });
});
