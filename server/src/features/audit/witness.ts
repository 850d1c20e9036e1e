/**
 * Somebody outside who signs the checkpoints they have seen, and never two that contradict each other (C2SP tlog-witness).
 * Asked after each publication and at every start: when they have seen more than this server knows of, it was restored,
 * and signs nothing more.
 */
import { addCosignatures, consistencyProof, type PublicKey, parseNote, parseVerifier, TreeReader } from 'virgil-tlog';
import type { Clock } from '../../clock.ts';
import type { Database, StoreLogger } from '../../db/index.ts';
import type { PublishedCheckpoint } from './published.ts';
import type { Sequencer } from './sequencer.ts';
import { tileReader } from './tree-store.ts';

interface WitnessedLog {
  readonly handle: { readonly database: Database };
  readonly clock: Clock;
  readonly published: PublishedCheckpoint;
  readonly sequencer: Pick<Sequencer, 'refuse'>;
}

const ANSWER_MS = 5_000;
/** Between two questions; a witness need not see every checkpoint. */
const PAUSE_MS = 1_000;
const AGAIN_MS = 30_000;

export class Witness {
  readonly #url: string;
  readonly #key: PublicKey;
  readonly #log: WitnessedLog;
  readonly #logger: StoreLogger;
  /** The size it has seen, as far as known; null before its first answer. */
  #seen: number | null = null;
  #cosigned: string | null = null;
  #at: Date | null = null;
  #problem: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #asking: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: { readonly url: string; readonly key: string }, log: WitnessedLog, logger: StoreLogger) {
    this.#url = options.url.replace(/\/+$/, '');
    this.#key = parseVerifier(options.key);
    this.#log = log;
    this.#logger = logger;
  }

  state(): { name: string; size: number; at: string | null; problem: string | null } {
    return { name: this.#key.name, size: this.#seen ?? 0, at: this.#at?.toISOString() ?? null, problem: this.#problem };
  }

  /** The note with the witness's signature, when it has signed this very one. */
  cosigned(note: string): string | null {
    return this.#cosigned?.startsWith(note) ? this.#cosigned : null;
  }

  wake(afterMs = PAUSE_MS): void {
    if (this.#isStopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.ask();
    }, afterMs);
    this.#timer.unref();
  }

  /** Never throws: a witness that is away delays nothing but its own signature. */
  async ask(): Promise<void> {
    this.#asking ??= this.#ask()
      .then(() => {
        this.#problem = null;
      })
      .catch((error: unknown) => {
        this.#problem = error instanceof Error ? error.message : String(error);
        this.#logger.warn({ err: error, witness: this.#key.name }, 'the witness of the audit log gave no signature');
        this.wake(AGAIN_MS);
      })
      .finally(() => {
        this.#asking = undefined;
      });
    await this.#asking;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#asking;
  }

  async #ask(): Promise<void> {
    const published = await this.#log.published.read();
    if (published?.note == null) return;
    const { log, note, size } = published;
    for (let attempt = 0; attempt < 3; attempt++) {
      const known = this.#seen ?? 0;
      if (known > size) {
        // Another node may have published, and asked, since this one looked.
        const now = await this.#log.published.read();
        if (now !== null && now.log === log && now.size >= known) return this.wake();
        this.#log.sequencer.refuse({ reason: 'witness_ahead', publishedSize: known, localSize: size });
        throw new Error(`it has seen ${known} entries, this server published ${size}`);
      }
      const proof = await this.#log.handle.database.asSystem('a consistency proof for the witness', (tx) =>
        consistencyProof(known, new TreeReader(size, tileReader(tx, log))),
      );
      const lines = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('');
      const answer = await fetch(`${this.#url}/add-checkpoint`, {
        method: 'POST',
        body: `old ${known}\n${lines}\n${note}`,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = await answer.text();
      if (answer.status === 409 && /^\d+\n?$/.test(text)) {
        // It has seen another size than we thought: now we know.
        this.#seen = Number(text);
        continue;
      }
      if (answer.status === 422 || answer.status === 409) {
        this.#log.sequencer.refuse({ reason: 'witness_forked', publishedSize: known, localSize: size });
        throw new Error(`what it has signed is no beginning of this log: ${text.trim().slice(0, 200)}`);
      }
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
      const cosigned = addCosignatures(note, text, [this.#key]);
      if (parseNote(cosigned).signatures.length <= parseNote(note).signatures.length) {
        throw new Error('its answer holds no signature of its key');
      }
      this.#seen = size;
      this.#cosigned = cosigned;
      this.#at = this.#log.clock.now();
      return;
    }
    throw new Error('it contradicts itself about what it has seen');
  }
}
