/** Entries as an admin reads them: opened as far as there are keys, with their proofs. */
import { type audit, type Person, userId } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { AuditLog } from './audit-log.ts';
import { openPart, readLeaf } from './entry.ts';
import { findInIndex, type IndexRow, leafAt, namesOf, type PartRow, peopleOf } from './index-store.ts';
import { readableKeys } from './person-keys.ts';
import { Prover } from './prove-entry.ts';
import { describeEntry, idsIn } from './search-log.ts';

export async function readEntry(
  log: AuditLog,
  caller: Caller,
  eventId: string,
  since?: number,
): Promise<audit.AuditEntryWithProof> {
  const row = await log.handle.database.asActor(caller.actor, (tx) => findInIndex(tx, eventId));
  if (row === null) throw new AppError('not_found');
  const [entry] = await readEntries(log, [row], since);
  if (entry === undefined) throw new AppError('not_found');
  return entry;
}

/** The caller may read these: whoever asks has seen to that. */
export async function readEntries(
  log: AuditLog,
  rows: readonly IndexRow[],
  since?: number,
): Promise<audit.AuditEntryWithProof[]> {
  return log.handle.database.asSystem('open audit entries for an admin', async (tx) => {
    const parts = await peopleOf(
      tx,
      rows.map(({ eventId }) => eventId),
    );
    const keys = await readableKeys(tx, log.wrapping, [...new Set(parts.map((part) => part.userId))]);
    const names = await namesOf(tx, [...rows.flatMap(idsIn), ...parts.map((part) => part.userId)]);
    const prover = new Prover(tx, log);
    const read: audit.AuditEntryWithProof[] = [];
    for (const row of rows) {
      const own = parts.filter((part) => part.log === row.log && part.seq === row.seq);
      const bytes = await leafAt(tx, row);
      const origin = (await prover.signerOf(row.log))?.origin ?? null;
      if (bytes === null) continue;
      const proof = await prover.prove(row, bytes, since);
      read.push({ ...openEntry(bytes, origin, row, own, keys, names), proof });
    }
    return read;
  });
}

/** `origin` null: the keys of that log are lost, and with its name what was sealed in it. */
function openEntry(
  bytes: Buffer,
  origin: string | null,
  row: IndexRow,
  parts: readonly PartRow[],
  keys: ReadonlyMap<string, Uint8Array>,
  names: ReadonlyMap<string, Person>,
): Omit<audit.AuditEntryWithProof, 'proof'> {
  const leaf = readLeaf(bytes);
  const people = leaf.sealed.map((_, part) => {
    const holder = parts.find((one) => one.part === part)?.userId;
    const key = holder === undefined ? undefined : keys.get(holder);
    const opened = key === undefined || origin === null ? null : openPart(leaf, { origin, seq: row.seq }, part, key);
    const person = opened === null ? null : (names.get(opened.id) ?? unnamed(opened.id));
    return { part, person, words: { ...opened?.words }, personal: { ...opened?.personal } };
  });
  return { ...describeEntry(row, names), leaf: bytes.toString(), details: leaf.details, people };
}

/** A person without a profile, or a thing that has a key of its own. */
function unnamed(id: string): Person | null {
  const parsed = userId.safeParse(id);
  return parsed.success ? { id: parsed.data, displayName: '', avatarUrl: null } : null;
}
