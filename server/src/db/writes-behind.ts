/**
 * Statements of a transaction whose answer nobody waits for before its commit. They are sent in their order, so whatever
 * follows sees them; when one fails the transaction is broken, and its error is what the caller hears.
 */
import type { Tx } from './database.ts';

const behind = new WeakMap<Tx, Promise<unknown>[]>();

/** Drizzle sends a statement each time that somebody waits for it: here that is done once, and at once. */
export function writeBehind(tx: Tx, statement: { execute(): Promise<unknown> }): void {
  const write = statement.execute();
  // Heard at the commit, or when the transaction fails.
  write.catch(() => undefined);
  const writes = behind.get(tx);
  if (writes) writes.push(write);
  else behind.set(tx, [write]);
}

/** For whoever goes on after it: waits for them all, and throws when one was refused. */
export async function awaitBehind(tx: Tx): Promise<void> {
  const failure = await failureBehind(tx);
  if (failure !== undefined) throw failure;
}

/** Why statements after it were refused, when one of the writes is the reason. Forgets them all. */
export async function failureBehind(tx: Tx): Promise<unknown> {
  const writes = behind.get(tx) ?? [];
  behind.delete(tx);
  const settled = await Promise.allSettled(writes);
  return settled.find((write) => write.status === 'rejected')?.reason;
}
