/** Chat is partitioned by month; partitions are made ahead, so that no insert ever waits for one. */
import { sql } from 'drizzle-orm';
import type { Tx } from './database.ts';

const MONTHS_AHEAD = 4;

/** Makes those that are missing. Returns how many it made. */
export async function makeMessagePartitions(tx: Tx, now: Date): Promise<number> {
  const result = await tx.execute<{ made: number }>(
    sql`select app_make_message_partitions(${now.toISOString()}::timestamptz, ${MONTHS_AHEAD}) as made`,
  );
  return result.rows[0]?.made ?? 0;
}
