/** One open stream of an embedded engine, and clients that end with it. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StreamId, streamId as streamIdSchema } from '@virgil/contract';
import { createEmbeddedMedia, type EmbeddedMediaOptions } from '../../src/media/embedded/index.ts';
import { EmbeddedMediaEngine } from '../../src/media/embedded/supervisor.ts';
import { RtpPublisher, type RtpPublisherOptions } from './rtp-publisher.ts';
import { WhepViewer, type WhepViewerOptions } from './whep-viewer.ts';

export const quietLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const withoutPackager = {
  forkPackager: null,
  packagerCapabilities: async () => ({ aac: false, recording: false, thumbnails: false, pcmTap: false, missing: [] }),
  startRtmpIngest: null,
};

/** An engine on this machine alone, on free ports; `stop` also removes its folder. */
export async function startMedia(
  options: Partial<EmbeddedMediaOptions> = {},
  { packager = true }: { packager?: boolean } = {},
): Promise<{ engine: EmbeddedMediaEngine; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'virgil-media-'));
  const local = { host: '127.0.0.1', udpPort: 0, announcedIp: null, workers: 1, rtmpPort: null, folder, log: quietLog };
  const chosen = { ...local, ...options };
  // Forwarding alone starts faster: a packager is a process for each stream.
  const engine = packager ? createEmbeddedMedia(chosen) : new EmbeddedMediaEngine(chosen, withoutPackager);
  const stop = async (): Promise<void> => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await engine.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { engine, stop };
}

export class MediaRoom {
  readonly engine: EmbeddedMediaEngine;
  readonly streamId: StreamId = streamIdSchema.parse(randomUUID());
  readonly #clients = new Set<{ close(): void }>();

  constructor(engine: EmbeddedMediaEngine) {
    this.engine = engine;
  }

  static async open(engine: EmbeddedMediaEngine, record = false): Promise<MediaRoom> {
    const room = new MediaRoom(engine);
    await engine.open({ streamId: room.streamId, record });
    return room;
  }

  async publisher(options: RtpPublisherOptions = {}): Promise<RtpPublisher & { resourceId: string }> {
    const publisher = Object.assign(new RtpPublisher(options), { resourceId: '' });
    this.#clients.add(publisher);
    await publisher.publish(async (offer) => {
      const { resourceId, answer } = await this.engine.publish(this.streamId, offer);
      publisher.resourceId = resourceId;
      return answer;
    });
    return publisher;
  }

  async viewer(options: WhepViewerOptions & { identity?: string } = {}): Promise<WhepViewer & { resourceId: string }> {
    const { identity = 'viewer', ...rest } = options;
    const viewer = Object.assign(new WhepViewer(rest), { resourceId: '' });
    this.#clients.add(viewer);
    await viewer.watch(async (offer) => {
      const { resourceId, answer } = await this.engine.watch(this.streamId, offer, { identity });
      viewer.resourceId = resourceId;
      return answer;
    });
    return viewer;
  }

  /** Ends the clients and the stream, not the engine. */
  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    this.#clients.clear();
    await this.engine.close(this.streamId);
  }
}
