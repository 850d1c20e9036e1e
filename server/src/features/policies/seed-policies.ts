/** At each start: what the software brings along is there, unless an admin has published since. */
import type { Database } from '../../db/database.ts';
import { SEEDS } from './seeds.ts';
import { insertSeeds } from './store.ts';

export async function seedPolicies(database: Database): Promise<void> {
  const rows = SEEDS.map(({ content, effectiveFrom, id }) => ({
    policyId: id,
    version: 1,
    effectiveFrom,
    content,
    publishedAt: new Date(`${effectiveFrom}T00:00:00.000Z`),
    publishedBy: null,
  }));
  await database.asSystem('the policies that come with the software', (tx) => insertSeeds(tx, rows));
}
