/**
 * Stores messages many at a time: while one transaction runs, the next batch gathers. One transaction runs at once,
 * so `seq` grows in the order of commits and messages leave in that order. Whoever waits learns of success only
 * when the message is on disk, and of failure always.
 */
import type { Logger } from 'pino';
import type { Database } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import type { ChatMetrics } from './metrics.ts';
import type { MessageDraft, NewMessage } from './new-message.ts';
import type { Room, SentMessage } from './room.ts';
import { storeBatch } from './store-batch.ts';

const MAX_BATCH = 200;
const MAX_WAITING = 2000;

export interface GroupCommitOptions {
  readonly database: Database;
  readonly metrics: ChatMetrics;
  readonly logger: Logger;
  /** Reads a room again whose last commit failed: it may have succeeded all the same. Sends out what it finds. */
  readonly renew: (room: Room) => Promise<void>;
  /** Called after the acknowledgements were sent, in the order of `seq`. */
  readonly fanOut: (message: NewMessage) => void;
}

interface Waiting {
  readonly draft: MessageDraft;
  readonly resolve: (sent: SentMessage) => void;
  readonly reject: (error: unknown) => void;
}

export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #uncertain = new Set<Room>();
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  store(draft: MessageDraft): Promise<SentMessage> {
    if (this.#waiting.length >= MAX_WAITING) {
      this.#options.metrics.refusedByFullQueue.inc();
      throw new AppError('rate_limited', { detail: 'Too many messages wait to be stored.', retryAfterMs: 1000 });
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ draft, resolve, reject });
      this.#options.metrics.waiting.set(this.#waiting.length);
      this.#running ??= this.#run();
    });
  }

  /** Resolves when everything that waits now is stored or refused. */
  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // What arrives in the same turn of the event loop goes into the same batch.
    await nextTurn();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      this.#options.metrics.waiting.set(this.#waiting.length);
      await this.#storeAndSpread(batch);
    }
    this.#running = null;
  }

  async #storeAndSpread(batch: readonly Waiting[]): Promise<void> {
    const startedAt = performance.now();
    let messages: NewMessage[] = [];
    let sent: ReadonlyMap<string, SentMessage>;
    try {
      for (const room of new Set(batch.map(({ draft }) => draft.room))) {
        if (this.#uncertain.has(room)) await this.#options.renew(room);
        this.#uncertain.delete(room);
      }
      messages = batch.map(({ draft }) => ({ ...draft, seq: draft.room.nextSeq() }));
      sent = await this.#options.database.asSystem('chat messages of many authors in one transaction', (tx) =>
        storeBatch(tx, messages),
      );
    } catch (error) {
      for (const { draft } of batch) this.#uncertain.add(draft.room);
      await this.#fail(batch, error);
      return;
    }
    this.#options.metrics.batchSize.observe(batch.length);
    this.#options.metrics.commitSeconds.observe((performance.now() - startedAt) / 1000);
    for (const { draft, resolve } of batch) resolve(sent.get(draft.id) ?? { id: draft.id, status: draft.status });
    // Acknowledgements leave before the messages do.
    await nextTurn();
    for (const message of messages) {
      if (sent.get(message.id)?.id === message.id) this.#spread(message);
    }
  }

  /** One message that the database will not have must not take its neighbours with it. */
  async #fail(batch: readonly Waiting[], error: unknown): Promise<void> {
    const storageIsAway = error instanceof AppError && error.code === 'storage_unavailable';
    if (batch.length > 1 && !storageIsAway) {
      for (const waiting of batch) await this.#storeAndSpread([waiting]);
      return;
    }
    if (!storageIsAway) this.#options.logger.error({ err: error }, 'a chat message could not be stored');
    const refusal = new AppError('storage_unavailable', {
      detail: 'The message could not be stored; nothing was sent.',
      retryAfterMs: 1000,
      cause: error,
    });
    for (const { reject } of batch) reject(refusal);
  }

  #spread(message: NewMessage): void {
    this.#options.metrics.messages.inc({ status: message.status });
    try {
      this.#options.fanOut(message);
      this.#options.metrics.fanOutSeconds.observe((performance.now() - message.receivedAtMs) / 1000);
    } catch (error) {
      // It is on disk and acknowledged; the room's others get it by replay.
      this.#options.logger.error({ err: error }, 'a stored message could not be sent out');
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
