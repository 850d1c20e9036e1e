/**
 * An admin decides on an objection. Accepting it undoes the decision: the strike or penalty is lifted, and what was
 * removed for it comes back by the event that says so (subscriptions.ts).
 */
import type { AdminStrike, appeals as contract, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { notify } from '../notifications/index.ts';
import { actingAdmins, liftPenalty, lockStanding, nameOf, withoutFullStop } from '../penalties/index.ts';
import { reverseStatement } from '../statements/index.ts';
import { describeStrike, findStrike, liftStrike } from '../strikes/index.ts';
import { deciderOf, findDecision } from './decision-store.ts';
import type { AppealDeps } from './deps.ts';
import { describeAppeals } from './describe-appeal.ts';
import { decidedLetter } from './letters.ts';
import { mayReview } from './policy.ts';
import {
  type AppealRow,
  columnOf,
  findAppeal,
  findAppeals,
  insertAppeal,
  lockAppeal,
  lockAppealsAbout,
  resolveAppeal,
  subjectOf,
} from './store.ts';

interface Verdict {
  readonly decision: 'accepted' | 'denied';
  readonly reason: string;
  readonly by: UserId;
  readonly at: Date;
}

export async function decideAppeal(
  deps: AppealDeps,
  actor: Actor,
  appealId: string,
  { decision, reason }: Pick<Verdict, 'decision' | 'reason'>,
): Promise<contract.AdminAppeal> {
  const { userId: by } = personOfActor(actor);
  const at = deps.clock.now();
  // Beyond row security: lifting a strike is the system's, because more may follow from it.
  return deps.database.asSystem('an admin decides on an appeal', async (tx) => {
    const known = await findAppeal(tx, appealId);
    // In the order in which every decision about a person is made, so that no two wait for each other.
    if (known !== null) await lockStanding(tx, known.userId);
    const appeal = await lockAppeal(tx, appealId);
    if (appeal === null) throw new AppError('not_found', { detail: 'There is no such appeal.' });
    if (appeal.status !== 'pending') throw await decidedBefore(tx, appeal);
    await refuseReviewer(tx, by, appeal.userId, subjectOf(appeal), at);
    await carryOut(tx, appeal, { decision, reason, by, at });
    const [described] = await describeAppeals(tx, await findAppeals(tx, [appealId]), by, at);
    if (described === undefined) throw new Error('an appeal vanished in the transaction that decided it');
    return described;
  });
}

/** Also for an objection that came by letter: it is written down as the person's appeal and decided at once. */
export async function decideStrikeAppeal(
  deps: AppealDeps,
  actor: Actor,
  strikeId: string,
  { decision, reason }: Pick<Verdict, 'decision' | 'reason'>,
): Promise<AdminStrike> {
  const { userId: by } = personOfActor(actor);
  const at = deps.clock.now();
  return deps.database.asSystem('an admin decides on an appeal against a strike', async (tx) => {
    const known = await findStrike(tx, strikeId);
    if (known === null) throw new AppError('not_found', { detail: 'There is no such strike.' });
    const subject = { type: 'strike', id: strikeId } as const;
    await lockStanding(tx, known.userId);
    const [newest] = await lockAppealsAbout(tx, subject);
    const strike = await findStrike(tx, strikeId);
    if (newest !== undefined && newest.status !== 'pending') throw await decidedBefore(tx, newest);
    if (strike === null || strike.liftedAt !== null) {
      const who = strike?.liftedBy == null ? null : await nameOf(tx, strike.liftedBy);
      throw new AppError('already_decided', { detail: `This strike was lifted before${who ? `, by ${who}` : ''}.` });
    }
    await refuseReviewer(tx, by, known.userId, subject, at);
    const appeal = newest ?? (await writeDown(tx, known.userId, subject, at));
    await carryOut(tx, appeal, { decision, reason, by, at });
    const described = await describeStrike(tx, strikeId, at);
    if (described === null) throw new Error('a strike vanished in the transaction that decided on it');
    return described;
  });
}

async function writeDown(
  tx: Tx,
  userId: string,
  subject: contract.AppealSubject,
  at: Date,
): Promise<Pick<AppealRow, 'id' | 'userId' | 'penaltyId' | 'strikeId'>> {
  const row = { ...columnOf(subject), id: uuidv7(), userId, appealReason: '', createdAt: at };
  const written = await insertAppeal(tx, row);
  if (written === null) throw new AppError('already_decided');
  return written;
}

async function carryOut(
  tx: Tx,
  appeal: Pick<AppealRow, 'id' | 'userId' | 'penaltyId' | 'strikeId'>,
  { at, by, decision, reason }: Verdict,
): Promise<void> {
  const subject = subjectOf(appeal);
  const userId = appeal.userId as UserId;
  const status = decision === 'accepted' ? 'approved' : 'denied';
  await resolveAppeal(tx, appeal.id, { status, by, at, resolution: reason });
  const opened = decision === 'accepted' ? await undo(tx, subject, { at, by, reason }) : null;
  const [receipt] = await recordAudit(tx, {
    type: decision === 'accepted' ? 'APPEAL_ACCEPTED' : 'APPEAL_DENIED',
    entity: 'appeal',
    entityId: appeal.id,
    actorId: by,
    at,
    details: { userId, subject },
    personal: [{ userId, data: { reason } }],
  });
  const words = withoutFullStop(reason);
  await notify(tx, {
    userId,
    kind: decision === 'accepted' ? 'appeal_accepted' : 'appeal_denied',
    text: decidedLetter(decision, words, opened?.text ?? null),
    data: {
      appealId: appeal.id,
      subject: subject.type,
      subjectId: subject.id,
      reason: words,
      receipt,
      ...opened?.data,
    },
    sentBy: by,
    at,
  });
}

/** What else to tell the person: that an account is open again. */
async function undo(
  tx: Tx,
  subject: contract.AppealSubject,
  lift: { readonly at: Date; readonly by: UserId; readonly reason: string },
): Promise<{ readonly text: string; readonly data: Readonly<Record<string, string>> } | null> {
  if (subject.type === 'strike') {
    return (await liftStrike(tx, subject.id, { ...lift, cause: 'appeal' })).paragraph;
  }
  const lifted = await liftPenalty(tx, subject.id, { ...lift, cause: 'appeal', quiet: true });
  // Its time was over before the appeal was heard: nothing is left to lift, but it was wrong all the same.
  if (lifted === null) {
    await reverseStatement(tx, { decision: { kind: 'penalty', id: subject.id }, because: 'appeal', at: lift.at });
  }
  return null;
}

async function refuseReviewer(
  tx: Tx,
  reviewerId: UserId,
  appellantId: string,
  subject: contract.AppealSubject,
  at: Date,
): Promise<void> {
  const admins = await actingAdmins(tx, at);
  const anotherAdminExists = admins.some((id) => id !== reviewerId && id !== appellantId);
  const decidedBy = await deciderOf(tx, subject);
  switch (mayReview({ reviewerId, appellantId, decidedBy, anotherAdminExists })) {
    case 'own_account':
      throw new AppError('own_content', { detail: 'Nobody decides about their own account.' });
    case 'own_decision':
      throw new AppError('not_allowed', { detail: 'You made this decision: another admin hears the appeal.' });
    case 'allowed':
      return;
  }
}

async function decidedBefore(tx: Tx, appeal: AppealRow): Promise<AppError> {
  const by = appeal.reviewedByAdminId === null ? null : await nameOf(tx, appeal.reviewedByAdminId);
  const what = appeal.status === 'approved' ? 'accepted' : 'denied';
  return new AppError('already_decided', { detail: `${by ?? 'The system'} ${what} this appeal before.` });
}

/** A decision was taken back in another way: the open appeal against it has nothing left to ask for. */
export async function closeAppeal(
  deps: AppealDeps,
  subject: contract.AppealSubject,
  how: { readonly at: Date; readonly by: UserId | null; readonly reason: string },
): Promise<void> {
  await deps.database.asSystem('close the appeal against a decision that was taken back', async (tx) => {
    const decision = await findDecision(tx, subject, how.at);
    if (decision === null || decision.isInForce) return;
    for (const appeal of await lockAppealsAbout(tx, subject)) {
      if (appeal.status !== 'pending') continue;
      await resolveAppeal(tx, appeal.id, { status: 'approved', by: how.by, at: how.at, resolution: how.reason });
      // What took the decision back has told the person; here it is only written down.
      await recordAudit(tx, {
        type: 'APPEAL_ACCEPTED',
        entity: 'appeal',
        entityId: appeal.id,
        actorId: how.by,
        at: how.at,
        details: { userId: appeal.userId, subject, closed: true },
        personal: [{ userId: appeal.userId, data: { reason: how.reason } }],
      });
    }
  });
}
