/** People with decisions against them, written behind the features' backs: what operations on decisions may name. */
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
}

export async function makeStanding(db: TestDatabase, ownerOfStrike: string): Promise<StandingIds> {
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
  return { ...ids, blamelessId: blameless.userId, bannedId: banned.userId };
}
