/** A report that waits, somebody who is muted and a statement of reasons: what operations on decisions may name. */
import { v7 as uuidv7 } from 'uuid';
import type { TestDatabase } from './database.ts';
import { makePerson } from './people.ts';

export interface ReportedIds {
  /** About somebody whom nothing else names. */
  readonly reportId: string;
  readonly mutedId: string;
  /** To the one it was made for. */
  readonly statementId: string;
}

export async function makeReported(db: TestDatabase, concerned: string): Promise<ReportedIds> {
  const [target, reporter, muted] = await Promise.all(
    ['Target', 'Reporter', 'Muted'].map((name) => makePerson(db, name)),
  );
  const ids = { reportId: uuidv7(), mutedId: muted?.userId ?? '', statementId: uuidv7() };
  await db.sql(
    `insert into reports (id, subject_type, subject_id, subject_owner_id, reason, created_at)
     values ($1, 'user', $2, $2, 'spam', now())`,
    [ids.reportId, target?.userId],
  );
  await db.sql(
    `insert into report_voices (id, report_id, reporter_id, reason, created_at) values ($1, $1, $2, 'spam', now())`,
    [ids.reportId, reporter?.userId],
  );
  await db.sql(
    `insert into report_mutes (id, user_id, abusive_reports, created_at, ends_at)
     values ($1, $1, 3, now(), now() + interval '30 days')`,
    [ids.mutedId],
  );
  await db.sql(
    `insert into statements_of_reasons (id, user_id, decision_kind, decision_id, restriction, subject_type, subject_id,
       subject_title, subject_at, reason, ground, rule, explanation, category, source, automated_detection,
       automated_decision, letter, notification_id, created_at)
     values ($1, $2, 'report', $1, 'video_removed', 'video', $1, 'A video', now(), 'Spam', 'terms', 'Rule', 'Why', 'spam',
       'report', false, 'none', 'Letter', $1, now())`,
    [ids.statementId, concerned],
  );
  return ids;
}
