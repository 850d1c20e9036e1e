/**
 * Several items decided alike: each is a decision of its own, in a transaction of its own, and none holds up the others.
 * A rehearsal carries everything out, one after the other as it would be, and lets nothing of it stand.
 */
import type { BodyOf, review as contract, desk, OutputOf } from '@virgil/contract';
import { sql } from 'drizzle-orm';
import type { Actor, Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { PUNISHMENTS } from './apply-punishment.ts';
import type { ReviewDeps } from './deps.ts';
import { escalate } from './escalate-to-admin.ts';
import { type Decision, judgeIn, refuseUnseen } from './judge.ts';
import { approve } from './moderator-approve.ts';
import { reject } from './moderator-reject.ts';
import { timeoutFor } from './moderator-timeout.ts';
import { undoIn } from './undo-decision.ts';

type Body = BodyOf<typeof contract.decideSeveral>;
type Result = OutputOf<typeof contract.decideSeveral>;
type Step = (tx: Tx, id: desk.ReviewItemId) => Promise<contract.ReviewDecision | null>;

export async function decideSeveral(deps: ReviewDeps, actor: Actor, body: Body): Promise<Result> {
  const person = personOfActor(actor);
  const step = stepOf(deps, person, body);
  const ids = [...new Set(body.ids)];
  const items =
    body.dryRun === true ? await rehearse(deps, person, ids, step) : await carryOut(deps, person, ids, step);
  const refused = items.filter(({ problem }) => problem !== null).length;
  return { items, done: items.length - refused, refused };
}

async function carryOut(deps: ReviewDeps, person: Person, ids: readonly desk.ReviewItemId[], step: Step) {
  const items: contract.BulkResult[] = [];
  for (const id of ids) {
    items.push(
      await resultOf(id, async () => {
        await refuseUnseen(deps, person, id);
        return deps.database.asSystem('a moderator decides on several texts', (tx) => step(tx, id));
      }),
    );
  }
  return items;
}

/** All of them in one transaction, so that a third strike among them is seen, and then none. */
async function rehearse(deps: ReviewDeps, person: Person, ids: readonly desk.ReviewItemId[], step: Step) {
  const seen = new Map<desk.ReviewItemId, AppError | null>();
  for (const id of ids) seen.set(id, await refuseUnseen(deps, person, id).then(() => null, asRefusal));
  let items: contract.BulkResult[] = [];
  try {
    await deps.database.asSystem('rehearse decisions on several texts', async (tx) => {
      items = [];
      for (const id of ids) {
        const refusal = seen.get(id);
        items.push(await resultOf(id, () => (refusal ? Promise.reject(refusal) : attempt(tx, () => step(tx, id)))));
      }
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
  return items;
}

/** A refusal may come after something was written. */
async function attempt<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.execute(sql`savepoint attempted`);
  try {
    const result = await work();
    await tx.execute(sql`release savepoint attempted`);
    return result;
  } catch (error) {
    if (error instanceof AppError) await tx.execute(sql`rollback to savepoint attempted`);
    throw error;
  }
}

/** Ends the rehearsal's transaction: nothing of it is kept. */
class Rehearsed extends Error {}

async function resultOf(
  id: desk.ReviewItemId,
  work: () => Promise<contract.ReviewDecision | null>,
): Promise<contract.BulkResult> {
  try {
    return { id, decision: await work(), problem: null };
  } catch (error) {
    const { code, details, message } = asRefusal(error);
    return { id, decision: null, problem: { code, detail: details.errors?.[0]?.message ?? details.detail ?? message } };
  }
}

function asRefusal(error: unknown): AppError {
  if (error instanceof AppError && error.code !== 'storage_unavailable') return error;
  throw error;
}

function stepOf(deps: ReviewDeps, person: Person, body: Body): Step {
  if (body.decision === 'undo') {
    return async (tx, id) => {
      await undoIn(tx, deps, person, id);
      return null;
    };
  }
  const decision = decisionIn(body, body.decision);
  return (tx, id) => judgeIn(tx, deps, person, id, decision);
}

/** Throws `invalid` when a field that this decision needs is missing. */
function decisionIn(body: Body, kind: contract.DecisionOnItem): Decision {
  const words = { reason: kind === 'escalate' ? '' : required(body, 'reason'), policyReference: body.policyReference };
  const common = { kind, undoable: body.undoable };
  switch (kind) {
    case 'approve':
      return { ...common, carryOut: approve(words) };
    case 'reject':
      return { ...common, carryOut: reject(words) };
    case 'timeout':
      return { ...common, carryOut: timeoutFor({ ...words, minutes: required(body, 'minutes') }) };
    case 'warning':
    case 'strike':
    case 'ban':
      return { ...common, carryOut: PUNISHMENTS[kind](words) };
    case 'escalate':
      return { ...common, carryOut: escalate({ trigger: required(body, 'trigger'), note: body.note }) };
  }
}

function required<K extends 'reason' | 'minutes' | 'trigger'>(body: Body, field: K): NonNullable<Body[K]> {
  const value = body[field];
  if (value !== undefined) return value;
  throw new AppError('invalid', { errors: [{ path: field, message: `required with ${body.decision}` }] });
}
