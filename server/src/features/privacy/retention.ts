/** How long the instance keeps what: a setting of an admin, with defaults for whoever never set it. */
import { type OutputOf, privacy } from '@virgil/contract';
import { z } from 'zod';
import type { Person } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../db/database.ts';
import { type Database, recordAudit } from '../../db/index.ts';
import { readSetting, writeSetting } from './settings-store.ts';

const KEY = 'privacy.retention';

/** Proposals, to be checked by whoever runs an instance: chat a year, decisions two, DMCA files four (claims end after three). */
export const DEFAULT_RETENTION: privacy.Retention = {
  chatDays: 365,
  visitDays: 90,
  inboxDays: 730,
  decisionDays: 730,
  dmcaDays: 1461,
  exportDays: 7,
};

const stored = z.object({ version: z.literal(1), value: privacy.retention });

export async function readRetention(tx: Tx): Promise<privacy.Retention> {
  const row = await readSetting(tx, KEY);
  return row === null ? DEFAULT_RETENTION : stored.parse(row).value;
}

interface Deps {
  readonly database: Database;
  readonly clock: Clock;
}

export function getRetention({ database }: Deps): Promise<OutputOf<typeof privacy.getRetention>> {
  return database.asSystem('how long the instance keeps what is public', readRetention);
}

/** Beyond row security: settings of the instance are nobody's rows. The edge has let only admins pass. */
export async function setRetention(
  { database, clock }: Deps,
  admin: Person,
  retention: privacy.Retention,
): Promise<privacy.Retention> {
  const at = clock.now();
  await database.asSystem('an admin sets how long the instance keeps what', async (tx) => {
    const before = await readRetention(tx);
    if (JSON.stringify(before) === JSON.stringify(retention)) return;
    await writeSetting(tx, KEY, retention, at);
    await recordAudit(tx, {
      type: 'RETENTION_SET',
      entity: 'instance',
      entityId: 'retention',
      actorId: admin.userId,
      at,
      details: { before, after: retention },
    });
  });
  return retention;
}
