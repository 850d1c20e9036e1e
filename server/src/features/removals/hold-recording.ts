/** A recording that is kept after its livestream was removed is removed with it. */
import type { RemovalNote, StatementId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { type RemovalState, stateOf } from './policy.ts';
import { findRemovalNote, holdsOn, insertHold, lockLivestream } from './store.ts';

/**
 * In what state a recording of this livestream begins; null for an ordinary one. Until the transaction ends, no decision
 * about the livestream passes by: it either was before, or finds the recording.
 */
export async function removalOfStream(tx: Tx, streamId: string): Promise<RemovalState | null> {
  await lockLivestream(tx, streamId);
  return stateOf(await holdsOn(tx, { type: 'livestream', id: streamId }));
}

/** After the recording's row, in the same transaction. `isPublic`: what it would have been, and what it goes back to. */
export async function holdRecording(
  tx: Tx,
  recording: { readonly videoId: string; readonly streamId: string; readonly isPublic: boolean; readonly at: Date },
): Promise<void> {
  const { isPublic, streamId, videoId } = recording;
  for (const hold of await holdsOn(tx, { type: 'livestream', id: streamId })) {
    await insertHold(tx, {
      ...hold,
      id: uuidv7(),
      subjectType: 'video',
      subjectId: videoId,
      previous: { version: 1, type: 'video', isPublic },
      removedAt: recording.at,
    });
  }
}

/** For its owner and for admins; null when nothing holds it. */
export async function removalNoteOf(tx: Tx, videoId: string): Promise<RemovalNote | null> {
  const row = await findRemovalNote(tx, videoId);
  if (row === null) return null;
  const statementId = row.statementId as StatementId | null;
  return { removedAt: row.removedAt.toISOString(), reason: row.reason, statementId };
}
