/** Taking an item and giving it back. A claim is a courtesy: it keeps two people from doing the same work. */
import type { desk as contract, OutputOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { dropClaim, renewClaim, takeClaim } from './claim-store.ts';
import type { DeskDeps } from './deps.ts';
import { claimOf } from './describe-item.ts';
import { readItem } from './get-review-item.ts';
import { CLAIM_MS } from './policy.ts';
import { findInQueue, type QueuedItem } from './queue-store.ts';
import { continueShift } from './shift-store.ts';

export async function claimItem(
  deps: Pick<DeskDeps, 'clock' | 'database'>,
  actor: Actor,
  id: contract.ReviewItemId,
): Promise<OutputOf<typeof contract.claimItem>> {
  const { clock, database } = deps;
  const { userId } = personOfActor(actor);
  const { item } = await readItem(deps, actor, id);
  if (item.userId === userId) throw new AppError('own_content');
  const now = clock.now();
  const until = new Date(now.getTime() + CLAIM_MS);
  const { isMine, row } = await database.asSystem('hold an item for whoever works on it', async (tx) => {
    const isMine = (await renewClaim(tx, id, userId, now, until)) || (await takeClaim(tx, id, userId, now, until));
    return { isMine, row: await findInQueue(tx, id) };
  });
  if (row === null) throw new AppError('not_found');
  const claim = claimOf(row.item, row.claimer, now);
  if (!isMine || claim === null) throw new AppError('already_decided', { detail: whoWasFirst(row, claim) });
  await database.asActor(actor, (tx) => continueShift(tx, userId, now));
  return { claim };
}

/** For people; codes stay the same. */
function whoWasFirst({ decider, escalator, item }: QueuedItem, claim: contract.ReviewClaim | null): string {
  if (claim !== null) return `${claim.by.displayName} is working on it.`;
  if (item.resolutionStatus === 'escalated')
    return `${escalator?.displayName ?? 'The system'} passed it to the admins.`;
  const done = item.resolutionStatus === 'approved' ? 'approved' : 'rejected';
  return `${decider?.displayName ?? 'Somebody'} ${done} it.`;
}

export async function releaseItem(
  deps: Pick<DeskDeps, 'clock' | 'database'>,
  actor: Actor,
  id: contract.ReviewItemId,
): Promise<void> {
  await readItem(deps, actor, id);
  await deps.database.asSystem('give an item back', (tx) => dropClaim(tx, id, personOfActor(actor).userId));
}
