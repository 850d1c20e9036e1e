/** A strike that reports led to was lifted: what was removed for them comes back, and their reasons say so. */
import type { Database } from '../../db/database.ts';
import { restoreContent } from '../removals/index.ts';
import { reverseStatement } from '../statements/index.ts';
import type { StrikeLifted } from '../strikes/index.ts';
import { reportsOfStrike } from './queue-store.ts';

export async function strikeLifted(database: Database, event: StrikeLifted): Promise<void> {
  // Lifted because a notice fell: the reports that shared its strike stand.
  if (event.source.kind !== 'report' && event.cause !== 'appeal') return;
  const at = new Date(event.at);
  await database.asSystem('undo what a lifted strike was for', async (tx) => {
    for (const id of await reportsOfStrike(tx, event.strikeId)) {
      const decision = { kind: 'report', id } as const;
      await restoreContent(tx, { decision, at });
      await reverseStatement(tx, { decision, because: event.cause, at });
    }
  });
}
