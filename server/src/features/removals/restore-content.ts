/** A decision is taken back: what was removed for it alone returns to what it was. */
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { stateOf } from './policy.ts';
import { commentEvent, directMessageEvent } from './remove-content.ts';
import {
  type DecisionRef,
  endHold,
  holdsOf,
  holdsOn,
  lockComment,
  lockDirectMessage,
  lockLivestream,
  lockVideo,
  type Removal,
  setCommentStatus,
  setDirectMessageStatus,
  setVideo,
} from './store.ts';
import { lockWords, setWords } from './words.ts';

/**
 * Repeating it changes nothing. What another decision holds as well stays removed. Needs the system's rights, and is
 * part of the act that took the decision back (an appeal accepted, a notice withdrawn), which leaves the audit entry.
 */
export async function restoreContent(
  tx: Tx,
  { decision, at }: { readonly decision: DecisionRef; readonly at: Date },
): Promise<void> {
  for (const removal of await holdsOf(tx, decision)) await restore(tx, removal, at);
}

async function restore(tx: Tx, removal: Removal, at: Date): Promise<void> {
  const subject = { type: removal.subjectType, id: removal.subjectId };
  const { previous } = removal;
  switch (previous.type) {
    case 'livestream': {
      // It does not start again; its recording has a removal of its own, and one kept later is free again.
      await lockLivestream(tx, subject.id);
      return endHold(tx, removal.id, at);
    }
    case 'video': {
      const video = await lockVideo(tx, subject.id);
      await endHold(tx, removal.id, at);
      if (video === null) return;
      const state = stateOf(await holdsOn(tx, subject));
      return setVideo(tx, video.id, { removal: state, isPublic: state === null && previous.isPublic, at });
    }
    case 'message': {
      const words = await lockWords(tx, subject.id);
      await endHold(tx, removal.id, at);
      if (words === null || stateOf(await holdsOn(tx, subject)) !== null || previous.status === 'removed') return;
      return setWords(tx, words, previous.status, at);
    }
    case 'comment': {
      const comment = await lockComment(tx, subject.id);
      await endHold(tx, removal.id, at);
      // Deleted or cleared in the meantime, or before: no decision brings that back.
      if (comment?.status !== 'removed' || stateOf(await holdsOn(tx, subject)) !== null) return;
      if (previous.status === 'removed') return;
      await setCommentStatus(tx, comment.id, previous.status);
      return announce(tx, commentEvent('removals.commentRestored', comment, at));
    }
    case 'direct_message': {
      const message = await lockDirectMessage(tx, subject.id);
      await endHold(tx, removal.id, at);
      if (message?.status !== 'removed' || stateOf(await holdsOn(tx, subject)) !== null) return;
      if (previous.status === 'removed') return;
      await setDirectMessageStatus(tx, message.id, previous.status);
      return announce(tx, directMessageEvent('removals.directMessageRestored', message.id, at));
    }
  }
}
