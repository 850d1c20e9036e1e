/** What follows for those who made a report that was rejected as abusive. */
import type { ReportId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { countAbuse, findMuted, insertMute, lastForgiven, lockPeople } from './mute-store.ts';
import { ABUSE_WINDOW_MS, MUTE_MS, stepAfterAbuse } from './policy.ts';

export type AbuseStep = { readonly step: 'warn' } | { readonly step: 'mute'; readonly until: Date };

/** By person; who is not in it hears nothing more than the outcome. The report is marked as abusive already. */
export async function followAbuse(
  tx: Tx,
  report: { readonly id: ReportId; readonly reporters: readonly UserId[]; readonly by: UserId; readonly at: Date },
): Promise<ReadonlyMap<UserId, AbuseStep>> {
  const { at, by, id, reporters } = report;
  await lockPeople(tx, reporters);
  const since = new Date(at.getTime() - ABUSE_WINDOW_MS);
  const counts = await countAbuse(tx, reporters, since);
  const muted = await findMuted(tx, reporters, at);
  const forgiven = await lastForgiven(tx, reporters);
  const steps = new Map<UserId, AbuseStep>();
  for (const userId of reporters) {
    if (muted.has(userId)) continue;
    const forgivenAt = forgiven.get(userId);
    const isFresh = forgivenAt !== undefined && forgivenAt > since;
    const abusiveReports = isFresh
      ? ((await countAbuse(tx, [userId], forgivenAt)).get(userId) ?? 0)
      : (counts.get(userId) ?? 0);
    const step = stepAfterAbuse(abusiveReports);
    if (step === 'warn') steps.set(userId, { step });
    if (step !== 'mute') continue;
    const until = new Date(at.getTime() + MUTE_MS);
    await insertMute(tx, { id: uuidv7(), userId, abusiveReports, createdAt: at, endsAt: until });
    await recordAudit(tx, {
      type: 'REPORTER_MUTED',
      entity: 'profile',
      entityId: userId,
      actorId: by,
      at,
      details: { reportId: id, abusiveReports, until: until.toISOString() },
    });
    steps.set(userId, { step: 'mute', until });
  }
  return steps;
}
