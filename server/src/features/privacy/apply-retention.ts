/**
 * Every night: what the instance need not keep any longer goes. The periods are a setting (retention.ts). What is of
 * somebody under a legal hold stays until the hold ends.
 */
import { rm } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { recordAudit } from '../../db/index.ts';
import { archivePath } from './archive-path.ts';
import type { PrivacyDeps } from './deps.ts';
import { expireExports } from './export-store.ts';
import { readRetention } from './retention.ts';

const DAY_MS = 86_400_000;
/** Long enough for a report of what somebody wrote and deleted. */
const DELETED_COMMENT_DAYS = 30;

export async function applyRetention(deps: PrivacyDeps, tx: Tx, now: Date): Promise<void> {
  const periods = await readRetention(tx);
  const before = (days: number) => sql`${new Date(now.getTime() - days * DAY_MS).toISOString()}::timestamptz`;
  const removed: Record<string, number> = {};
  const run = async (name: string, statement: ReturnType<typeof sql>) => {
    const { rowCount } = await tx.execute(statement);
    if (rowCount !== null && rowCount > 0) removed[name] = rowCount;
  };

  const isFree = (person: string) => sql`not exists (select from legal_holds as h
    where h.user_id = ${sql.raw(person)} and h.released_at is null and h.expires_at > ${before(0)})`;

  await run(
    'messages',
    sql`delete from stream_messages as m where created_at < ${before(periods.chatDays)} and ${isFree('m.user_id')}`,
  );
  await run(
    'deleted comments',
    sql`delete from video_comments as c where gone_at < ${before(DELETED_COMMENT_DAYS)} and status = 'deleted'
      and ${isFree('c.user_id')}`,
  );
  await run(
    'removed comments',
    sql`delete from video_comments as c where gone_at < ${before(periods.chatDays)} and status = 'cleared'
      and ${isFree('c.user_id')}`,
  );
  await run(
    'visits',
    sql`delete from stream_visits as v where joined_at < ${before(periods.visitDays)} and left_at is not null
      and ${isFree('v.user_id')}`,
  );
  await run(
    'notices',
    sql`delete from notifications as n where created_at < ${before(periods.inboxDays)} and ${isFree('n.user_id')}`,
  );
  await run(
    'reporters',
    sql`update report_voices as v set description = '' where description <> '' and report_id in
      (select r.id from reports as r where resolved_at < ${before(periods.decisionDays)}
        and ${isFree('r.subject_owner_id')}) and ${isFree('v.reporter_id')}`,
  );
  await run(
    'statements',
    sql`update statements_of_reasons as s set user_id = null, subject_title = null, letter = ''
      where letter <> '' and created_at < ${before(periods.decisionDays)}
        and (ends_at is null or ends_at < ${before(periods.decisionDays)}) and ${isFree('s.user_id')}`,
  );
  // The decision and its answer stay; what was said and shown on the way is of no use any more. Files are swept later.
  const overAppeals = sql`select a.id from appeals as a
    where a.status <> 'pending' and a.reviewed_at < ${before(periods.decisionDays)} and ${isFree('a.user_id')}`;
  await run('appeal-messages', sql`delete from appeal_messages where appeal_id in (${overAppeals})`);
  await run('appeal-notes', sql`delete from appeal_notes where appeal_id in (${overAppeals})`);
  await run(
    'appeal-screenshots',
    sql`update appeals set appeal_screenshot_url = null where appeal_screenshot_url is not null and id in (${overAppeals})`,
  );
  // A matter that is not decided is not over, however old it is.
  const overNotices = sql`select d.id from dmca_notices as d
    where ${isFree('d.target_owner_id')} and status in ('rejected', 'approved', 'restored', 'retracted', 'void') and received_at < ${before(periods.dmcaDays)}
      and coalesce(restored_at, retracted_at, decided_at, received_at) < ${before(periods.dmcaDays)}`;
  await run('counter-notices', sql`delete from dmca_counter_notices where notice_id in (${overNotices})`);
  await run('evidence', sql`delete from dmca_evidence where notice_id in (${overNotices})`);
  await run(
    'claimants',
    sql`update dmca_notices set claimant_address = '', claimant_email = '', claimant_phone = '', signature = ''
      where claimant_email || claimant_address || claimant_phone || signature <> '' and id in (${overNotices})`,
  );
  const evidence = await deps.files.dropEvidence(tx, new Date(now.getTime() - periods.dmcaDays * DAY_MS));
  if (evidence > 0) removed.recordings = evidence;
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
