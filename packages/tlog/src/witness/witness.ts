/**
 * A witness, c2sp.org/tlog-witness: it remembers for each log the last checkpoint it cosigned, and cosigns the next one
 * only when that one is proven to extend it. Two people who trust the same witness can't be shown different histories.
 */
import { fromBase64 } from '../base64.ts';
import { type OpenedCheckpoint, openCheckpoint, parseCheckpoint } from '../checkpoint.ts';
import { cosign } from '../cosignature.ts';
import { MalformedError, UnverifiedError } from '../errors.ts';
import { HASH_BYTES, type Hash, sameHash } from '../hashing.ts';
import type { PrivateKey, PublicKey } from '../keys.ts';
import { parseNote } from '../note.ts';
import { verifyConsistency } from '../verify-proofs.ts';

/** Where a witness keeps what it cosigned last. One witness at a time may use a store. */
export interface WitnessStore {
  /** The note saved last for the log of this origin, null when there is none. */
  load(origin: string): Promise<string | null>;
  /** Resolves when the note is safe from a power cut. */
  save(origin: string, note: string): Promise<void>;
}

export interface WitnessOptions {
  readonly key: PrivateKey;
  /** The logs it serves, by origin; each with the keys that may sign for it. */
  readonly logs: ReadonlyMap<string, readonly PublicKey[]>;
  readonly store: WitnessStore;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** An answer of HTTP, without the HTTP. */
export interface WitnessAnswer {
  /**
   * 200 with cosignature lines · 400 malformed · 403 not signed by the log · 404 unknown log · 409 the old size is not
   * what was cosigned last (the body says what was), or the same size with another root · 422 the proof does not hold.
   */
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly body: string;
  readonly contentType: string;
}

const MAX_PROOF_LINES = 63;

export class Witness {
  readonly #options: WitnessOptions;
  /** By origin: what was asked last. Checking and saving are one step, or a slow request could undo a quick one. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(options: WitnessOptions) {
    if (options.key.kind !== 'cosignature') throw new RangeError('a witness needs a key for cosignatures');
    this.#options = options;
  }

  /** `body` as in a POST to `add-checkpoint`: old size, consistency proof, empty line, checkpoint. */
  async addCheckpoint(body: string): Promise<WitnessAnswer> {
    try {
      const request = parseRequest(body);
      const { origin } = parseCheckpoint(parseNote(request.note).text);
      const keys = this.#options.logs.get(origin);
      if (keys === undefined) return answer(404, 'this witness does not know the log\n');
      const opened = openCheckpoint(request.note, { origin, keys });
      const turn = (this.#turns.get(origin) ?? Promise.resolve()).then(() => this.#decide(request, opened, keys));
      this.#turns.set(
        origin,
        turn.catch(() => {}),
      );
      return await turn;
    } catch (error) {
      if (error instanceof MalformedError) return answer(400, `${error.message}\n`);
      if (error instanceof UnverifiedError) return answer(403, `${error.message}\n`);
      throw error;
    }
  }

  async #decide(
    { oldSize, proof, note }: AddCheckpoint,
    { checkpoint }: OpenedCheckpoint,
    keys: readonly PublicKey[],
  ): Promise<WitnessAnswer> {
    const { key, store, now = Date.now } = this.#options;
    if (oldSize > checkpoint.size) return answer(400, 'the old size is larger than the checkpoint\n');
    const saved = await store.load(checkpoint.origin);
    // Read without its signature: the log's key may have been replaced since, and the store is the witness's own.
    const last = saved === null ? null : parseCheckpoint(parseNote(saved).text);
    const lastSize = last?.size ?? 0;
    if (oldSize !== lastSize) return { status: 409, body: `${lastSize}\n`, contentType: 'text/x.tlog.size' };
    if (last !== null && last.size === checkpoint.size && !sameHash(last.root, checkpoint.root)) {
      return answer(409, 'another tree of this size was cosigned before: the log has forked\n');
    }
    const proven = last === null || lastSize === 0 ? proof.length === 0 : verifyConsistency(last, checkpoint, proof);
    if (!proven) return answer(422, 'the proof does not show that the checkpoint extends the last one\n');
    const line = cosign(note, key, Math.floor(now() / 1000));
    await store.save(checkpoint.origin, onlyOwnSignatures(note, keys));
    return answer(200, line);
  }
}

interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly Hash[];
  readonly note: string;
}

export function formatAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  const lines = [`old ${oldSize}`, ...proof.map((hash) => Buffer.from(hash).toString('base64'))];
  return `${lines.join('\n')}\n\n${note}`;
}

function parseRequest(body: string): AddCheckpoint {
  const split = body.indexOf('\n\n');
  const [first = '', ...proof] = body.slice(0, Math.max(split, 0)).split('\n');
  const [, digits] = /^old (0|[1-9]\d*)$/.exec(first) ?? [];
  const oldSize = Number(digits);
  if (split < 0 || !Number.isSafeInteger(oldSize))
    throw new MalformedError('the request does not begin with an old size');
  if (proof.length > MAX_PROOF_LINES) throw new MalformedError('the proof has too many hashes');
  return {
    oldSize,
    proof: proof.map((line) => fromBase64(line, 'a hash of the proof', HASH_BYTES)),
    note: body.slice(split + 2),
  };
}

/** What is kept: the log's own word, without lines that anyone could have added. */
function onlyOwnSignatures(note: string, keys: readonly PublicKey[]): string {
  const { text, signatures } = parseNote(note);
  const lines = note.slice(text.length + 1).split('\n');
  const own = lines.filter((_, n) =>
    keys.some(({ name, id }) => name === signatures[n]?.name && id === signatures[n]?.keyId),
  );
  return `${text}\n${own.join('\n')}\n`;
}

function answer(status: WitnessAnswer['status'], body: string): WitnessAnswer {
  return { status, body, contentType: 'text/plain; charset=utf-8' };
}
