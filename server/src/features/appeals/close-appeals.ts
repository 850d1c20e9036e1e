/** A decision was taken back in another way: the open appeal against it has nothing left to ask for. */
import type { appeals as contract, UserId } from '@virgil/contract';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { appealChanged } from './events.ts';
import { type Matter, subjectsOf } from './matter-store.ts';
import { type AppealRow, lockAppealsAbout, resolveAppeal, subjectOf } from './store.ts';

export interface Closing {
  readonly at: Date;
  readonly by: UserId | null;
  readonly reason: string;
}

/** In the transaction that took them back, with the system's rights. What took them back tells the person. */
export async function closeAppeals(
  tx: Tx,
  subjects: readonly contract.AppealSubject[],
  closing: Closing,
): Promise<void> {
  for (const subject of subjects) {
    for (const appeal of await lockAppealsAbout(tx, subject)) {
      if (appeal.status === 'pending') await close(tx, appeal, closing);
    }
  }
}

/** What belongs to the decision that an accepted appeal undid, appealed by itself. */
export async function closeSiblings(tx: Tx, matter: Matter, closing: Closing): Promise<void> {
  await closeAppeals(tx, subjectsOf(matter), closing);
}

async function close(tx: Tx, appeal: AppealRow, { at, by, reason }: Closing): Promise<void> {
  await resolveAppeal(tx, appeal.id, { status: 'approved', by, at, resolution: reason, decision: null });
  await recordAudit(tx, {
    type: 'APPEAL_ACCEPTED',
    entity: 'appeal',
    entityId: appeal.id,
    actorId: by,
    at,
    details: { userId: appeal.userId, subject: subjectOf(appeal), closed: true },
    personal: [{ userId: appeal.userId, data: { reason } }],
  });
  await announce(tx, appealChanged(appeal, at));
}
