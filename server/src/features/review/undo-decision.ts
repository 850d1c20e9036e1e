/**
 * Somebody takes their own decision back, whole and within seconds, before the person concerned was told. Nothing of it
 * stands afterwards but two entries in the audit log. Where somebody else acted on it in the meantime it stands.
 */
import type { appeals, review as contract, desk, OutputOf, ReportId } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import type { Actor, Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { adminPenalties } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import { closeAppeals } from '../appeals/index.ts';
import { personOfActor } from '../channels/index.ts';
import { cancelNotice } from '../notifications/index.ts';
import { liftChannelBan, liftTimeout } from '../sanctions/index.ts';
import { withdrawStatement } from '../statements/index.ts';
import { liftStrike } from '../strikes/index.ts';
import type { ReviewDeps } from './deps.ts';
import { nameOf, refuseUnseen } from './judge.ts';
import { recordDecision } from './judgement.ts';
import { lockMatter, type Matter, sidesOf } from './matter.ts';
import { mayUndo } from './policy.ts';
import {
  type ActionRow,
  findViolation,
  lastAction,
  lockReport,
  markUndone,
  newestAction,
  takeNewerItem,
  updateItem,
  updateViolation,
} from './store.ts';

type Result = OutputOf<typeof contract.undoDecision>;

export async function undoDecision(deps: ReviewDeps, actor: Actor, itemId: desk.ReviewItemId): Promise<Result> {
  const person = personOfActor(actor);
  await refuseUnseen(deps, person, itemId);
  return deps.database.asSystem('a moderator takes back a decision', (tx) => undoIn(tx, deps, person, itemId));
}

/** In a transaction of the system's. */
export async function undoIn(tx: Tx, deps: ReviewDeps, person: Person, itemId: desk.ReviewItemId): Promise<Result> {
  // Its report before the item, as in every decision.
  const known = await lastAction(tx, itemId);
  if (known?.reportId != null) await lockReport(tx, known.reportId);
  const matter = await lockMatter(tx, deps, itemId);
  if (matter === null || (await sidesOf(tx, matter.item, person)).decider.capacity === null) {
    throw new AppError('not_found', { detail: 'There is no such item.' });
  }
  const at = deps.clock.now();
  const action = await lastAction(tx, itemId);
  const verdict = mayUndo({ action, userId: person.userId, now: at });
  if (action === null || verdict !== 'allowed') throw await refusal(tx, itemId, action, verdict);

  // Reported again in the seconds between: the text waits once, and its reports become one as well.
  const newer = await takeNewerItem(tx, matter.item);
  if (newer === 'busy') throw actedOn();
  await closeAppeals(tx, subjectsOf(action, matter), { at, by: person.userId, reason: UNDONE });
  await takeBackSanctions(tx, action, person, at);
  await unblame(tx, action, matter, at);
  if (action.contentBefore !== null) {
    await matter.content.putBack(tx, matter.item.contentId, action.contentBefore, { at });
  }
  await silence(tx, action);
  if (action.reportId !== null) await deps.reports.reopen(tx, action.reportId as ReportId);
  await updateItem(tx, itemId, {
    resolutionStatus: action.statusBefore,
    resolutionTimestamp: null,
    resolvedBy: null,
    moderatorNotes: null,
    ...(action.kind === 'escalate'
      ? { escalatedBy: null, escalatedAt: null, escalationTrigger: null, escalationNote: null }
      : {}),
    ...(newer?.headsQueue ? { headsQueue: true, category: newer.category } : {}),
    updatedAt: at,
  });
  await markUndone(tx, action.id, at);
  await recordDecision(
    tx,
    { ...matter, by: person.userId, at, reportId: action.reportId as ReportId | null },
    'DECISION_UNDONE',
    {
      reason: action.reason,
      details: { decision: action.kind, undone: action.receipt },
    },
  );
  return { itemId, status: action.statusBefore, undone: action.kind as contract.DecisionOnItem };
}

/** Whoever felt it at once may have objected at once. What was said of a strike is said by its end. */
function subjectsOf({ banId, kind, timeoutId }: ActionRow, { item }: Matter): appeals.AppealSubject[] {
  return [
    ...(timeoutId === null ? [] : [{ type: 'timeout' as const, id: timeoutId }]),
    ...(banId === null ? [] : [{ type: 'ban' as const, id: banId }]),
    ...(item.violationId === null || kind === 'escalate' ? [] : [{ type: 'violation' as const, id: item.violationId }]),
  ];
}

/** Each was given by this decision; one that somebody has ended since was acted on. */
async function takeBackSanctions(tx: Tx, action: ActionRow, { userId: by }: Person, at: Date): Promise<void> {
  const lift = { by, at, cause: 'undone', reason: UNDONE } as const;
  if (action.timeoutId !== null && !(await liftTimeout(tx, action.timeoutId, lift))) throw actedOn();
  if (action.banId !== null && !(await liftChannelBan(tx, action.banId, lift))) throw actedOn();
  if (action.strikeId === null) return;
  const { isNew, unbanned } = await liftStrike(tx, action.strikeId, lift);
  if (!isNew) throw actedOn();
  // The account that this strike alone closed: nobody was told of that either.
  if (unbanned !== null) await forgetPenalty(tx, unbanned, action.createdAt);
}

const UNDONE = 'The decision was taken back at once.';

async function forgetPenalty(tx: Tx, penaltyId: string, issuedAt: Date): Promise<void> {
  const [row] = await tx.select().from(adminPenalties).where(eq(adminPenalties.id, penaltyId));
  if (row?.issuedAt.getTime() !== issuedAt.getTime()) return;
  if (!(await withdrawStatement(tx, { kind: 'penalty', id: penaltyId }))) throw actedOn();
  await tx.delete(adminPenalties).where(eq(adminPenalties.id, penaltyId));
}

async function unblame(tx: Tx, action: ActionRow, { item }: Matter, at: Date): Promise<void> {
  if (item.violationId === null || action.kind === 'escalate') return;
  const violation = await findViolation(tx, item.violationId);
  // Gone with its author's data.
  if (violation === null) return;
  if (violation.resolvedBecause === 'appeal') throw actedOn();
  if (action.violationId !== null) {
    // This decision made it. The row stays, for whoever refers to it, and counts for nothing.
    await updateViolation(tx, violation.id, { resolvedAt: at, resolvedBecause: 'undone' });
    return updateItem(tx, item.id, { violationId: null });
  }
  const before = action.contentBefore === 'blocked' ? 'blocked' : 'held';
  await updateViolation(tx, violation.id, { action: before, resolvedAt: null, resolvedBecause: null });
}

/** What was to be told is not. */
async function silence(tx: Tx, action: ActionRow): Promise<void> {
  const notices = [...(action.notificationId === null ? [] : [action.notificationId]), ...action.reporterNotices];
  for (const id of notices) if (!(await cancelNotice(tx, id))) throw actedOn();
  if (action.statementId !== null && !(await withdrawStatement(tx, { kind: 'review', id: action.id }))) throw actedOn();
}

const actedOn = () =>
  new AppError('already_decided', { detail: 'Something followed from this decision already, so it stands.' });

async function refusal(
  tx: Tx,
  itemId: string,
  action: ActionRow | null,
  verdict: ReturnType<typeof mayUndo>,
): Promise<AppError> {
  return new AppError('already_decided', { detail: await why(tx, itemId, action, verdict) });
}

async function why(
  tx: Tx,
  itemId: string,
  action: ActionRow | null,
  verdict: ReturnType<typeof mayUndo>,
): Promise<string> {
  switch (verdict) {
    case 'nothing': {
      const newest = await newestAction(tx, itemId);
      return newest?.undoneAt == null
        ? 'Nothing was decided on this item.'
        : `${await nameOf(tx, newest.actorId)} took this back already, at ${newest.undoneAt.toISOString()}.`;
    }
    case 'others':
      return `${await nameOf(tx, action?.actorId ?? null)} decided this; only they can take it back.`;
    case 'never':
      return 'This decision was told at once, so it cannot be taken back.';
    case 'over':
    case 'allowed':
      return 'Ten seconds are over, and the decision has been told. An appeal can still undo it.';
  }
}
