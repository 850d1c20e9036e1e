/** Hands PCM from one packager to whoever listens. A listener that does not keep up loses the oldest. */
import type { PcmChunk } from '../../engine.ts';

/** About ten seconds. */
const maxQueued = 500;

interface Listener {
  readonly queue: PcmChunk[];
  wake: () => void;
  over: boolean;
}

export class PcmTaps {
  readonly #listeners = new Set<Listener>();
  readonly #onNeeded: (needed: boolean) => void;

  constructor(onNeeded: (needed: boolean) => void) {
    this.#onNeeded = onNeeded;
  }

  push(chunk: PcmChunk): void {
    for (const listener of this.#listeners) {
      listener.queue.push(chunk);
      if (listener.queue.length > maxQueued) listener.queue.shift();
      listener.wake();
    }
  }

  /** The stream is over. */
  end(): void {
    for (const listener of this.#listeners) {
      listener.over = true;
      listener.wake();
    }
    this.#listeners.clear();
  }

  async *listen(signal: AbortSignal): AsyncGenerator<PcmChunk> {
    const listener: Listener = { queue: [], wake: () => {}, over: signal.aborted };
    const stop = (): void => {
      listener.over = true;
      listener.wake();
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#onNeeded(true);
    try {
      while (!listener.over) {
        const chunk = listener.queue.shift();
        if (chunk !== undefined) {
          yield chunk;
          continue;
        }
        await new Promise<void>((resolve) => {
          listener.wake = resolve;
        });
      }
    } finally {
      signal.removeEventListener('abort', stop);
      const listened = this.#listeners.delete(listener);
      if (listened && this.#listeners.size === 0) this.#onNeeded(false);
    }
  }
}
