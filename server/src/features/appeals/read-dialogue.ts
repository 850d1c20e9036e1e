/** What was asked and answered counts as read once its other side has seen it; then the next message is told again. */
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { AppealDeps } from './deps.ts';
import { markRead } from './dialogue-store.ts';
import { findAppeal } from './store.ts';

type Deps = Pick<AppealDeps, 'clock' | 'database'>;

export async function readAppealMessages({ clock, database }: Deps, actor: Actor, appealId: string) {
  const { userId } = personOfActor(actor);
  return database.asSystem('somebody reads what was asked in their appeal', async (tx) => {
    const appeal = await findAppeal(tx, appealId);
    if (appeal?.userId !== userId) throw new AppError('not_found');
    return { read: await markRead(tx, appealId, 'appellant', clock.now()) };
  });
}

export async function readAppealAnswers({ clock, database }: Deps, actor: Actor, appealId: string) {
  const { userId } = personOfActor(actor);
  return database.asSystem('an admin reads what was answered in an appeal', async (tx) => {
    const appeal = await findAppeal(tx, appealId);
    if (appeal === null) throw new AppError('not_found', { detail: 'There is no such appeal.' });
    if (appeal.userId === userId) throw new AppError('own_content', { detail: 'This appeal is your own.' });
    return { read: await markRead(tx, appealId, 'admin', clock.now()) };
  });
}
