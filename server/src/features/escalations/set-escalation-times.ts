/** Admins agree on how long what waits for them may wait. */
import type { escalations } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { personOfActor } from '../channels/index.ts';
import type { EscalationDeps } from './deps.ts';
import { readTimes, writeTimes } from './times-store.ts';

type Deps = Pick<EscalationDeps, 'database' | 'clock'>;
type Times = escalations.EscalationTimes;

export function getEscalationTimes({ database }: Deps): Promise<Times> {
  return database.asSystem('settings of the platform belong to no person', readTimes);
}

export async function setEscalationTimes({ clock, database }: Deps, actor: Actor, times: Times): Promise<Times> {
  const { userId } = personOfActor(actor);
  const at = clock.now();
  return database.asSystem('settings of the platform belong to no person', async (tx) => {
    const before = await readTimes(tx);
    const changed = Object.entries(times).filter(([name, minutes]) => before[name as keyof Times] !== minutes);
    if (changed.length === 0) return before;
    await writeTimes(tx, times, at);
    await recordAudit(tx, {
      type: 'ESCALATION_TIMES_CHANGED',
      entity: 'instance',
      entityId: 'escalation_times',
      actorId: userId,
      at,
      details: { minutes: Object.fromEntries(changed) },
    });
    return times;
  });
}
