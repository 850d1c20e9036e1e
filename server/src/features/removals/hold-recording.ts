/** A recording that is kept after its livestream was removed is removed with it. */
import type { RemovalNote, StatementId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { type RemovalState, stateOf } from './policy.ts';
import { findRemovalNote, holdsOn, insertHold, lockLivestream } from './store.ts';

/**
 * Before the recording's row is written, in the same transaction: what state it begins in, null for an ordinary one.
 * `isPublic` is what it would have been, and what it goes back to.
 */
export async function holdRecording(
  tx: Tx,
  recording: { readonly videoId: string; readonly streamId: string; readonly isPublic: boolean; readonly at: Date },
): Promise<RemovalState | null> {
  const { isPublic, streamId, videoId } = recording;
  await lockLivestream(tx, streamId);
  const holds = await holdsOn(tx, { type: 'livestream', id: streamId });
  for (const hold of holds) {
    await insertHold(tx, {
      ...hold,
      id: uuidv7(),
      subjectType: 'video',
      subjectId: videoId,
      previous: { version: 1, type: 'video', isPublic },
      removedAt: recording.at,
    });
  }
  return stateOf(holds);
}

/** For its owner and for admins; null when nothing holds it. */
export async function removalNoteOf(tx: Tx, videoId: string): Promise<RemovalNote | null> {
  const row = await findRemovalNote(tx, videoId);
  if (row === null) return null;
  const statementId = row.statementId as StatementId | null;
  return { removedAt: row.removedAt.toISOString(), reason: row.reason, statementId };
}
