/**
 * Stores messages many at a time: while one transaction runs, the next batch gathers. One transaction runs at once,
 * so `seq` grows in the order of commits and messages leave in that order. Whoever waits learns of success only
 * when the message is on disk, and of failure always.
 */
import type { ChatMessage, MessageId } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Database, Tx } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import { signalLine } from './line-signal.ts';
import type { ChatMetrics } from './metrics.ts';
import type { MessageDraft, NewMessage } from './new-message.ts';
import type { Room, SentMessage } from './room.ts';
import { placeLine } from './store.ts';
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
  /** The same for a line that was given a new place. */
  readonly spread: (room: Room, line: ChatMessage) => void;
}

/** A message to be stored, or a stored line to be given its new place. */
type Work =
  | {
      readonly kind: 'message';
      readonly room: Room;
      readonly draft: MessageDraft;
      readonly resolve: (sent: SentMessage) => void;
      readonly reject: (error: unknown) => void;
    }
  | {
      readonly kind: 'line';
      readonly room: Room;
      readonly id: MessageId;
      readonly resolve: () => void;
      readonly reject: (error: unknown) => void;
    };

export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #uncertain = new Set<Room>();
  #waiting: Work[] = [];
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
      this.#add({ kind: 'message', room: draft.room, draft, resolve, reject });
    });
  }

  /** A line that is shown (again) is told at its turn. Resolves when it has its place, also if it had it before. */
  place(room: Room, id: MessageId): Promise<void> {
    return new Promise((resolve, reject) => this.#add({ kind: 'line', room, id, resolve, reject }));
  }

  #add(work: Work): void {
    this.#waiting.push(work);
    this.#options.metrics.waiting.set(this.#waiting.length);
    this.#running ??= this.#run();
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

  async #storeAndSpread(batch: readonly Work[]): Promise<void> {
    const startedAt = performance.now();
    let given: readonly Given[] = [];
    let stored: StoredBatch;
    try {
      for (const room of new Set(batch.map((work) => work.room))) {
        if (this.#uncertain.has(room)) await this.#options.renew(room);
        this.#uncertain.delete(room);
      }
      given = batch.map((work) => ({ work, seq: work.room.nextSeq() }));
      stored = await this.#options.database.asSystem('chat messages of many authors in one transaction', (tx) =>
        storeAll(tx, given),
      );
    } catch (error) {
      for (const { room } of batch) this.#uncertain.add(room);
      await this.#fail(batch, error);
      return;
    }
    this.#options.metrics.batchSize.observe(batch.length);
    this.#options.metrics.commitSeconds.observe((performance.now() - startedAt) / 1000);
    for (const work of batch) {
      if (work.kind === 'line') work.resolve();
      else work.resolve(stored.became.get(work.draft.id) ?? { id: work.draft.id, status: work.draft.status });
    }
    // Acknowledgements leave before the messages do.
    await nextTurn();
    for (const { seq, work } of given) {
      if (work.kind === 'message') {
        if (stored.became.get(work.draft.id)?.id === work.draft.id) this.#spread({ ...work.draft, seq });
        continue;
      }
      const line = stored.placed.get(work.id);
      if (line !== undefined) this.#attempt(() => this.#options.spread(work.room, line));
    }
  }

  /** One message that the database will not have must not take its neighbours with it. */
  async #fail(batch: readonly Work[], error: unknown): Promise<void> {
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
    this.#attempt(() => {
      this.#options.fanOut(message);
      this.#options.metrics.fanOutSeconds.observe((performance.now() - message.receivedAtMs) / 1000);
    });
  }

  #attempt(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      // It is on disk and acknowledged; the room's others get it by replay.
      this.#options.logger.error({ err: error }, 'a stored message could not be sent out');
    }
  }
}

interface Given {
  readonly work: Work;
  /** The place in its room, in the order of commits. */
  readonly seq: number;
}

interface StoredBatch {
  readonly became: Awaited<ReturnType<typeof storeBatch>>;
  /** Lines that were given their place just now. */
  readonly placed: ReadonlyMap<MessageId, ChatMessage>;
}

async function storeAll(tx: Tx, given: readonly Given[]): Promise<StoredBatch> {
  const messages = given.flatMap(({ seq, work }) => (work.kind === 'message' ? [{ ...work.draft, seq }] : []));
  const became: StoredBatch['became'] = messages.length > 0 ? await storeBatch(tx, messages) : new Map();
  const placed = new Map<MessageId, ChatMessage>();
  for (const { seq, work } of given) {
    const line = work.kind === 'line' ? await placeLine(tx, work.id, seq) : null;
    if (line === null) continue;
    placed.set(line.id, line);
    await signalLine(tx, { streamId: line.streamId, messageId: line.id });
  }
  return { became, placed };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
