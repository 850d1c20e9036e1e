/** The creator answers a take-down (§ 512(g)(3)): the claimant gets a copy at once and the clock begins to run. */
import type { CounterNoticeBody, DmcaMatter, DmcaNoticeId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { schedule } from '../../jobs/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { DmcaDeps } from './deps.ts';
import { matterOf } from './describe-matter.ts';
import { enforceMove } from './guards.ts';
import { alarmJob, letterJob, putBackJob } from './job-kinds.ts';
import { missingOfCounterNotice } from './notice-elements-policy.ts';
import { type PutBackClock, putBackClock } from './put-back-policy.ts';
import { calendarOf, readSettings } from './settings-store.ts';
import { mayCounter } from './state-policy.ts';
import { addStep, findConcerning, findCounters, insertCounter, lockNotice, updateNotice } from './store.ts';
import { tellCreator } from './tell-creator.ts';

export async function sendCounterNotice(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  body: CounterNoticeBody,
): Promise<DmcaMatter> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  // Row security says whether it concerns the caller and whether they know of it already.
  const concerning = await deps.database.asActor(actor, (tx) => findConcerning(tx, id, userId));
  if (concerning === null) throw new AppError('not_found');

  return deps.database.asSystem('a counter-notice stops nothing but starts a clock', async (tx) => {
    const notice = await lockNotice(tx, id);
    if (notice === null) throw new AppError('not_found');
    const present = (await findCounters(tx, [id])).get(id);
    const status = enforceMove(mayCounter({ status: notice.status, hasCounter: present !== undefined }), notice);
    const missing = missingOfCounterNotice(body);
    if (missing.length > 0) throw new AppError('notice_incomplete', { missing });

    const clock = putBackClock(at, calendarOf(await readSettings(tx)));
    const counter = { ...textsOf(body), noticeId: id, userId, receivedAt: at };
    await insertCounter(tx, counter);
    const changed = await updateNotice(tx, id, { status, counterReceivedAt: at, ...clock });
    const runs = status === 'counter_noticed';
    if (runs) for (const job of jobsOf(id, clock)) await schedule(tx, job);
    await addStep(tx, { noticeId: id, type: 'counter_noticed', at, byId: userId });
    const [receipt] = await recordAudit(tx, {
      type: 'DMCA_COUNTER_NOTICED',
      entity: 'dmca',
      entityId: id,
      actorId: userId,
      at,
      details: { putBackAt: runs ? clock.putBackAt.toISOString() : null },
    });
    const data = { receipt, ...(runs ? { putBackAt: clock.putBackAt.toISOString() } : {}) };
    await tellCreator(tx, notice, { kind: 'dmca.counter_received', at, sentBy: null, data });
    if (deps.sendLetter !== null) await schedule(tx, letterJob(id, 'counter_noticed', at));
    return matterOf(changed, counter, 'creator');
  });
}

const jobsOf = (id: string, { breachAt, lateAt, putBackAt }: PutBackClock) => [
  putBackJob(id, putBackAt),
  alarmJob(id, 'late', lateAt),
  alarmJob(id, 'breach', breachAt),
];

/** Complete by now. */
function textsOf(body: CounterNoticeBody) {
  const { address = '', email = '', materialLocation = '', name = '', phone = '', signature = '' } = body;
  return { name, address, email, phone, materialLocation, signature };
}
