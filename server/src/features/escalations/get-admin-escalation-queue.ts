/** What waits for an admin: minors first, then threats, then by age; each with the time by which it is due. */
import type { escalations as contract, OutputOf, QueryOf } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import type { EscalationDeps } from './deps.ts';
import { describeEscalations } from './describe.ts';
import { getEscalationTimes } from './set-escalation-times.ts';
import { countEscalations, searchEscalations } from './store.ts';

const id = z.string().max(64);
const CURSORS = {
  open: z.tuple([z.int().min(0).max(9), z.iso.datetime(), id]),
  decided: z.tuple([z.iso.datetime(), id]),
} as const;

export async function getAdminEscalationQueue(
  deps: Pick<EscalationDeps, 'database' | 'clock'>,
  actor: Actor,
  query: QueryOf<typeof contract.listEscalations>,
): Promise<OutputOf<typeof contract.listEscalations>> {
  const { cursor, limit, overdue, q: words, source, state, trigger } = query;
  const after = state === 'open' ? decodeCursor(cursor, CURSORS.open) : decodeCursor(cursor, CURSORS.decided);
  const now = deps.clock.now();
  const times = await getEscalationTimes(deps);
  return deps.database.asActor(actor, async (tx) => {
    const search = { state, trigger, source, overdue, words, times, now };
    const found = await searchEscalations(tx, { ...search, after, limit });
    const { nextCursor, rows } = pageOf(found, limit, (row) =>
      state === 'open'
        ? [row.urgency, new Date(row.since).toISOString(), row.id]
        : [new Date(row.decidedAt ?? row.since).toISOString(), row.id],
    );
    return { items: await describeEscalations(tx, rows, now), nextCursor, counts: await countEscalations(tx, search) };
  });
}
