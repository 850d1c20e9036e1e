/**
 * An admin decides on what was passed on, once: the text is published, stays hidden, or the account is closed with it.
 * Text, item, penalty, reasons and the one audit entry are one transaction; whoever comes second reads what the first did.
 */
import type { AdminPenalty, BodyOf, escalations as contract, OutputOf, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { closeAppeals } from '../appeals/index.ts';
import { personOfActor } from '../channels/index.ts';
import { applyPenalty, describePenalty, lockStanding } from '../penalties/index.ts';
import { resolvePolicyReference } from '../policies/index.ts';
import { lockEscalatedItem } from '../review/index.ts';
import { reverseStatement } from '../statements/index.ts';
import { lockEscalation as lockStrikes, resolveEscalation as settleStrikes } from '../strikes/index.ts';
import type { EscalationDeps } from './deps.ts';
import { describeEscalations } from './describe.ts';
import { mayResolve } from './policy.ts';
import { type EscalationRow, findEscalation } from './store.ts';
import { readTimes } from './times-store.ts';

type Body = BodyOf<typeof contract.resolveEscalation>;
type Result = OutputOf<typeof contract.resolveEscalation>;

interface Act {
  readonly id: string;
  readonly adminId: UserId;
  readonly body: Body;
  readonly at: Date;
}

export async function resolveEscalation(deps: EscalationDeps, actor: Actor, id: string, body: Body): Promise<Result> {
  const { userId: adminId } = personOfActor(actor);
  const act: Act = { id, adminId, body, at: deps.clock.now() };
  // Beyond an admin's own rights: texts, violations and reports change.
  return deps.database.asSystem('an admin decides on what was passed on', async (tx) => {
    const known = await read(tx, act);
    if (known === null) throw notFound();
    const penaltyId = await (known.kind === 'strikes' ? onStrikes(tx, act, known) : onText(tx, deps, act));
    const settled = await read(tx, act);
    const [escalation] = settled === null ? [] : await describeEscalations(tx, [settled], act.at);
    if (escalation === undefined) throw new Error('a matter vanished in the transaction that decided on it');
    const penalty: AdminPenalty | null = penaltyId === null ? null : await describePenalty(tx, penaltyId, act.at);
    return { escalation, penalty };
  });
}

async function onText(tx: Tx, deps: EscalationDeps, act: Act): Promise<string | null> {
  const { adminId, at, body } = act;
  const locked = await lockEscalatedItem(tx, deps, act.id);
  if (locked === null) throw notFound();
  const { item } = locked;
  const isOpen = item.resolutionStatus === 'escalated' || item.resolutionStatus === 'pending';
  await refuse(tx, act, { authorId: item.userId, adminId, isOpen });
  const verdict = { reason: body.reason, by: adminId, at };
  if (body.decision === 'penalty') {
    const { penaltyId, receipt } = await closeAccount(tx, act, item.userId as UserId);
    await locked.settle(tx, { ...verdict, kind: 'penalty', receipt, penaltyId });
    return penaltyId;
  }
  const policyReference = await ruleOf(tx, body, at);
  const [receipt] = await recordAudit(tx, {
    type: 'ESCALATION_RESOLVED',
    entity: 'review',
    entityId: item.id,
    actorId: adminId,
    at,
    details: {
      decision: body.decision,
      userId: item.userId,
      source: item.sourceType,
      contentId: item.contentId,
      category: item.category,
      trigger: item.escalationTrigger,
      ...(policyReference === null ? {} : { policyReference }),
    },
    personal: [{ userId: item.userId, data: { reason: body.reason } }],
  });
  await locked.settle(tx, { ...verdict, kind: body.decision, receipt, policyReference });
  // A text that a program had blocked was told to its author with reasons, which no longer hold.
  if (body.decision === 'approve' && item.violationId !== null) {
    await reverseStatement(tx, { decision: { kind: 'classifier', id: item.violationId }, because: 'decision', at });
    await closeAppeals(tx, [{ type: 'violation', id: item.violationId }], { at, by: adminId, reason: body.reason });
  }
  return null;
}

async function onStrikes(tx: Tx, act: Act, known: EscalationRow): Promise<string | null> {
  const { adminId, at, body, id } = act;
  // As whoever gives or lifts a strike does it: the person first.
  await lockStanding(tx, known.userId);
  const row = await lockStrikes(tx, id);
  if (row === null) throw notFound();
  await refuse(tx, act, { authorId: row.userId, adminId, isOpen: row.resolutionStatus === 'escalated' });
  if (body.decision === 'reject') {
    throw new AppError('invalid', { errors: [{ path: 'decision', message: 'strikes have no text to hide' }] });
  }
  const resolution = { reason: body.reason, by: adminId, at };
  if (body.decision === 'penalty') {
    const { penaltyId } = await closeAccount(tx, act, row.userId as UserId);
    await settleStrikes(tx, id, { ...resolution, status: 'rejected', penaltyId });
    return penaltyId;
  }
  await settleStrikes(tx, id, { ...resolution, status: 'approved', penaltyId: null });
  await recordAudit(tx, {
    type: 'ESCALATION_RESOLVED',
    entity: 'escalation',
    entityId: id,
    actorId: adminId,
    at,
    details: { decision: 'approve', userId: row.userId, strikeId: row.strikeId, active: row.activeStrikes },
    personal: [{ userId: row.userId, data: { reason: body.reason } }],
  });
  return null;
}

/** The penalty's own entry and letter are those of the decision. */
function closeAccount(tx: Tx, { adminId, at, body, id }: Act, userId: UserId) {
  if (body.decision !== 'penalty') throw new Error('no penalty was decided');
  const { penalty } = body;
  return applyPenalty(
    tx,
    {
      ...penalty,
      userId,
      reason: penalty.reason ?? body.reason,
      durationHours: penalty.severity === 'temporary' ? penalty.durationHours : null,
    },
    { adminId, at, escalationId: id },
  );
}

async function ruleOf(tx: Tx, body: Body, at: Date): Promise<string | null> {
  if (body.decision !== 'reject' || body.policyReference === undefined) return null;
  const rule = await resolvePolicyReference(tx, body.policyReference, at);
  if (rule !== null) return rule.reference;
  throw new AppError('invalid', { errors: [{ path: 'policyReference', message: 'no rule of a published policy' }] });
}

async function refuse(tx: Tx, act: Act, facts: Parameters<typeof mayResolve>[0]): Promise<void> {
  const verdict = mayResolve(facts);
  if (verdict.allowed) return;
  if (verdict.code === 'own_content') {
    throw new AppError('own_content', { detail: 'Nobody decides about what is their own.' });
  }
  const row = await read(tx, act);
  const [decided] = row === null ? [] : await describeEscalations(tx, [row], act.at);
  throw new AppError('already_decided', { detail: wordsOf(decided?.resolution ?? null) });
}

const DONE = {
  approve: 'approved this',
  reject: 'rejected this',
  penalty: 'closed the account',
  lapsed: 'Fewer than three strikes were left',
} as const;

/** What was decided, by whom and why, for whoever was second. */
function wordsOf(resolution: contract.Escalation['resolution']): string {
  if (resolution === null) return 'This was decided before.';
  const { at, by, decision, reason } = resolution;
  if (decision === 'lapsed') return `${DONE.lapsed} at ${at}.`;
  return `${by?.displayName ?? 'Somebody whose account is gone'} ${DONE[decision]} at ${at}. Reason: ${reason}`;
}

/** In the transaction that decides: what it reads is locked already, or about to be. */
async function read(tx: Tx, { at, id }: Act): Promise<EscalationRow | null> {
  return findEscalation(tx, id, { times: await readTimes(tx), now: at });
}

const notFound = () => new AppError('not_found', { detail: 'There is no such matter.' });
