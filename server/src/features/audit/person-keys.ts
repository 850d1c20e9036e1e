/**
 * The key of each person, and its end. A row in `audit_keys` is made with the person's first entry; when it is destroyed
 * it stays as a mark, so that no later entry makes a new one: such entries are sealed under keys that nobody keeps.
 */
import { hash } from 'node:crypto';
import type { Tx } from '../../db/database.ts';
import { findKeys, insertKeys, type KeyRow, lockKeys, replaceKey } from './key-store.ts';
import { newKey, seal, unseal } from './sealing.ts';

/** Keys of the data folder that wrap the keys of people. */
export interface Wrapping {
  readonly kek: Uint8Array;
  /** Wraps what is erased for everybody but kept for a court. */
  readonly holdKey: Uint8Array;
}

export interface PeopleOfBatch {
  isPerson(id: string): boolean;
  keyOf(userId: string): Uint8Array;
  /** Erased: no row of the index may name them. */
  isForgotten(userId: string): boolean;
}

/** Tells one person-key-secret from another, and nothing of either. */
export function fingerprintOf({ kek }: Wrapping): string {
  return hash('sha256', Buffer.concat([Buffer.from('virgil person-key-secret\n'), kek])).slice(0, 16);
}

const wrapContext = (userId: string): string => `key of ${userId}`;

export function wrap(key: Uint8Array, userId: string, wrapping: Uint8Array): Buffer {
  return seal(wrapping, wrapContext(userId), key);
}

/**
 * Null when it is destroyed, or waits under a legal hold: then nobody reads by it. Null too when the data folder it was
 * wrapped in is lost, and then what was sealed under it is as well.
 */
export function unwrapped(row: KeyRow, { kek }: Wrapping): Buffer | null {
  return row.wrapped === null || row.wrappedBy !== 'kek' ? null : opened(row.userId, row.wrapped, kek);
}

export function underHold(row: KeyRow, { holdKey }: Wrapping): Buffer | null {
  return row.wrapped === null || row.wrappedBy !== 'hold' ? null : opened(row.userId, row.wrapped, holdKey);
}

function opened(userId: string, wrapped: Buffer, wrapping: Uint8Array): Buffer | null {
  try {
    return unseal(wrapping, wrapContext(userId), wrapped);
  } catch {
    // Wrapped by another key than this folder's.
    return null;
  }
}

/** `named` are people for certain, `possible` are texts that may be ids of people. Makes the keys that are missing. */
export async function peopleOfBatch(
  tx: Tx,
  wrapping: Wrapping,
  { named, possible, at }: { named: ReadonlySet<string>; possible: ReadonlySet<string>; at: Date },
): Promise<PeopleOfBatch> {
  const people = new Set(named);
  const keys = new Map<string, Uint8Array>();
  const forgotten = new Set<string>();
  for (const row of await lockKeys(tx, [...new Set([...named, ...possible])])) {
    people.add(row.id);
    if (row.key === null) continue;
    const isGone = row.key.wrapped === null || row.key.wrappedBy === 'hold';
    const key = unwrapped(row.key, wrapping);
    if (isGone) forgotten.add(row.id);
    else keys.set(row.id, key ?? (await renewed(tx, row.id, wrapping)));
  }
  const fresh = [...people].filter((id) => !keys.has(id) && !forgotten.has(id));
  const made = fresh.map((userId) => ({ userId, key: newKey() }));
  const kept = await insertKeys(
    tx,
    made.map(({ userId, key }) => ({ userId, wrapped: wrap(key, userId, wrapping.kek) })),
    at,
  );
  for (const { userId, key } of made) {
    // Somebody was erased in the moment between: their key is destroyed already.
    if (kept.has(userId)) keys.set(userId, key);
    else forgotten.add(userId);
  }
  return {
    isPerson: (id) => people.has(id),
    keyOf: (userId) => keys.get(userId) ?? newKey(),
    isForgotten: (userId) => forgotten.has(userId),
  };
}

/**
 * In place of one that nobody can unwrap any more: the log has begun anew under another data folder. A folder that merely
 * lacks the secret of its log does not get here, the sequencer refuses.
 */
async function renewed(tx: Tx, userId: string, { kek }: Wrapping): Promise<Buffer> {
  const key = newKey();
  await replaceKey(tx, userId, { wrapped: wrap(key, userId, kek), wrappedBy: 'kek', heldUntil: null });
  return key;
}

/** For reading: the keys that are there. */
export async function readableKeys(
  tx: Tx,
  wrapping: Wrapping,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const keys = new Map<string, Uint8Array>();
  for (const row of await findKeys(tx, userIds)) {
    const key = unwrapped(row, wrapping);
    if (key !== null) keys.set(row.userId, key);
  }
  return keys;
}
