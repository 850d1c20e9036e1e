/** Every night: what the instance need not keep any longer goes. The periods are a setting (retention.ts). */
import { rm } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { recordAudit } from '../../db/index.ts';
import { archivePath } from './archive-path.ts';
import type { PrivacyDeps } from './deps.ts';
import { readRetention } from './retention.ts';
import { expireExports } from './store.ts';

const DAY_MS = 86_400_000;

export async function applyRetention(deps: PrivacyDeps, tx: Tx, now: Date): Promise<void> {
  const periods = await readRetention(tx);
  const before = (days: number) => sql`${new Date(now.getTime() - days * DAY_MS).toISOString()}::timestamptz`;
  const removed: Record<string, number> = {};
  const run = async (name: string, statement: ReturnType<typeof sql>) => {
    const { rowCount } = await tx.execute(statement);
    if (rowCount !== null && rowCount > 0) removed[name] = rowCount;
  };

  await run('messages', sql`delete from stream_messages where created_at < ${before(periods.chatDays)}`);
  await run(
    'visits',
    sql`delete from stream_visits where joined_at < ${before(periods.visitDays)} and left_at is not null`,
  );
  await run('notices', sql`delete from notifications where created_at < ${before(periods.inboxDays)}`);
  await run(
    'reporters',
    sql`update report_voices set description = '' where description <> '' and report_id in
      (select id from reports where resolved_at < ${before(periods.decisionDays)})`,
  );
  await run(
    'statements',
    sql`update statements_of_reasons set user_id = null, subject_title = null, letter = ''
      where letter <> '' and created_at < ${before(periods.decisionDays)}
        and (ends_at is null or ends_at < ${before(periods.decisionDays)})`,
  );
  // A matter that is not decided is not over, however old it is.
  const overNotices = sql`select id from dmca_notices
    where status in ('rejected', 'approved', 'restored', 'retracted', 'void') and received_at < ${before(periods.dmcaDays)}
      and coalesce(restored_at, retracted_at, decided_at, received_at) < ${before(periods.dmcaDays)}`;
  await run('counter-notices', sql`delete from dmca_counter_notices where notice_id in (${overNotices})`);
  await run('evidence', sql`delete from dmca_evidence where notice_id in (${overNotices})`);
  await run(
    'claimants',
    sql`update dmca_notices set claimant_address = '', claimant_email = '', claimant_phone = '', signature = ''
      where claimant_email || claimant_address || claimant_phone || signature <> '' and id in (${overNotices})`,
  );
  const expired = await expireExports(tx, now);
  for (const id of expired) await rm(archivePath(deps.archiveFolder, id), { force: true });
  if (expired.length > 0) removed.copies = expired.length;

  if (Object.keys(removed).length === 0) return;
  await recordAudit(tx, {
    type: 'RETENTION_APPLIED',
    entity: 'instance',
    entityId: 'retention',
    actorId: null,
    at: now,
    details: { removed },
  });
}
