/** An admin asks the appellant something. */
import type { appealDesk as contract, OutputOf, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { notify } from '../notifications/index.ts';
import { lockStanding } from '../penalties/index.ts';
import { recordMessage, refuseToWrite } from './answer-in-appeal.ts';
import type { AppealDeps } from './deps.ts';
import { adminMessageOf } from './describe-appeal.ts';
import { hasUnread, insertMessage, messagesWithAuthors } from './dialogue-store.ts';
import { appealChanged } from './events.ts';
import { matterOf } from './matter-store.ts';
import { refuseReviewer } from './reviewers.ts';
import { findAppeal, subjectOf } from './store.ts';

export async function askInAppeal(
  { clock, database }: Pick<AppealDeps, 'clock' | 'database'>,
  actor: Actor,
  appealId: string,
  message: string,
): Promise<OutputOf<typeof contract.askInAppeal>> {
  const { userId: by } = personOfActor(actor);
  const at = clock.now();
  return database.asSystem('an admin asks in an appeal', async (tx) => {
    const known = await findAppeal(tx, appealId);
    if (known === null) throw new AppError('not_found', { detail: 'There is no such appeal.' });
    await lockStanding(tx, known.userId);
    const appeal = (await findAppeal(tx, appealId)) ?? known;
    const matter = await matterOf(tx, subjectOf(appeal));
    // Whoever may not decide does not examine either.
    await refuseReviewer(tx, { reviewerId: by, appellantId: appeal.userId, subject: subjectOf(appeal), matter, at });
    await refuseToWrite(tx, appeal);
    const isNew = !(await hasUnread(tx, appealId, 'admin'));
    const row = await insertMessage(tx, {
      id: uuidv7(),
      appealId,
      side: 'admin',
      authorId: by,
      message,
      createdAt: at,
    });
    await recordMessage(tx, appeal, { by, message, at });
    if (isNew) {
      await notify(tx, {
        userId: appeal.userId as UserId,
        sentBy: by,
        kind: 'appeal_question',
        text: 'There is a question about your appeal. Answer it in the Appeals Center.',
        data: { appealId },
        at,
      });
    }
    await announce(tx, appealChanged(appeal, at));
    const written = (await messagesWithAuthors(tx, appealId)).find(({ message: each }) => each.id === row.id);
    if (written === undefined) throw new Error('a message of an appeal vanished in its transaction');
    return adminMessageOf(written);
  });
}
