/** What an erasure would remove and what it would keep, counted from the data map. */
import type { privacy } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { DATA_MAP } from './data-map.ts';
import type { PrivacyDeps } from './deps.ts';
import { findErasure } from './erasure-store.ts';
import { countOf } from './mapped-rows.ts';

/** A person is not told of a hold, so `held` is only ever said once access is closed, when nobody can ask. */
export async function planErasure(deps: PrivacyDeps, tx: Tx, userId: string): Promise<privacy.ErasurePlan> {
  const removed: privacy.ErasurePlan['removed'][number][] = [];
  const kept: privacy.ErasurePlan['kept'][number][] = [];
  for (const entry of DATA_MAP) {
    // What cannot be seen in a copy is not listed either; what hangs on another line is counted there.
    if (entry.exported.length === 0 || entry.erasure.how === 'with') continue;
    const [schema, table] = entry.table.split('.');
    const count =
      schema === 'auth' && table !== undefined
        ? await deps.auth.count(table, entry.where, userId)
        : await countOf(tx, entry, userId);
    if (count === 0) continue;
    const { erasure, kind } = entry;
    if (erasure.how === 'keep') kept.push({ kind, count, reason: erasure.reason, years: erasure.years });
    else removed.push({ kind, count });
  }
  const asked = await findErasure(tx, userId);
  return { erasesAt: asked?.erasesAt.toISOString() ?? null, held: false, removed, kept };
}
