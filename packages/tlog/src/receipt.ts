/**
 * Receipts, c2sp.org/tlog-proof: one entry's place in a log together with the signed checkpoint that vouches for it, to
 * be checked years later with nothing but the log's key.
 */
import { fromBase64, toBase64 } from './base64.ts';
import { type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { MalformedError, UnverifiedError } from './errors.ts';
import { HASH_BYTES, type Hash, leafHash } from './hashing.ts';
import type { PublicKey } from './keys.ts';
import { verifyInclusion } from './verify-proofs.ts';

export interface Receipt {
  readonly index: number;
  /** From the sibling of the leaf to the child of the root. */
  readonly proof: readonly Hash[];
  /** The signed note, word for word. */
  readonly checkpoint: string;
  /** Not covered by the signature. The entry itself may travel here: the proof then shows whether it is the right one. */
  readonly extra?: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
const MAX_HASHES = 63;

export function formatReceipt({ index, proof, checkpoint, extra }: Receipt): string {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...proof.map(toBase64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

export function parseReceipt(text: string): Receipt {
  const split = text.indexOf('\n\n');
  if (split < 0) throw new MalformedError('the receipt has no checkpoint');
  const [header, ...lines] = text.slice(0, split).split('\n');
  if (header !== HEADER) throw new MalformedError(`a receipt begins with ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const [, digits] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? [];
  const index = Number(digits);
  if (!Number.isSafeInteger(index)) throw new MalformedError('the receipt names no index');
  if (lines.length > MAX_HASHES) throw new MalformedError('the receipt has too many hashes');
  return {
    index,
    proof: lines.map((line) => fromBase64(line, 'a hash of the receipt', HASH_BYTES)),
    checkpoint: text.slice(split + 2),
    ...(extra === undefined ? {} : { extra: fromBase64(extra, "the receipt's extra data") }),
  };
}

/** Whom to believe. */
export interface TrustedLog {
  readonly origin: string;
  readonly keys: readonly PublicKey[];
  readonly witnesses?: readonly PublicKey[];
  /** How many of the witnesses must have cosigned; none by default. */
  readonly quorum?: number;
}

/**
 * Shows that the entry is in the log at the receipt's index; needs no network. Without `entry` the receipt's own extra
 * data are taken for it. Throws an UnverifiedError when it does not hold.
 */
export function verifyReceipt(
  text: string,
  log: TrustedLog,
  entry?: Uint8Array,
): OpenedCheckpoint & { readonly index: number; readonly entry: Uint8Array } {
  const receipt = parseReceipt(text);
  const opened = openCheckpoint(receipt.checkpoint, log);
  const cosigned = opened.verified.filter(({ key }) => log.witnesses?.includes(key)).length;
  if (cosigned < (log.quorum ?? 0)) {
    throw new UnverifiedError(`${cosigned} of the known witnesses cosigned, ${log.quorum} are asked for`);
  }
  const proven = entry ?? receipt.extra;
  if (proven === undefined) throw new UnverifiedError('the receipt carries no entry, so the entry is needed beside it');
  if (!verifyInclusion(leafHash(proven), receipt.index, opened.checkpoint, receipt.proof)) {
    throw new UnverifiedError('the proof does not lead from this entry to the signed root');
  }
  return { ...opened, index: receipt.index, entry: proven };
}
