/** An admin names the designated agent; everybody may read who it is (17 U.S.C. § 512(c)(2)). */
import type { BodyOf, DmcaSettings, dmca } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { cancel, schedule } from '../../jobs/index.ts';
import { personOfActor } from '../channels/index.ts';
import { remindersOf } from './agent-policy.ts';
import { isTimeZone } from './business-day-policy.ts';
import type { DmcaDeps } from './deps.ts';
import { agentReminderJob, REMIND_OF_AGENT } from './job-kinds.ts';
import { readSettings, settingsOf, writeSettings } from './settings-store.ts';

type Deps = Pick<DmcaDeps, 'database' | 'clock'>;

export function getDmcaSettings({ database }: Deps): Promise<DmcaSettings> {
  return database.asSystem('name the designated agent', async (tx) => settingsOf(await readSettings(tx)));
}

export async function changeSettings(
  deps: Deps,
  actor: Actor,
  body: BodyOf<typeof dmca.updateSettings>,
): Promise<DmcaSettings> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  if (!isTimeZone(body.timeZone)) {
    throw new AppError('invalid', { errors: [{ path: 'timeZone', message: 'not a time zone' }] });
  }
  return deps.database.asSystem('settings of the platform belong to no person', async (tx) => {
    const before = settingsOf(await readSettings(tx));
    const wanted = { ...body, agent: body.agent ?? null };
    const after = settingsOf(wanted);
    const renewBy = after.agent?.renewBy ?? null;
    const changed = (['agent', 'timeZone', 'closedDays', 'lumenExport'] as const).filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    );
    if (changed.length === 0) return after;
    await writeSettings(tx, wanted, at);
    // One job: it moves itself on from one reminder to the next.
    const next = renewBy === null ? undefined : remindersOf(renewBy, after.timeZone, at)[0];
    if (next === undefined) await cancel(tx, { kind: REMIND_OF_AGENT, key: 'agent' });
    else await schedule(tx, agentReminderJob(next));
    await recordAudit(tx, {
      type: 'DMCA_SETTINGS_CHANGED',
      entity: 'instance',
      entityId: 'dmca',
      actorId: userId,
      at,
      details: { fields: changed, lumenExport: after.lumenExport },
    });
    return after;
  });
}
