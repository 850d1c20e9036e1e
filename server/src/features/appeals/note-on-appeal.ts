/** Admins write for each other what the person concerned does not read. */
import type { appealDesk as contract, OutputOf } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { AppealDeps } from './deps.ts';
import { noteOf } from './describe-appeal.ts';
import { insertNote, notesOf } from './dialogue-store.ts';
import { appealChanged } from './events.ts';
import { findAppeal } from './store.ts';

export async function noteOnAppeal(
  { clock, database }: Pick<AppealDeps, 'clock' | 'database'>,
  actor: Actor,
  appealId: string,
  note: string,
): Promise<OutputOf<typeof contract.noteOnAppeal>> {
  const { userId: by } = personOfActor(actor);
  const at = clock.now();
  return database.asActor(actor, async (tx) => {
    const appeal = await findAppeal(tx, appealId);
    if (appeal === null) throw new AppError('not_found', { detail: 'There is no such appeal.' });
    if (appeal.userId === by) throw new AppError('own_content', { detail: 'This appeal is your own.' });
    const id = uuidv7();
    await insertNote(tx, { id, appealId, authorId: by, note, createdAt: at });
    await recordAudit(tx, {
      type: 'APPEAL_NOTE_ADDED',
      entity: 'appeal',
      entityId: appealId,
      actorId: by,
      at,
      // What it says stays out of the log, where the person concerned could ask for it.
      details: { userId: appeal.userId },
    });
    await announce(tx, appealChanged(appeal, at));
    const written = (await notesOf(tx, appealId)).find((each) => each.note.id === id);
    if (written === undefined) throw new Error('a note vanished in its transaction');
    return noteOf(written);
  });
}
