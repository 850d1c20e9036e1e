/** SQL of sealed evidence: added once, never changed. */
import { asc, eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { dmcaEvidence } from '../../db/schema/index.ts';

export type Evidence = typeof dmcaEvidence.$inferSelect;

export async function insertEvidence(tx: Tx, evidence: typeof dmcaEvidence.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(dmcaEvidence)
    .values(evidence)
    .onConflictDoNothing({ target: [dmcaEvidence.noticeId, dmcaEvidence.kind] })
    .returning({ id: dmcaEvidence.id });
  return rows.length > 0;
}

export async function findEvidence(tx: Tx, noticeId: string): Promise<Evidence[]> {
  return tx.select().from(dmcaEvidence).where(eq(dmcaEvidence.noticeId, noticeId)).orderBy(asc(dmcaEvidence.id));
}

export async function listEvidence(tx: Tx, noticeId: string): Promise<Omit<Evidence, 'sealed' | 'noticeId'>[]> {
  const { id, kind, sealedAt, sha256 } = dmcaEvidence;
  return tx
    .select({ id, kind, sha256, sealedAt })
    .from(dmcaEvidence)
    .where(eq(dmcaEvidence.noticeId, noticeId))
    .orderBy(asc(id));
}
