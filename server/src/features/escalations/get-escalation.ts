/** One matter with everything it stands on. */
import { category as categories, type escalations as contract, type desk } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { findDecisionInForce } from '../penalties/index.ts';
import { strikesOf } from '../strikes/index.ts';
import type { EscalationDeps } from './deps.ts';
import { describeEscalations } from './describe.ts';
import { mayResolve } from './policy.ts';
import { getEscalationTimes } from './set-escalation-times.ts';
import { type BlockedRow, blockedWith, type EscalationRow, findEscalation } from './store.ts';

export async function getEscalation(
  deps: EscalationDeps,
  actor: Actor,
  id: string,
): Promise<contract.EscalationDetails> {
  const { userId: adminId } = personOfActor(actor);
  const now = deps.clock.now();
  const times = await getEscalationTimes(deps);
  const found = await deps.database.asActor(actor, async (tx) => {
    const row = await findEscalation(tx, id, { times, now });
    if (row === null) throw new AppError('not_found', { detail: 'There is no such matter.' });
    const [escalation] = await describeEscalations(tx, [row], now);
    if (escalation === undefined) throw new Error('a matter vanished while it was described');
    const isMulti = row.trigger === 'multi_violation' && row.violationId !== null;
    return {
      row,
      escalation,
      blocked: isMulti && row.violationId !== null ? (await blockedWith(tx, row.violationId)).map(blockedOf) : [],
      strikes: (await strikesOf(tx, row.userId, now)).filter(({ active }) => active),
      isBanned: (await findDecisionInForce(tx, row.userId, now)) !== null,
    };
  });
  const { row, ...rest } = found;
  const isText = row.kind !== 'strikes';
  // The id is our own.
  const review = isText ? await deps.getReviewItem(actor, row.id as desk.ReviewItemId) : null;
  const verdict = mayResolve({ authorId: row.userId, adminId, isOpen: rest.escalation.resolution === null });
  return {
    ...rest,
    review,
    textState: isText
      ? await deps.database.asSystem('what became of a text that an admin decides about', (tx) =>
          stateOf(tx, deps, row),
        )
      : null,
    mayDecide: verdict.allowed
      ? { allowed: true }
      : { allowed: false, because: verdict.code === 'own_content' ? 'own_content' : 'decided' },
  };
}

async function stateOf(
  tx: Tx,
  { content }: EscalationDeps,
  { contentId, source }: EscalationRow,
): Promise<contract.EscalationDetails['textState']> {
  if (contentId === null || source === null) return null;
  return (await content[source].context(tx, contentId))?.state ?? null;
}

function blockedOf(row: BlockedRow): contract.BlockedText {
  return {
    violationId: row.id,
    text: row.content,
    at: new Date(row.createdAt).toISOString(),
    riskScore: row.riskScore,
    category: categories.parse(row.category),
    breakdown: row.breakdown,
    thresholds: { hold: row.holdAt, block: row.blockAt },
    rule: row.rule,
    resolvedAt: row.resolvedAt === null ? null : new Date(row.resolvedAt).toISOString(),
  };
}
