/** SQL of policies: versions are only ever added. */
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { policyDrafts as drafts, profiles, policyVersions as versions } from '../../db/schema/index.ts';
import { type PersonRow, personColumns } from '../channels/index.ts';

export type VersionRow = typeof versions.$inferSelect;
export type DraftRow = typeof drafts.$inferSelect;
export interface AuthoredVersion {
  readonly row: VersionRow;
  readonly author: PersonRow | null;
}

/** Oldest first; of one policy, or of all. */
export async function versionsOf(tx: Tx, policyId?: string): Promise<AuthoredVersion[]> {
  return tx
    .select({ row: versions, author: personColumns })
    .from(versions)
    .leftJoin(profiles, eq(profiles.id, versions.publishedBy))
    .where(policyId === undefined ? undefined : eq(versions.policyId, policyId))
    .orderBy(asc(versions.policyId), asc(versions.version));
}

export async function findVersion(tx: Tx, policyId: string, version: number): Promise<VersionRow | null> {
  const [row] = await tx
    .select()
    .from(versions)
    .where(and(eq(versions.policyId, policyId), eq(versions.version, version)));
  return row ?? null;
}

export async function insertVersion(tx: Tx, row: VersionRow): Promise<void> {
  await tx.insert(versions).values(row);
}

/** Nothing where it is already there: two nodes may start at once, and an admin's own versions stay the newest. */
export async function insertSeeds(tx: Tx, rows: readonly VersionRow[]): Promise<void> {
  await tx
    .insert(versions)
    .values([...rows])
    .onConflictDoNothing();
}

export async function findDraft(tx: Tx, policyId: string): Promise<DraftRow | null> {
  const [row] = await tx.select().from(drafts).where(eq(drafts.policyId, policyId));
  return row ?? null;
}

export const allDrafts = (tx: Tx): Promise<DraftRow[]> => tx.select().from(drafts);

/** One writer of a policy at a time, whether or not a draft is there yet. */
export async function lockPolicy(tx: Tx, policyId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('virgil policy'), hashtext(${policyId}))`);
}

export async function storeDraft(tx: Tx, row: DraftRow): Promise<void> {
  const { policyId, ...rest } = row;
  await tx.insert(drafts).values(row).onConflictDoUpdate({ target: drafts.policyId, set: rest });
}

export async function deleteDraft(tx: Tx, policyId: string): Promise<boolean> {
  const gone = await tx.delete(drafts).where(eq(drafts.policyId, policyId)).returning({ id: drafts.policyId });
  return gone.length > 0;
}

/** The rule in force that a decision names; null when none is about that. */
export async function ruleOn(
  tx: Tx,
  wanted: { readonly category: string | null; readonly rule: string | null },
  day: string,
): Promise<string | null> {
  const { rows } = await tx.execute<{ reference: string | null }>(
    sql`select app_policy_rule(${wanted.category}::text, ${wanted.rule}::text, ${day}::date) as reference`,
  );
  return rows[0]?.reference ?? null;
}
