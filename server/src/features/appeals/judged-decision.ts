/** What is kept of a decision with the appeal against it: by it overturned decisions are counted. */
import type { appeals as contract } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { findDecision, ruleThatFired } from './decision-store.ts';
import type { Matter } from './matter-store.ts';
import { decidersOf } from './reviewers.ts';
import type { Resolved } from './store.ts';

/** Of the closing that follows three strikes. */
const THREE_STRIKES = 'three_strikes';

export async function judgedDecision(
  tx: Tx,
  subject: contract.AppealSubject,
  matter: Matter,
  at: Date,
): Promise<NonNullable<Resolved['decision']>> {
  const decision = await findDecision(tx, subject, at);
  const [violationId] = matter.violationIds;
  const violation =
    violationId === undefined ? null : await findDecision(tx, { type: 'violation', id: violationId }, at);
  const deciders = await decidersOf(tx, subject, matter);
  const isAutomatic = decision?.isAutomatic === true && matter.actions.length === 0;
  const isClosing = isAutomatic && subject.type === 'penalty';
  return {
    category: decision?.category ?? violation?.category ?? null,
    rule: isClosing ? THREE_STRIKES : isAutomatic ? await ruleThatFired(tx, matter.violationIds) : null,
    by: deciders.at(-1) ?? null,
    isAutomatic,
  };
}
