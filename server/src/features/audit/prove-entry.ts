/** The proof that an entry is in the log, against the checkpoint that was published last of it. */
import type { audit } from '@virgil/contract';
import { consistencyProof, inclusionProof, leafHash, TreeReader, verifyInclusion } from 'virgil-tlog';
import type { Tx } from '../../db/database.ts';
import type { AuditLog } from './audit-log.ts';
import type { LogSigner } from './key-ring.ts';
import type { Published } from './published.ts';
import { tileReader } from './tree-store.ts';

interface ProvableLog {
  readonly published: Published;
  readonly signer: LogSigner;
  readonly tree: TreeReader;
}

/** Proofs of many entries; of each log its tiles, keys and checkpoint are read once. */
export class Prover {
  readonly #tx: Tx;
  readonly #source: Pick<AuditLog, 'published' | 'ring'>;
  readonly #logs = new Map<number, Promise<ProvableLog | null>>();

  constructor(tx: Tx, source: Pick<AuditLog, 'published' | 'ring'>) {
    this.#tx = tx;
    this.#source = source;
  }

  async signerOf(log: number): Promise<LogSigner | null> {
    return (await this.#log(log))?.signer ?? null;
  }

  /**
   * Null when no checkpoint covers it: it is a moment too young, or of a log that a restore cut off before it. `since`:
   * the size of a checkpoint that the tree shall be shown to begin with.
   */
  async prove(
    { log, seq }: { readonly log: number; readonly seq: number },
    leaf: Uint8Array,
    since?: number,
  ): Promise<audit.AuditProof | null> {
    const found = await this.#log(log);
    if (found === null || found.published.note === null || seq >= found.published.size) return null;
    const { published, signer, tree } = found;
    const { note, origin, root, size } = published;
    // Tiles of a former log may be fewer than were published, or others.
    const hashes = await inclusionProof(seq, tree).catch(() => null);
    const head = { size, root: Buffer.from(root, 'base64') };
    if (hashes === null || note === null || !verifyInclusion(leafHash(leaf), seq, head, hashes)) return null;
    return {
      index: seq,
      hashes: hashes.map(base64),
      checkpoint: note,
      size,
      origin,
      keys: signer.keys.map(({ verifier }) => verifier),
      consistency:
        since === undefined || since > size
          ? null
          : { size: since, hashes: (await consistencyProof(since, tree)).map(base64) },
    };
  }

  #log(log: number): Promise<ProvableLog | null> {
    const known = this.#logs.get(log) ?? this.#read(log);
    this.#logs.set(log, known);
    return known;
  }

  async #read(log: number): Promise<ProvableLog | null> {
    const published = await this.#source.published.ofLog(log);
    const signer = await this.#source.ring.signerOf(log);
    if (published === null || signer === null) return null;
    return { published, signer, tree: new TreeReader(published.size, tileReader(this.#tx, log)) };
  }
}

const base64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');
