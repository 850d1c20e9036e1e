/** People with decisions against them, written behind the features' backs: what operations on decisions may name. */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { TestDatabase } from './database.ts';
import { makePerson } from './people.ts';

export interface StandingIds {
  /** Nothing stands against them. */
  readonly blamelessId: string;
  /** Banned for good by an admin, and has appealed. */
  readonly bannedId: string;
  readonly penaltyId: string;
  readonly appealId: string;
  /** Against somebody, without an appeal. */
  readonly strikeId: string;
  /** Against `ownerOfStrike`, their only one. */
  readonly ownStrikeId: string;
  /** Theirs, open, against a penalty that is over, with a picture. */
  readonly ownAppealId: string;
  readonly screenshotKey: string;
}

export async function makeStanding(db: TestDatabase, ownerOfStrike: string, dataFolder: string): Promise<StandingIds> {
  const blameless = await makePerson(db, 'Blameless');
  const banned = await makePerson(db, 'Banned');
  const ids = { penaltyId: uuidv7(), appealId: uuidv7(), strikeId: uuidv7(), ownStrikeId: uuidv7() };
  await db.sql(`delete from content_safety_strikes where user_id = '${ownerOfStrike}'`);
  await db.sql(
    `insert into admin_penalties (id, user_id, severity, reason, issued_at) values ($1, $2, 'permanent', 'r', now())`,
    [ids.penaltyId, banned.userId],
  );
  await db.sql(
    `insert into content_safety_strikes (id, user_id, reason, source_kind, source_id, issued_at, issued_on, expires_at)
     select id, person, 'r', 'admin', id, now(), now()::date, now() + interval '90 days'
     from (values ($1, $2), ($3, $4)) as strike(id, person)`,
    [ids.strikeId, banned.userId, ids.ownStrikeId, ownerOfStrike],
  );
  await db.sql(
    `insert into appeals (id, user_id, penalty_id, appeal_reason, created_at) values ($1, $2, $3, 'Hear me, please.', now())`,
    [ids.appealId, banned.userId, ids.penaltyId],
  );
  const own = { ownAppealId: uuidv7(), screenshotKey: randomBytes(32).toString('base64url') };
  await db.sql(
    `insert into admin_penalties (id, user_id, severity, reason, duration_hours, issued_at, expires_at, is_active)
     values ($1, $2, 'temporary', 'r', 24, now() - interval '2 days', now() - interval '1 day', false)`,
    [own.ownAppealId, ownerOfStrike],
  );
  await db.sql(
    `insert into appeals (id, user_id, penalty_id, appeal_reason, appeal_screenshot_url, created_at)
     values ($1, $2, $1, 'It was not me at all.', $3, now())`,
    [own.ownAppealId, ownerOfStrike, `/api/v1/appeals/screenshots/${own.screenshotKey}`],
  );
  await mkdir(path.join(dataFolder, 'appeals'), { recursive: true });
  await writeFile(path.join(dataFolder, 'appeals', `${own.screenshotKey}.webp`), 'a picture');
  return { ...ids, ...own, blamelessId: blameless.userId, bannedId: banned.userId };
}
