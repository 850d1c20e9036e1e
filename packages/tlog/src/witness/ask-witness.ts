import { parseCheckpoint } from '../checkpoint.ts';
import { addCosignatures } from '../cosignature.ts';
import { UnverifiedError } from '../errors.ts';
import type { PublicKey } from '../keys.ts';
import { parseNote } from '../note.ts';
import { consistencyProof } from '../proofs.ts';
import type { TreeReader } from '../tree-reader.ts';
import { formatAddCheckpoint } from './witness.ts';

export interface AskWitness {
  /** The submission prefix: `/add-checkpoint` is added to it. */
  readonly url: string;
  readonly witnesses: readonly PublicKey[];
  /** The checkpoint, signed by the log, and the tree it speaks of. */
  readonly note: string;
  readonly tree: TreeReader;
  /** What this witness cosigned last, as far as the log knows; it is asked when that is wrong. */
  readonly lastSize?: number;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}

/** The note with the witness's cosignature. Throws when the witness refuses, and what fetch throws. */
export async function askWitness(ask: AskWitness): Promise<string> {
  const first = await submit(ask, ask.lastSize ?? 0);
  const known = /^(0|[1-9]\d*)\n$/.exec(first.body)?.[1];
  const { size } = parseCheckpoint(parseNote(ask.note).text);
  const again = first.status === 409 && known !== undefined && Number(known) <= size;
  const answer = again ? await submit(ask, Number(known)) : first;
  if (answer.status !== 200) throw new UnverifiedError(`the witness answered ${answer.status}: ${answer.body.trim()}`);
  return addCosignatures(ask.note, answer.body, ask.witnesses);
}

async function submit(ask: AskWitness, oldSize: number): Promise<{ status: number; body: string }> {
  const proof = await consistencyProof(oldSize, ask.tree);
  const response = await (ask.fetch ?? fetch)(`${ask.url.replace(/\/$/, '')}/add-checkpoint`, {
    method: 'POST',
    body: formatAddCheckpoint({ oldSize, proof, note: ask.note }),
    redirect: 'error',
    ...(ask.signal ? { signal: ask.signal } : {}),
  });
  return { status: response.status, body: await response.text() };
}
