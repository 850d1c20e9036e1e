/** Someone objects to a decision about them. */
import type { appeals as contract } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { notify } from '../notifications/index.ts';
import { CANNOT_BE_APPEALED } from '../penalties/index.ts';
import { decisionsAbout } from './decision-store.ts';
import type { AppealDeps } from './deps.ts';
import { appealOf } from './describe-appeal.ts';
import { SUBMITTED } from './letters.ts';
import { mayAppeal } from './policy.ts';
import { appealsOf, columnOf, insertAppeal, subjectOf } from './store.ts';

export interface NewAppeal {
  readonly subject: contract.AppealSubject;
  readonly reason: string;
}

export async function createAppeal(deps: AppealDeps, actor: Actor, appeal: NewAppeal): Promise<contract.Appeal> {
  const { userId } = personOfActor(actor);
  const { reason, subject } = appeal;
  const at = deps.clock.now();
  return deps.database.asActor(actor, async (tx) => {
    const decisions = await decisionsAbout(tx, userId, at);
    const decision = decisions.find((each) => each.subject.type === subject.type && each.subject.id === subject.id);
    if (decision === undefined) throw new AppError('not_found', { detail: 'There is no such decision about you.' });
    const before = (await appealsOf(tx, userId)).filter((row) => subjectOf(row).id === subject.id);
    const { canBeAppealed, isInForce } = decision;
    const verdict = mayAppeal({ canBeAppealed, isInForce, before: before.map(({ status }) => status) });
    if (!verdict.allowed) throw refusal(verdict.code, canBeAppealed);

    const id = uuidv7();
    const row = await insertAppeal(tx, { ...columnOf(subject), id, userId, appealReason: reason, createdAt: at });
    if (row === null) throw refusal('appeal_exists', true);
    const [receipt] = await recordAudit(tx, {
      type: 'APPEAL_SUBMITTED',
      entity: 'appeal',
      entityId: id,
      actorId: userId,
      at,
      details: { subject },
      personal: [{ userId, data: { reason } }],
    });
    const data = { appealId: id, subject: subject.type, subjectId: subject.id, receipt };
    await notify(tx, { userId, kind: 'appeal_submitted', text: SUBMITTED, data, sentBy: userId, at });
    return appealOf(row);
  });
}

function refusal(code: 'appeal_exists' | 'appeal_not_possible', canBeAppealed: boolean): AppError {
  if (code === 'appeal_exists') {
    return new AppError(code, { detail: 'You have appealed this decision already; one appeal a decision is heard.' });
  }
  return new AppError(code, { detail: canBeAppealed ? 'This decision is not in force any more.' : CANNOT_BE_APPEALED });
}
