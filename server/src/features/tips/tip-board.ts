/** The newest tips of streams that are watched, in memory: what a room shows to whoever enters. */
import type { StreamId, Tip, UserId } from '@virgil/contract';
import { type TipReader, tipFor } from './policy.ts';

export const TIPS_ON_JOIN = 50;
const STREAMS_KEPT = 500;

export class TipBoard {
  readonly #read: (streamId: StreamId) => Promise<Tip[]>;
  /** By stream, the one used longest ago first; tips oldest first. */
  readonly #streams = new Map<StreamId, Tip[]>();
  readonly #loading = new Map<StreamId, Promise<void>>();

  /** `read`: the newest tips from the database, oldest first. */
  constructor(read: (streamId: StreamId) => Promise<Tip[]>) {
    this.#read = read;
  }

  async load(streamId: StreamId): Promise<void> {
    if (this.#streams.has(streamId)) return;
    let loading = this.#loading.get(streamId);
    if (loading === undefined) {
      loading = this.#fill(streamId).finally(() => this.#loading.delete(streamId));
      this.#loading.set(streamId, loading);
    }
    await loading;
  }

  async #fill(streamId: StreamId): Promise<void> {
    this.#streams.set(streamId, await this.#read(streamId));
    while (this.#streams.size > STREAMS_KEPT) {
      const oldest = this.#streams.keys().next();
      if (!oldest.done) this.#streams.delete(oldest.value);
    }
  }

  /** Oldest first; nothing before `load`. */
  recent(streamId: StreamId, reader: TipReader): Tip[] {
    return (this.#streams.get(streamId) ?? []).map((tip) => tipFor(tip, reader));
  }

  /** New, or with other words than before. One that is being loaded may have read what was before, and is put right. */
  async put(tip: Tip): Promise<void> {
    await this.#loading.get(tip.streamId)?.catch(() => undefined);
    const known = this.#streams.get(tip.streamId);
    if (known === undefined) return;
    const rest = known.filter(({ id }) => id !== tip.id);
    this.#streams.set(
      tip.streamId,
      [...rest, tip].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).slice(-TIPS_ON_JOIN),
    );
  }

  forget(streamId: StreamId): void {
    this.#streams.delete(streamId);
  }

  /** Streams on which this person tipped are read again: what is left of them is what the database still says. */
  async forgetPerson(userId: UserId): Promise<void> {
    await Promise.allSettled(this.#loading.values());
    for (const [streamId, tips] of this.#streams) {
      if (tips.some((tip) => tip.userId === userId)) this.#streams.delete(streamId);
    }
  }
}
