/** Everything that keeps a person out of the platform now, the latest first. */
import { and, desc, eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { adminPenalties as penalties } from '../../db/schema/index.ts';
import { holdsAt, type PenaltyRow } from './store.ts';

export async function getUserActivePenalties(tx: Tx, userId: string, at: Date): Promise<PenaltyRow[]> {
  return tx
    .select()
    .from(penalties)
    .where(and(eq(penalties.userId, userId), holdsAt(at)))
    .orderBy(desc(penalties.issuedAt));
}
