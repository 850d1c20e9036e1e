/** The appellant writes in their appeal: what they were asked, or what they forgot. Nothing rates it: it is a hearing. */
import { appeals as contract, type UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { notifyAll } from '../notifications/index.ts';
import { actingAdmins, lockStanding, nameOf } from '../penalties/index.ts';
import type { AppealDeps } from './deps.ts';
import { messageOf } from './describe-appeal.ts';
import { countMessages, hasUnread, insertMessage, whoAsked } from './dialogue-store.ts';
import { appealChanged } from './events.ts';
import { mayWrite } from './policy.ts';
import { type AppealRow, findAppeal } from './store.ts';

export async function answerInAppeal(
  { clock, database }: Pick<AppealDeps, 'clock' | 'database'>,
  actor: Actor,
  appealId: string,
  message: string,
): Promise<contract.AppealMessage> {
  const { userId } = personOfActor(actor);
  const at = clock.now();
  // Beyond row security: the admins who asked are told, and whether they have read is not the appellant's to see.
  return database.asSystem('somebody answers in their appeal', async (tx) => {
    await lockStanding(tx, userId);
    const appeal = await findAppeal(tx, appealId);
    if (appeal === null || appeal.userId !== userId) throw new AppError('not_found');
    await refuseToWrite(tx, appeal);
    const isNew = !(await hasUnread(tx, appealId, 'appellant'));
    const row = await insertMessage(tx, {
      id: uuidv7(),
      appealId,
      side: 'appellant',
      authorId: userId,
      message,
      createdAt: at,
    });
    await recordMessage(tx, appeal, { by: userId, message, at });
    if (isNew) await tellAdmins(tx, appeal, at);
    await announce(tx, appealChanged(appeal, at));
    return messageOf(row);
  });
}

/** Once for everything that nobody has read yet. */
async function tellAdmins(tx: Tx, appeal: AppealRow, at: Date): Promise<void> {
  const asked = await whoAsked(tx, appeal.id);
  const admins = (await actingAdmins(tx, at)).filter((id) => asked.includes(id) && id !== appeal.userId);
  const name = (await nameOf(tx, appeal.userId)) ?? '';
  await notifyAll(
    tx,
    admins.map((id) => ({
      userId: id as UserId,
      sentBy: appeal.userId as UserId,
      kind: 'appeal_answer',
      text: `${name} wrote in their appeal.`,
      data: { appealId: appeal.id, name },
      at,
    })),
  );
}

/** Throws `already_decided` and `not_allowed`. */
export async function refuseToWrite(tx: Tx, { id, status }: Pick<AppealRow, 'id' | 'status'>): Promise<void> {
  const most = contract.MOST_APPEAL_MESSAGES;
  switch (mayWrite({ status, messages: await countMessages(tx, id), most })) {
    case 'decided':
      throw new AppError('already_decided', { detail: 'This appeal is decided; nothing more is asked in it.' });
    case 'full':
      throw new AppError('not_allowed', { detail: `An appeal holds at most ${most} messages.` });
    case 'allowed':
      return;
  }
}

export async function recordMessage(
  tx: Tx,
  { id, userId }: Pick<AppealRow, 'id' | 'userId'>,
  { at, by, message }: { readonly by: UserId; readonly message: string; readonly at: Date },
): Promise<void> {
  await recordAudit(tx, {
    type: 'APPEAL_MESSAGE_SENT',
    entity: 'appeal',
    entityId: id,
    actorId: by,
    at,
    details: { userId },
    personal: [{ userId, data: { message } }],
  });
}
