/** The proof that an entry is in the log, against the checkpoint that was published last. */
import type { audit } from '@virgil/contract';
import { consistencyProof, inclusionProof, TreeReader } from 'virgil-tlog';
import type { Tx } from '../../db/database.ts';
import type { LogSigner } from './key-ring.ts';
import type { Published } from './published.ts';
import { tileReader } from './tree-store.ts';

/** Proofs of many entries under one checkpoint; tiles are read once. */
export class Prover {
  readonly #tree: TreeReader;
  readonly #published: Published;
  readonly #signer: LogSigner;

  constructor(tx: Tx, published: Published, signer: LogSigner) {
    this.#tree = new TreeReader(published.size, tileReader(tx, published.log));
    this.#published = published;
    this.#signer = signer;
  }

  /** Null when the checkpoint does not cover it: the log is another one, or it is a moment too young. */
  async prove(
    { log, seq }: { readonly log: number; readonly seq: number },
    since?: number,
  ): Promise<audit.AuditProof | null> {
    const { note, origin, size } = this.#published;
    if (log !== this.#published.log || seq >= size || note === null) return null;
    const hashes = await inclusionProof(seq, this.#tree);
    return {
      index: seq,
      hashes: hashes.map(base64),
      checkpoint: note,
      size,
      origin,
      keys: this.#signer.keys.map(({ verifier }) => verifier),
      consistency: since === undefined || since > size ? null : { size: since, hashes: await this.#consistency(since) },
    };
  }

  async #consistency(since: number): Promise<string[]> {
    return (await consistencyProof(since, this.#tree)).map(base64);
  }
}

const base64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');
