/**
 * Keeps a stream's stored media state and received time in step with the engine. Events of the engine only say "look
 * again"; what is written is what the engine then shows, so that a lost or repeated event does no harm. Media liveness
 * is on real time; the moments written are the product clock's.
 */
import type { MediaState, StreamId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { schedule } from '../../jobs/index.ts';
import type { MediaEvent, RoomStats } from '../../media/engine.ts';
import type { LivestreamDeps } from './deps.ts';
import { statsOf } from './describe-livestream.ts';
import { livestreamEvent } from './events.ts';
import { endWithoutMediaJob, tellFollowersJob } from './job-kinds.ts';
import { INTERRUPTION_LIMIT_MS, nextMediaState } from './policy.ts';
import { lockStream, raiseMediaMs, type Stream, updateStream } from './store.ts';
import { tellViewers } from './tell-viewers.ts';

/** How far the stored time may lag behind. Real time. */
const LOOK_EVERY_MS = 5_000;

export class MediaWatch {
  readonly #deps: LivestreamDeps;
  /** One look at a stream at a time; a second request while one runs is one more look, not many. */
  readonly #looks = new Map<StreamId, { running: Promise<void>; again: boolean }>();
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(deps: LivestreamDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#unsubscribe = this.#deps.engine.on((event) => this.#hear(event));
    this.#timer = setInterval(() => {
      for (const { id } of this.#deps.active.all()) void this.look(id);
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    clearInterval(this.#timer);
    await Promise.all([...this.#looks.values()].map(({ running }) => running));
  }

  /** Never rejects: a failure is logged and the next look repairs it. */
  look(id: StreamId): Promise<void> {
    const current = this.#looks.get(id);
    if (current !== undefined) {
      current.again = true;
      return current.running;
    }
    const state = { running: Promise.resolve(), again: false };
    state.running = this.#lookUntilQuiet(id, state);
    this.#looks.set(id, state);
    return state.running;
  }

  async #lookUntilQuiet(id: StreamId, state: { again: boolean }): Promise<void> {
    try {
      do {
        state.again = false;
        await this.#lookOnce(id);
      } while (state.again);
    } catch (error) {
      this.#deps.logger.warn({ err: error, streamId: id }, 'the media state could not be stored');
    } finally {
      this.#looks.delete(id);
    }
  }

  async #lookOnce(id: StreamId): Promise<void> {
    const stream = this.#deps.active.get(id);
    const stats = stream === null ? null : await statsOf(this.#deps, id);
    if (stream === null || stats === null) return;
    await this.#store(id, stats, stream.mediaMs + Math.floor(stats.receivedMs));
  }

  async #store(id: StreamId, stats: RoomStats, mediaMs: number): Promise<void> {
    const { clock, database } = this.#deps;
    await database.asSystem('store what the media engine saw', async (tx) => {
      const stream = await lockStream(tx, id);
      if (stream === null || !stream.isActive) return;
      const mediaState = nextMediaState(stream.mediaState, stats.state);
      if (mediaState === stream.mediaState) {
        if (mediaMs > stream.mediaMs) await raiseMediaMs(tx, id, mediaMs);
        return;
      }
      const at = clock.now();
      const received = Math.max(mediaMs, stream.mediaMs);
      if (mediaState === 'interrupted') await interrupt(tx, stream, received, at);
      else await changeState(tx, stream, mediaState, received, at);
      // A creator who is only trying things out has no audience to call yet: the first picture calls it.
      if (stream.mediaState === 'waiting') await schedule(tx, tellFollowersJob(id, '', at));
    });
  }

  #hear(event: MediaEvent): void {
    switch (event.type) {
      case 'publish.started':
      case 'publish.interrupted':
        void this.look(event.streamId);
        return;
      case 'engine.restarted':
        for (const id of event.streamIds) void this.#reconnect(id);
        return;
      case 'engine.degraded':
        this.#deps.logger.warn({ detail: event.detail }, 'the media engine is degraded');
        return;
      case 'recording.ready':
      case 'viewer.joined':
      case 'viewer.left':
        return;
    }
  }

  async #reconnect(id: StreamId): Promise<void> {
    await this.look(id);
    try {
      await tellViewers(this.#deps, id, true);
    } catch (error) {
      this.#deps.logger.warn({ err: error, streamId: id }, 'viewers were not told to open the media again');
    }
  }
}

/** Media stopped: from here the publisher has five minutes. */
export async function interrupt(tx: Tx, stream: Stream, mediaMs: number, at: Date): Promise<void> {
  await changeState(tx, stream, 'interrupted', mediaMs, at);
  await schedule(tx, endWithoutMediaJob(stream.id as StreamId, new Date(at.getTime() + INTERRUPTION_LIMIT_MS)));
}

async function changeState(tx: Tx, stream: Stream, mediaState: MediaState, mediaMs: number, at: Date): Promise<void> {
  await updateStream(tx, stream.id, { mediaState, mediaMs, lastMediaAt: at, updatedAt: at });
  await announce(tx, livestreamEvent('livestream.mediaChanged', stream, at));
}
