/**
 * What accepting and denying share: who may, that it is decided once, what is written down, and what the person is
 * told. It runs with the system's rights: undoing a decision reaches into everything that it did.
 */
import { type appealDesk, type appeals as contract, letters, type UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { notify } from '../notifications/index.ts';
import { lockStanding, nameOf } from '../penalties/index.ts';
import { carryOutUndo } from './carry-out-undo.ts';
import { closeSiblings } from './close-appeals.ts';
import type { AppealDeps } from './deps.ts';
import { describeAppeals } from './describe-appeal.ts';
import { insertNote } from './dialogue-store.ts';
import { appealChanged } from './events.ts';
import { judgedDecision } from './judged-decision.ts';
import { lockItems, lockSilences, type Matter, matterOf } from './matter-store.ts';
import { refuseReviewer } from './reviewers.ts';
import { type AppealRow, findAppeal, findAppeals, lockAppeal, resolveAppeal, subjectOf } from './store.ts';
import { planUndo } from './undo-plan.ts';

export interface Verdict {
  readonly decision: 'accepted' | 'denied';
  /** The person reads it. */
  readonly reason: string;
  /** Admins alone read it. */
  readonly notes?: string | undefined;
}

export async function decideAppeal(
  deps: AppealDeps,
  actor: Actor,
  appealId: string,
  verdict: Verdict,
): Promise<appealDesk.AdminAppeal> {
  const { userId: by } = personOfActor(actor);
  return deps.database.asSystem('an admin decides on an appeal', async (tx) => {
    const known = await findAppeal(tx, appealId);
    if (known === null) throw new AppError('not_found', { detail: 'There is no such appeal.' });
    const matter = await lockMatter(tx, known);
    // Read only now: whoever waited for a lock decides about what holds at the end of the wait.
    const at = deps.clock.now();
    const appeal = await lockAppeal(tx, appealId);
    if (appeal === null) throw new AppError('not_found', { detail: 'There is no such appeal.' });
    if (appeal.status !== 'pending') throw await decidedBefore(tx, appeal);
    await refuseReviewer(tx, { reviewerId: by, appellantId: appeal.userId, subject: subjectOf(appeal), matter, at });
    await carryOut(deps, tx, appeal, matter, { ...verdict, by, at });
    const [described] = await describeAppeals(tx, await findAppeals(tx, [appealId]), by, at);
    if (described === undefined) throw new Error('an appeal vanished in the transaction that decided it');
    return described;
  });
}

/** Items first, then the person's standing: the order of every decision about people, so that no two wait for each other. */
async function lockMatter(tx: Tx, appeal: AppealRow): Promise<Matter> {
  const { itemIds } = await matterOf(tx, subjectOf(appeal));
  await lockItems(tx, itemIds);
  await lockStanding(tx, appeal.userId);
  // What was decided or undone in the meantime counts.
  const matter = await matterOf(tx, subjectOf(appeal));
  await lockSilences(tx, matter);
  return matter;
}

export async function carryOut(
  deps: Pick<AppealDeps, 'heldContents'>,
  tx: Tx,
  appeal: AppealRow,
  matter: Matter,
  { at, by, decision, notes, reason }: Verdict & { readonly by: UserId; readonly at: Date },
): Promise<void> {
  const subject = subjectOf(appeal);
  const userId = appeal.userId as UserId;
  const status = decision === 'accepted' ? 'approved' : 'denied';
  const judged = await judgedDecision(tx, subject, matter, at);
  await resolveAppeal(tx, appeal.id, { status, by, at, resolution: reason, decision: judged });
  if (notes !== undefined)
    await insertNote(tx, { id: uuidv7(), appealId: appeal.id, authorId: by, note: notes, createdAt: at });
  const steps = decision === 'accepted' ? await planUndo(tx, deps.heldContents, matter, at) : [];
  const opened = await carryOutUndo(tx, deps.heldContents, steps, { at, by, reason });
  if (decision === 'accepted') await closeSiblings(tx, matter, { at, by, reason });
  const [receipt] = await recordAudit(tx, {
    type: decision === 'accepted' ? 'APPEAL_ACCEPTED' : 'APPEAL_DENIED',
    entity: 'appeal',
    entityId: appeal.id,
    actorId: by,
    at,
    details: {
      userId,
      subject,
      ...(decision === 'accepted'
        ? { undone: steps.filter(({ undone }) => undone).map(({ id, what }) => ({ what, id })) }
        : {}),
    },
    personal: [{ userId, data: { reason } }],
  });
  await tell(tx, appeal, { decision, reason, by, at, receipt, opened });
  await announce(tx, appealChanged(appeal, at));
}

async function tell(
  tx: Tx,
  appeal: AppealRow,
  told: Pick<Verdict, 'decision' | 'reason'> & {
    readonly by: UserId;
    readonly at: Date;
    readonly receipt: string | undefined;
    readonly opened: Awaited<ReturnType<typeof carryOutUndo>>;
  },
): Promise<void> {
  const { type, id }: contract.AppealSubject = subjectOf(appeal);
  const letter = letters.appealDecided(told.decision, told.reason, told.opened?.text ?? null);
  await notify(tx, {
    ...letter,
    userId: appeal.userId as UserId,
    data: {
      ...letter.data,
      appealId: appeal.id,
      subject: type,
      subjectId: id,
      ...(told.receipt === undefined ? {} : { receipt: told.receipt }),
      ...told.opened?.data,
    },
    sentBy: told.by,
    at: told.at,
  });
}

export async function decidedBefore(tx: Tx, appeal: AppealRow): Promise<AppError> {
  const by = appeal.reviewedByAdminId === null ? null : await nameOf(tx, appeal.reviewedByAdminId);
  const what = appeal.status === 'approved' ? 'accepted' : 'denied';
  return new AppError('already_decided', { detail: `${by ?? 'The system'} ${what} this appeal before.` });
}
