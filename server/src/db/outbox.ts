/**
 * Domain events. A use case announces what happened in the transaction in which it happened; the dispatcher delivers
 * it after the commit, at least once, in order per key, to what `subscriptions.ts` lists.
 */
import { afterCommit } from './commit-hooks.ts';
import type { Tx } from './database.ts';
import { outbox } from './schema/index.ts';

/** Features declare theirs in `events.ts` as a discriminated union that extends this. All values are plain JSON. */
export interface DomainEvent {
  /** Past tense, with its noun: `livestream.started`. */
  readonly type: string;
  /** Events with one key arrive in order: the livestream's id, the channel's, the person's. */
  readonly key: string;
  /** ISO 8601, product time. */
  readonly at: string;
}

export async function announce(tx: Tx, event: DomainEvent | readonly DomainEvent[]): Promise<void> {
  const events = [event].flat();
  if (events.length === 0) return;
  await tx.insert(outbox).values(
    events.map((event) => ({
      type: event.type,
      key: event.key,
      payload: { ...event } as Record<string, unknown>,
      at: new Date(event.at),
    })),
  );
  afterCommit(tx, { kind: 'announced' });
}
