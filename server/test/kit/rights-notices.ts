/** Notices about one video in every state that an operation asks for, written behind the features' backs. */
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { TestDatabase } from './database.ts';

export interface RightsNotice {
  readonly id: string;
  /** Of the status link. */
  readonly token: string;
}

export interface RightsNotices {
  readonly incomplete: RightsNotice;
  readonly valid: RightsNotice;
  /** With evidence that nobody can open: its seal is another's. */
  readonly approved: RightsNotice;
  readonly inCourt: RightsNotice;
  readonly rejected: RightsNotice;
}

export async function makeRightsNotices(db: TestDatabase, videoId: string, ownerId: string): Promise<RightsNotices> {
  const make = async (status: string): Promise<RightsNotice> => {
    const notice = { id: uuidv7(), token: `token-${uuidv7()}` };
    const isDecided = status === 'approved' || status === 'in_court' || status === 'rejected';
    await db.sql(
      `insert into dmca_notices (id, status, source, target_type, target_id, target_owner_id, target_title, lineage_key,
         claimant_name, claimant_address, claimant_email, claimed_work, material_url, good_faith,
         accuracy_under_perjury, signature, token_hash, received_at, decided_at, decision)
       values ($1, $2, 'mail', 'video', $3, $4, 'A video', $5, 'Rita', 'A street', 'rita@holder.example', 'A song',
         'http://virgil.test/', true, $6, 'Rita', $7, now(), $8, $9)`,
      [
        notice.id,
        status,
        videoId,
        ownerId,
        `video:${videoId}`,
        status !== 'incomplete',
        createHash('sha256').update(notice.token).digest('hex'),
        isDecided ? new Date() : null,
        isDecided ? (status === 'rejected' ? 'rejected' : 'approved') : null,
      ],
    );
    return notice;
  };
  const approved = await make('approved');
  await db.sql(
    `insert into dmca_evidence (id, notice_id, kind, sealed, sha256, sealed_at) values ($1, $2, 'decision', '\\x00', 'x', now())`,
    [uuidv7(), approved.id],
  );
  const settings = { agent: null, timeZone: 'America/New_York', closedDays: [], lumenExport: true };
  await db.sql(
    `insert into platform_settings (key, value, updated_at) values ('dmca', $1, now())
     on conflict (key) do update set value = excluded.value`,
    [JSON.stringify(settings)],
  );
  return {
    approved,
    incomplete: await make('incomplete'),
    valid: await make('valid'),
    inCourt: await make('in_court'),
    rejected: await make('rejected'),
  };
}
