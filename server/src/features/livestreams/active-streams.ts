/**
 * What runs now, in memory: the engine asks for stream keys synchronously, and segments ask many times a second.
 * The database is the truth; this follows it by events and is filled from it at start.
 */
import type { ChannelId, StreamId } from '@virgil/contract';
import type { MediaEngine } from '../../media/engine.ts';
import type { ActiveStream } from './store.ts';

export class ActiveStreams {
  readonly #engine: MediaEngine;
  readonly #byId = new Map<StreamId, ActiveStream>();
  readonly #byKey = new Map<string, StreamId>();

  constructor(engine: MediaEngine) {
    this.#engine = engine;
    engine.setStreamKeyLookup((key) => this.#byKey.get(key) ?? null);
  }

  get(id: StreamId): ActiveStream | null {
    return this.#byId.get(id) ?? null;
  }

  all(): readonly ActiveStream[] {
    return [...this.#byId.values()];
  }

  /** Remembers a running stream and makes room for it in the engine. Idempotent. */
  async open(stream: ActiveStream): Promise<void> {
    // What was counted before the room opened stays: the engine counts from here.
    if (!this.#byId.has(stream.id)) this.#byId.set(stream.id, stream);
    this.#setKey(stream.id, stream.streamKey);
    await this.#engine.open({ streamId: stream.id, record: stream.record });
  }

  /**
   * The old key stops working, and whoever publishes is put out: the engine does not know by which key they came, and
   * encoders with the right one come back by themselves.
   */
  async changeKey(channelId: ChannelId, streamKey: string | null): Promise<void> {
    for (const stream of this.all()) {
      if (stream.channelId !== channelId) continue;
      // Here too, or the next `open` would bring the old key back.
      this.#byId.set(stream.id, { ...stream, streamKey });
      this.#setKey(stream.id, streamKey);
      await this.#engine.unpublish(stream.id);
    }
  }

  /** Forgets the stream first, so that nobody opens the room again, then cuts everybody. Idempotent. */
  async close(id: StreamId): Promise<void> {
    this.#byId.delete(id);
    this.#setKey(id, null);
    await this.#engine.close(id);
  }

  #setKey(id: StreamId, streamKey: string | null): void {
    for (const [key, streamId] of this.#byKey) if (streamId === id) this.#byKey.delete(key);
    if (streamKey !== null) this.#byKey.set(streamKey, id);
  }
}
