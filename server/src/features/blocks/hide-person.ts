/** Blocking and muting someone, and taking either back. Repeating changes nothing, and the other is never told. */
import { blocks, type blocks as contract, type UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';
import { AppError } from '../../errors.ts';
import { enforce, personOf, personOfActor } from '../channels/index.ts';
import type { BlockDeps } from './deps.ts';
import { mayHide } from './policy.ts';
import { countHidden, deleteHidden, findHidden, hiddenIds, insertHidden, type Kind, personExists } from './store.ts';

const CHANGED = 'people.hidden';

export async function hidePerson(
  deps: BlockDeps,
  actor: Actor,
  kind: Kind,
  otherId: UserId,
): Promise<contract.HiddenPerson> {
  const { userId } = personOfActor(actor);
  const pair = { userId, otherId };
  const hidden = await deps.database.asActor(actor, async (tx) => {
    const present = await findHidden(tx, kind, pair);
    if (present !== null) return present;
    const exists = await personExists(tx, otherId);
    enforce(mayHide({ userId, otherId, exists, alreadyHidden: await countHidden(tx, kind, userId) }));
    await insertHidden(tx, kind, pair, deps.clock.now());
    await signalNodes(tx, { kind: CHANGED, id: userId });
    return findHidden(tx, kind, pair);
  });
  if (hidden === null) throw new AppError('not_found');
  return { person: personOf(hidden.person), since: hidden.since.toISOString() };
}

export async function showPerson(deps: BlockDeps, actor: Actor, kind: Kind, otherId: UserId): Promise<void> {
  const { userId } = personOfActor(actor);
  await deps.database.asActor(actor, async (tx) => {
    if (await deleteHidden(tx, kind, { userId, otherId })) await signalNodes(tx, { kind: CHANGED, id: userId });
  });
}

export async function getHiddenPeople(deps: Pick<BlockDeps, 'database'>, actor: Actor): Promise<contract.HiddenPeople> {
  const { userId } = personOfActor(actor);
  return deps.database.asActor(actor, (tx) => readHiddenPeople(tx, userId));
}

async function readHiddenPeople(tx: Tx, userId: UserId): Promise<contract.HiddenPeople> {
  return { blocked: await hiddenIds(tx, 'block', userId), muted: await hiddenIds(tx, 'mute', userId) };
}

/** Pages that are open elsewhere follow at once, on every node; one that misses it asks when it comes back. */
export async function hearOfBlocks({ database, realtime }: BlockDeps, { id, kind }: NodeSignal): Promise<void> {
  if (kind !== CHANGED) return;
  // It is one that this product wrote.
  const userId = id as UserId;
  const people = await database.asSystem('pages of one person follow whom they keep away', (tx) =>
    readHiddenPeople(tx, userId),
  );
  realtime.toUser(userId, blocks.hiddenPeopleChanged, people);
}
