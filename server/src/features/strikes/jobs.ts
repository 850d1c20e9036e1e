/** Deferred work of strikes: the end of one is told, and an account that it kept closed is opened in the records too. */
import type { UserId } from '@virgil/contract';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import { notify } from '../notifications/index.ts';
import { lockStanding } from '../penalties/index.ts';
import { END_STRIKE, endStrikePayload } from './job-kinds.ts';
import { OPEN_AGAIN } from './lift-strike.ts';
import { openIfFewer, readStanding } from './settle-standing.ts';
import { findStrike } from './store.ts';

export function strikeJobs(): JobHandler[] {
  return [
    defineJob({ kind: END_STRIKE, schema: endStrikePayload, run: (tx, { strikeId }) => endStrike(tx, strikeId) }),
  ];
}

async function endStrike(tx: Tx, strikeId: string): Promise<void> {
  const found = await findStrike(tx, strikeId);
  if (found === null) return;
  const userId = found.userId as UserId;
  await lockStanding(tx, userId);
  const row = await findStrike(tx, strikeId);
  if (row === null || row.liftedAt !== null) return;
  // It ended by the clock at that moment, not when this job came to run.
  const at = row.expiresAt;
  await recordAudit(tx, {
    type: 'STRIKE_EXPIRED',
    entity: 'strike',
    entityId: strikeId,
    actorId: null,
    at,
    details: { userId },
  });
  const unbanned = await openIfFewer(tx, userId, { at, by: null, cause: 'time' });
  const { active } = await readStanding(tx, userId, at);
  const left = active === 0 ? 'None is active any more.' : `Still active: ${active}.`;
  const lines = [`A strike has ended after 90 days. ${left}`, ...(unbanned === null ? [] : [OPEN_AGAIN.text])];
  await notify(tx, {
    userId,
    kind: 'strike_ended',
    text: lines.join('\n\n'),
    data: { strikeId, active: String(active), ...(unbanned === null ? {} : OPEN_AGAIN.data) },
    sentBy: null,
    at,
  });
}
