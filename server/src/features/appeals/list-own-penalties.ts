/** What stands against oneself, and what once did. */
import type { OutputOf, PenaltyItem, penalties, StatementId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { personOfActor } from '../channels/index.ts';
import { CANNOT_BE_APPEALED } from '../penalties/index.ts';
import { type Decision, decisionsAbout, statementsAbout } from './decision-store.ts';
import type { AppealDeps } from './deps.ts';
import { mayAppeal } from './policy.ts';
import { appealsOf, type OwnAppealRow, subjectOf } from './store.ts';

export async function listOwnPenalties(
  deps: AppealDeps,
  actor: Actor,
): Promise<OutputOf<typeof penalties.listOwnPenalties>> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  const { decisions, appeals, statements } = await deps.database.asActor(actor, async (tx) => ({
    decisions: await decisionsAbout(tx, userId, at),
    appeals: await appealsOf(tx, userId),
    statements: await statementsAbout(tx, userId),
  }));
  const items = decisions.map((decision) => itemOf(decision, appeals, statements.get(decision.subject.id)));
  return { active: items.filter(({ active }) => active), historical: items.filter(({ active }) => !active) };
}

function itemOf(decision: Decision, all: readonly OwnAppealRow[], statementId: StatementId | undefined): PenaltyItem {
  const { category, isAutomatic, isInForce, issuedAt, reason, subject } = decision;
  const own = all.filter((row) => subjectOf(row).id === subject.id);
  const facts = { isInForce, canBeAppealed: decision.canBeAppealed, before: own.map(({ status }) => status) };
  const [newest] = own;
  return {
    kind: subject.type,
    id: subject.id,
    reason,
    issuedAt: issuedAt.toISOString(),
    ...(decision.expiresAt === null ? {} : { expiresAt: decision.expiresAt.toISOString() }),
    active: isInForce,
    appealable: mayAppeal(facts).allowed,
    ...(newest === undefined ? {} : { appealId: newest.id }),
    category,
    automatic: isAutomatic,
    ...(decision.endedAt === null ? {} : { endedAt: decision.endedAt.toISOString() }),
    ...(statementId === undefined ? {} : { statementId }),
    ...(decision.canBeAppealed ? {} : { finalBecause: CANNOT_BE_APPEALED }),
  };
}
