/** SQL of letters that wait, and of what people want by e-mail. */
import type { mails as contract, Language } from '@virgil/contract';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { mailPreferences, noticeMails, notifications, profiles } from '../../db/schema/index.ts';

/** Of these notices those that may be wanted by e-mail. Called again it changes nothing: one letter a notice. */
export async function queueLetters(tx: Tx, ids: readonly string[], at: Date): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    insert into notice_mails (notification_id, user_id, next_try_at, created_at)
    select n.id, n.user_id, ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz
    from notifications as n left join mail_preferences as p on p.user_id = n.user_id
    where n.id = any(${sql.param([...ids])}::text[]) and n.held_until is null and (n.topic = 'decisions' or p.notices = 'all')
    on conflict do nothing`);
  return rowCount ?? 0;
}

export interface ClaimedLetter {
  readonly notificationId: string;
  readonly userId: string;
  /** This one counted. */
  readonly attempts: number;
  readonly createdAt: Date;
}

/** The one that waits longest. Nobody else gets it before `leaseUntil`; `realNow` tells which leases are over. */
export async function claimLetter(
  tx: Tx,
  at: { readonly now: Date; readonly realNow: Date; readonly leaseUntil: Date },
): Promise<ClaimedLetter | null> {
  const { rows } = await tx.execute<{
    notification_id: string;
    user_id: string;
    attempts: number;
    created_at: string;
  }>(sql`
    update notice_mails set lease_until = ${at.leaseUntil.toISOString()}::timestamptz, attempts = attempts + 1
    where notification_id = (
      select notification_id from notice_mails
      where state = 'waiting' and next_try_at <= ${at.now.toISOString()}::timestamptz
        and (lease_until is null or lease_until < ${at.realNow.toISOString()}::timestamptz)
      order by next_try_at, notification_id limit 1 for update skip locked)
    returning notification_id, user_id, attempts, created_at`);
  const [row] = rows;
  if (row === undefined) return null;
  return {
    notificationId: row.notification_id,
    userId: row.user_id,
    attempts: row.attempts,
    createdAt: new Date(row.created_at),
  };
}

/** Null when the account or the notice is gone. */
export async function readLetter(tx: Tx, notificationId: string) {
  const [row] = await tx
    .select({
      id: notifications.id,
      kind: notifications.kind,
      topic: notifications.topic,
      text: notifications.text,
      data: notifications.data,
      language: profiles.language,
      wanted: mailPreferences.notices,
      refusedAddress: mailPreferences.refusedAddress,
    })
    .from(notifications)
    .innerJoin(profiles, eq(profiles.id, notifications.userId))
    .leftJoin(mailPreferences, eq(mailPreferences.userId, notifications.userId))
    .where(eq(notifications.id, notificationId));
  return row === undefined ? null : { ...row, language: row.language satisfies Language };
}

export interface LetterOutcome {
  readonly state: 'waiting' | 'sent' | 'refused' | 'given_up' | 'not_wanted';
  readonly problem: string | null;
  /** Of one that waits on. */
  readonly nextTryAt?: Date;
  readonly at: Date;
}

export async function storeOutcome(tx: Tx, notificationId: string, outcome: LetterOutcome): Promise<void> {
  const { at, nextTryAt, problem, state } = outcome;
  await tx
    .update(noticeMails)
    .set({
      state,
      problem,
      leaseUntil: null,
      doneAt: state === 'waiting' ? null : at,
      ...(nextTryAt === undefined ? {} : { nextTryAt }),
    })
    .where(and(eq(noticeMails.notificationId, notificationId), eq(noticeMails.state, 'waiting')));
}

/** Null: nothing waits. `leased`: somebody works on it, or died over it. */
export async function nextLetterAt(tx: Tx): Promise<Date | null> {
  const { rows } = await tx.execute<{ next: string | null }>(
    sql`select min(next_try_at) as next from notice_mails where state = 'waiting'`,
  );
  const next = rows[0]?.next;
  return next == null ? null : new Date(next);
}

export async function storeRefusal(
  tx: Tx,
  refusal: { readonly userId: string; readonly address: string; readonly because: string; readonly at: Date },
): Promise<void> {
  const { address, at, because, userId } = refusal;
  const refused = { refusedAddress: address, refusedAt: at, refusedBecause: because, updatedAt: at };
  await tx
    .insert(mailPreferences)
    .values({ userId, ...refused })
    .onConflictDoUpdate({ target: mailPreferences.userId, set: refused });
}

export async function readPreferences(tx: Tx, userId: string) {
  const [row] = await tx.select().from(mailPreferences).where(eq(mailPreferences.userId, userId));
  return row ?? null;
}

export async function storeWanted(
  tx: Tx,
  wish: { readonly userId: string; readonly notices: contract.MailedNotices; readonly at: Date },
): Promise<void> {
  const { at, notices, userId } = wish;
  await tx
    .insert(mailPreferences)
    .values({ userId, notices, updatedAt: at })
    .onConflictDoUpdate({ target: mailPreferences.userId, set: { notices, updatedAt: at } });
}

export async function forgetRefusal(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx
    .update(mailPreferences)
    .set({ refusedAddress: null, refusedAt: null, refusedBecause: null, updatedAt: at })
    .where(eq(mailPreferences.userId, userId));
}

/** Decisions alone from now on; whoever wants fewer keeps that. False: there is no such account. */
export async function storeUnsubscribed(tx: Tx, userId: string, at: Date): Promise<contract.MailedNotices | null> {
  const [person] = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.id, userId));
  if (person === undefined) return null;
  const before = await readPreferences(tx, userId);
  if (before !== null && before.notices !== 'all') return before.notices;
  await storeWanted(tx, { userId, notices: 'decisions', at });
  return 'decisions';
}
