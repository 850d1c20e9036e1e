/** The running log of one server: wakes the sequencer, and knows how the log stands. */
import path from 'node:path';
import type { Pool } from 'pg';
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../../clock.ts';
import { dataSecret } from '../../data-secret.ts';
import type { DatabaseHandle, StoreLogger } from '../../db/index.ts';
import { KeyRing } from './key-ring.ts';
import { logNaming } from './open-log.ts';
import type { Wrapping } from './person-keys.ts';
import { PublishedCheckpoint } from './published.ts';
import { Sequencer } from './sequencer.ts';
import { Witness } from './witness.ts';

export interface AuditLogOptions {
  readonly handle: Pick<DatabaseHandle, 'database' | 'onCommit'> & { readonly systemPool: Pool };
  readonly clock: Clock;
  readonly logger: StoreLogger;
  readonly registry: Registry;
  /** The log's keys and its last published checkpoint are kept under it, in `audit`. */
  readonly dataFolder: string;
  readonly publicUrl: string;
  /** Somebody else who signs what they have seen; null: nobody was asked. */
  readonly witness: { readonly url: string; readonly key: string } | null;
}

/** How long the first entry after a pause waits for company. */
const LINGER_MS = 50;
/** From one run to the next while entries keep coming: each costs a commit and a file on disk. */
const BETWEEN_RUNS_MS = 200;
/** Entries of other processes wake nobody here. */
const POLL_MS = 1_000;

export class AuditLog {
  readonly handle: AuditLogOptions['handle'];
  readonly clock: Clock;
  readonly ring: KeyRing;
  readonly published: PublishedCheckpoint;
  readonly wrapping: Wrapping;
  readonly sequencer: Sequencer;
  readonly naming: () => string;
  readonly witness: Witness | null;
  readonly #logger: StoreLogger;
  #timer: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #running: Promise<number> | undefined;
  #forget: (() => void) | undefined;
  #again = false;
  #ranAt = Number.NEGATIVE_INFINITY;
  #isStarted = false;

  static async open(options: AuditLogOptions): Promise<AuditLog> {
    const folder = path.join(options.dataFolder, 'audit');
    const wrapping: Wrapping = {
      kek: Buffer.from(await dataSecret(folder, 'person-key-secret'), 'base64url'),
      holdKey: Buffer.from(await dataSecret(folder, 'hold-key-secret'), 'base64url'),
    };
    return new AuditLog(options, folder, wrapping);
  }

  private constructor(options: AuditLogOptions, folder: string, wrapping: Wrapping) {
    this.handle = options.handle;
    this.clock = options.clock;
    this.wrapping = wrapping;
    this.ring = new KeyRing(folder);
    this.published = new PublishedCheckpoint(folder);
    this.naming = logNaming(options.publicUrl);
    this.#logger = options.logger;
    const metrics = logMetrics(options.registry, () => this.sequencer.refusal !== null);
    this.sequencer = new Sequencer({
      pool: options.handle.systemPool,
      clock: options.clock,
      logger: options.logger,
      wrapping,
      ring: this.ring,
      published: this.published,
      naming: this.naming,
      onBatch: (entries, oldestMs) => {
        metrics.batch.observe(entries);
        metrics.lag.observe(oldestMs / 1_000);
      },
      onPublished: (size) => {
        metrics.size.set(size);
        this.witness?.wake();
      },
    });
    this.witness = options.witness === null ? null : new Witness(options.witness, this, options.logger);
  }

  /** Asks the witness first: it may know of more than a restored data folder does. */
  async start(): Promise<void> {
    await this.witness?.ask();
    this.#isStarted = true;
    this.#forget = this.handle.onCommit((commits) => {
      if (commits.some((commit) => commit.kind === 'audited')) this.wake();
    });
    this.#poll = setInterval(() => this.wake(), POLL_MS);
    this.#poll.unref();
    this.wake();
  }

  wake(): void {
    if (!this.#isStarted || this.#timer !== undefined) return;
    const waitMs = Math.max(LINGER_MS, BETWEEN_RUNS_MS - (performance.now() - this.#ranAt));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#run().catch((err: unknown) =>
        this.#logger.warn({ err }, 'the audit log will be written a little later'),
      );
    }, waitMs);
  }

  /** For /ready: rejects while the log takes no new entries. */
  async check(): Promise<void> {
    const { refusal } = this.sequencer;
    if (refusal !== null) throw new Error(`the audit log refuses: ${refusal.reason}`);
  }

  /** Everything recorded so far is in the log and published; or the log refuses. */
  async settle(): Promise<void> {
    await this.#running?.catch(() => undefined);
    while ((await this.#run()) > 0);
  }

  /** Writes what still waits. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#forget?.();
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    await this.witness?.stop();
    await this.settle().catch((err: unknown) => this.#logger.warn({ err }, 'the audit log goes on at the next start'));
  }

  /** Asked for while it runs, it runs once more: what was recorded in between is not kept waiting. */
  #run(): Promise<number> {
    if (this.#running !== undefined) this.#again = true;
    this.#running ??= this.sequencer.run().finally(() => {
      this.#running = undefined;
      this.#ranAt = performance.now();
      if (this.#again) this.wake();
      this.#again = false;
    });
    return this.#running;
  }
}

function logMetrics(registry: Registry, isRefusing: () => boolean) {
  const registers = [registry];
  return {
    size: new Gauge({ name: 'virgil_audit_log_size', help: 'Entries under the last published checkpoint.', registers }),
    refusing: new Gauge({
      name: 'virgil_audit_log_refusing',
      help: '1 while the log takes no new entries and waits for an admin.',
      registers,
      collect() {
        this.set(isRefusing() ? 1 : 0);
      },
    }),
    batch: new Histogram({
      name: 'virgil_audit_batch_entries',
      help: 'Entries of one commit of the audit log.',
      buckets: [1, 5, 20, 100, 250, 500],
      registers,
    }),
    lag: new Histogram({
      name: 'virgil_audit_lag_seconds',
      help: 'From the oldest act of a batch to its place in the log.',
      buckets: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 30],
      registers,
    }),
  };
}
