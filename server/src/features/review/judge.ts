/**
 * One decision on one item, whichever it is: may they, what does it do, write it down. The first one wins; whoever
 * comes second waits for the lock and then reads what the first did.
 */
import { type review as contract, type desk, review, type UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOf, personOfActor } from '../channels/index.ts';
import type { ReviewDeps } from './deps.ts';
import type { Judgement, Outcome } from './judgement.ts';
import { lockMatter, type Sides, sidesOf } from './matter.ts';
import { mayDecide, undoEnd } from './policy.ts';
import { type ActionKind, findItem, findPerson, type ItemRow, lastAction } from './store.ts';
import { writeDown } from './write-down.ts';

/** What one decision does. It has been found allowed, and everything it needs is locked. */
export type CarryOut = (tx: Tx, judgement: Judgement, sides: Sides) => Promise<Outcome>;

export interface Decision {
  readonly kind: Exclude<ActionKind, 'penalty'>;
  readonly undoable: boolean | undefined;
  readonly carryOut: CarryOut;
}

export async function judge(
  deps: ReviewDeps,
  actor: Actor,
  itemId: desk.ReviewItemId,
  decision: Decision,
): Promise<contract.ReviewDecision> {
  const person = personOfActor(actor);
  await refuseUnseen(deps, person, itemId);
  // Beyond a moderator's own rights: texts, violations and reports change, and a strike may close an account.
  return deps.database.asSystem('a moderator decides on a text', (tx) => judgeIn(tx, deps, person, itemId, decision));
}

/** Whoever may not see an item does not learn that it is there; of one's own, only those who would decide on others'. */
export async function refuseUnseen(deps: ReviewDeps, person: Person, itemId: string): Promise<void> {
  const seen = await deps.database.asActor(person, (tx) => findItem(tx, itemId));
  if (seen !== null) return;
  const isOwn = await deps.database.asSystem('is this item hidden because it is their own', async (tx) => {
    const item = await findItem(tx, itemId);
    return item?.userId === person.userId && (await sidesOf(tx, item, person)).decider.capacity !== null;
  });
  throw isOwn ? ownContent() : notFound();
}

/** In a transaction of the system's. */
export async function judgeIn(
  tx: Tx,
  deps: ReviewDeps,
  person: Person,
  itemId: desk.ReviewItemId,
  { carryOut, kind, undoable = false }: Decision,
): Promise<contract.ReviewDecision> {
  const matter = await lockMatter(tx, deps, itemId);
  if (matter === null) throw notFound();
  const { item } = matter;
  const sides = await sidesOf(tx, item, person);
  const { author, decider } = sides;
  const isOwn = item.userId === person.userId;
  const verdict = mayDecide({
    kind,
    status: item.resolutionStatus,
    isOwn,
    capacity: decider.capacity,
    author: author.rank,
  });
  if (!verdict.allowed) throw await refusal(tx, item, verdict.code);

  const at = deps.clock.now();
  const undoableUntil = undoEnd(at, undoable, review.UNDO_SECONDS);
  const judgement: Judgement = {
    ...matter,
    actionId: uuidv7(),
    by: decider.id,
    at,
    undoableUntil,
    authorIsThere: author.isThere,
    leavesReport: kind === 'approve' && (decider.capacity === 'owner' || decider.capacity === 'moderator'),
  };
  const outcome = await carryOut(tx, judgement, sides);
  const written = await writeDown(tx, deps, judgement, outcome);
  return describe(tx, judgement, outcome, written);
}

async function describe(
  tx: Tx,
  { at, by, item, undoableUntil }: Judgement,
  outcome: Outcome,
  { resolvesReport, status }: Awaited<ReturnType<typeof writeDown>>,
): Promise<contract.ReviewDecision> {
  const decider = await findPerson(tx, by);
  if (decider === null) throw new Error('whoever decided vanished in the transaction');
  return {
    itemId: item.id as desk.ReviewItemId,
    status,
    decision: outcome.kind as contract.DecisionOnItem,
    by: personOf(decider),
    at: at.toISOString(),
    undoableUntil: undoableUntil?.toISOString() ?? null,
    hidesText: status === 'rejected' && outcome.contentBefore !== null,
    timedOutUntil: outcome.timedOutUntil?.toISOString() ?? null,
    strikeNumber: outcome.strikeNumber ?? null,
    closesAccount: outcome.closesAccount ?? false,
    // Written by issueStatement in this transaction.
    statementId: (outcome.statementId ?? null) as contract.ReviewDecision['statementId'],
    resolvesReport,
  };
}

async function refusal(tx: Tx, item: ItemRow, code: string): Promise<AppError> {
  switch (code) {
    case 'own_content':
      return ownContent();
    case 'already_decided':
      return decidedBefore(tx, item);
    case 'not_allowed':
      return new AppError('not_allowed', {
        detail: 'Moderators cannot act on each other or on the owner. Approve the text, or escalate it to the admins.',
      });
    default:
      return notFound();
  }
}

const notFound = () => new AppError('not_found', { detail: 'There is no such item.' });
const ownContent = () => new AppError('own_content', { detail: 'Nobody decides on their own text.' });

const DONE: Readonly<Record<ActionKind, string>> = {
  approve: 'approved this',
  reject: 'rejected this',
  timeout: 'timed the author out',
  warning: 'warned the author',
  strike: 'gave the author a strike',
  ban: 'banned the author from the channel',
  escalate: 'escalated this to the admins',
  penalty: 'banned the author from the platform',
};

/** What was decided, by whom and why, for whoever was second. */
export async function decidedBefore(tx: Tx, item: ItemRow): Promise<AppError> {
  const action = await lastAction(tx, item.id);
  if (action === null) {
    const what =
      item.resolutionStatus === 'escalated' ? 'went to the admins by itself' : `was ${item.resolutionStatus}`;
    return new AppError('already_decided', { detail: `This ${what} at ${item.updatedAt.toISOString()}.` });
  }
  const by = await nameOf(tx, action.actorId);
  const reason = action.reason === '' ? '' : ` Reason: ${action.reason}`;
  return new AppError('already_decided', {
    detail: `${by} ${DONE[action.kind]} at ${action.createdAt.toISOString()}.${reason}`,
  });
}

export async function nameOf(tx: Tx, userId: string | null): Promise<string> {
  const person = userId === null ? null : await findPerson(tx, userId as UserId);
  return person?.displayName ?? 'Somebody whose account is gone';
}
