/** Also for an objection that came by letter: it is written down as the person's appeal and decided at once. */
import type { AdminStrike } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { lockStanding, nameOf } from '../penalties/index.ts';
import { describeStrike, findStrike } from '../strikes/index.ts';
import { carryOut, decidedBefore, type Verdict } from './decide-appeal.ts';
import type { AppealDeps } from './deps.ts';
import { lockItems, matterOf } from './matter-store.ts';
import { refuseReviewer } from './reviewers.ts';
import { type AppealRow, columnOf, findAppeal, insertAppeal, lockAppealsAbout } from './store.ts';

export async function decideStrikeAppeal(
  deps: AppealDeps,
  actor: Actor,
  strikeId: string,
  verdict: Pick<Verdict, 'decision' | 'reason'>,
): Promise<AdminStrike> {
  const { userId: by } = personOfActor(actor);
  const at = deps.clock.now();
  return deps.database.asSystem('an admin decides on an appeal against a strike', async (tx) => {
    const known = await findStrike(tx, strikeId);
    if (known === null) throw new AppError('not_found', { detail: 'There is no such strike.' });
    const subject = { type: 'strike', id: strikeId } as const;
    await lockItems(tx, (await matterOf(tx, subject)).itemIds);
    await lockStanding(tx, known.userId);
    const [newest] = await lockAppealsAbout(tx, subject);
    const strike = await findStrike(tx, strikeId);
    if (newest !== undefined && newest.status !== 'pending') throw await decidedBefore(tx, newest);
    if (strike === null || strike.liftedAt !== null) {
      const who = strike?.liftedBy == null ? null : await nameOf(tx, strike.liftedBy);
      throw new AppError('already_decided', { detail: `This strike was lifted before${who ? `, by ${who}` : ''}.` });
    }
    const matter = await matterOf(tx, subject);
    await refuseReviewer(tx, { reviewerId: by, appellantId: known.userId, subject, matter, at });
    const appeal = newest ?? (await writeDown(tx, known.userId, strikeId, at));
    await carryOut(deps, tx, appeal, matter, { ...verdict, by, at });
    const described = await describeStrike(tx, strikeId, at);
    if (described === null) throw new Error('a strike vanished in the transaction that decided on it');
    return described;
  });
}

async function writeDown(tx: Tx, userId: string, strikeId: string, at: Date): Promise<AppealRow> {
  const subject = columnOf({ type: 'strike', id: strikeId });
  const written = await insertAppeal(tx, { ...subject, id: uuidv7(), userId, appealReason: '', createdAt: at });
  const row = written === null ? null : await findAppeal(tx, written.id);
  if (row === null) throw new AppError('already_decided');
  return row;
}
