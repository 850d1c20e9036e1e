/** An appeal against a strike that reports led to was accepted: what was removed for them comes back, and their reasons say so. */
import type { Database } from '../../db/database.ts';
import { restoreContent } from '../removals/index.ts';
import { reverseStatement } from '../statements/index.ts';
import type { StrikeLifted } from '../strikes/index.ts';
import { reportsOfStrike } from './queue-store.ts';

export async function strikeLifted(database: Database, event: StrikeLifted): Promise<void> {
  // Lifted in another way, a notice that shared it fell: what a claimant takes back undoes nothing that was reported.
  if (event.cause !== 'appeal') return;
  const at = new Date(event.at);
  await database.asSystem('undo what a lifted strike was for', async (tx) => {
    for (const id of await reportsOfStrike(tx, event.strikeId)) {
      const decision = { kind: 'report', id } as const;
      await restoreContent(tx, { decision, at });
      await reverseStatement(tx, { decision, because: 'appeal', at });
    }
  });
}
