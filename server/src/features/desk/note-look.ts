/** How much harsh content one has looked at: counted for that person alone, so that they can look after themselves. */
import { desk as contract, type OutputOf, veilOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { personOfActor } from '../channels/index.ts';
import type { DeskDeps } from './deps.ts';
import { readItem } from './get-review-item.ts';
import { neighboursOf } from './item-store.ts';
import { exposureOf, isHarsh } from './policy.ts';
import type { QueuedItem } from './queue-store.ts';
import { addLook, continueShift, countLooks, writeShift } from './shift-store.ts';

export async function noteLook(
  deps: Pick<DeskDeps, 'clock' | 'database'>,
  actor: Actor,
  id: contract.ReviewItemId,
): Promise<OutputOf<typeof contract.noteLook>> {
  const { userId } = personOfActor(actor);
  const { item } = await readItem(deps, actor, id);
  const harsh = isHarsh(item) || (await hasHarshBeside(deps, item));
  const now = deps.clock.now();
  const exposure = await deps.database.asActor(actor, async (tx) => {
    const shift = await continueShift(tx, userId, now);
    if (harsh) await addLook(tx, userId, id);
    return exposureOf(shift, await countLooks(tx, userId), now);
  });
  return { exposure };
}

/** Lines around an item can be looked at from its page; all that one sees there counts as one look. */
async function hasHarshBeside({ database }: Pick<DeskDeps, 'database'>, item: QueuedItem['item']): Promise<boolean> {
  const around = await database.asSystem('what stands around an item that its reader may read', (tx) =>
    neighboursOf(tx, item, contract.NEIGHBOURS),
  );
  return around.flat().some((line) => veilOf(line) !== 'none');
}

export async function noteBreak(
  { clock, database }: Pick<DeskDeps, 'clock' | 'database'>,
  actor: Actor,
): Promise<OutputOf<typeof contract.noteBreak>> {
  const { userId } = personOfActor(actor);
  const now = clock.now();
  const exposure = await database.asActor(actor, async (tx) => {
    const shift = await continueShift(tx, userId, now);
    const looks = await countLooks(tx, userId);
    const rested = { ...shift, restedAt: now, looksAtRest: looks };
    await writeShift(tx, userId, rested);
    return exposureOf(rested, looks, now);
  });
  return { exposure };
}
