/** What to wake once a transaction has committed: never before, and not when it was rolled back. */
import type { Tx } from './database.ts';

export type Commit =
  | { readonly kind: 'announced' }
  /** An entry for the audit log is waiting. */
  | { readonly kind: 'audited' }
  /** Real or test time at which the earliest of the scheduled jobs is due. */
  | { readonly kind: 'scheduled'; readonly runAt: Date };

const pending = new WeakMap<Tx, Commit[]>();

/** Called by `announce`, `schedule` and `recordAudit`. */
export function afterCommit(tx: Tx, commit: Commit): void {
  const commits = pending.get(tx);
  if (commits) commits.push(commit);
  else pending.set(tx, [commit]);
}

export function takeCommits(tx: Tx): readonly Commit[] {
  const commits = pending.get(tx) ?? [];
  pending.delete(tx);
  return commits;
}
