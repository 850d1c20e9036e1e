/** Who may write under a recording, who may take a comment away, and what of it who reads. Facts in, decision out. */
import type { ProblemCode } from '@virgil/contract';
import type { Standing } from '../channels/index.ts';

export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly code: ProblemCode;
      readonly detail: string;
      readonly retryAfterMs?: number;
    };

export interface WriterFacts {
  /** The creator takes comments under this recording. */
  readonly isOpen: boolean;
  readonly standing: Standing;
  readonly isBannedFromChannel: boolean;
  readonly timedOutUntil: Date | null;
  /** By the recording's creator. */
  readonly isBlocked: boolean;
}

/** That they may see the recording was asked before. */
export function mayComment(writer: WriterFacts, now: Date): Verdict {
  const { isBannedFromChannel, isBlocked, isOpen, standing, timedOutUntil } = writer;
  if (!standing.signedIn) return refuse('sign_in_required', 'Sign in to write a comment.');
  if (!isOpen) return refuse('not_allowed', 'Comments are turned off for this video.');
  if (isBannedFromChannel) return refuse('banned', 'You are banned from this channel.');
  // Neither who decided that nor why is said.
  if (isBlocked) return refuse('not_allowed', 'You cannot write a comment here.');
  if (timedOutUntil !== null && timedOutUntil > now) {
    const retryAfterMs = timedOutUntil.getTime() - now.getTime();
    return { ...refuse('timed_out', 'You are timed out in this channel.'), retryAfterMs };
  }
  return { allowed: true };
}

export function moderatesComments(standing: Standing): boolean {
  return (
    standing.isOwner || standing.granted.has('moderator') || (standing.signedIn && standing.platformRole === 'admin')
  );
}

export type RemovalAct = 'delete' | 'clear' | 'refuse';

/** What the same wish is for different people. Moderators do not act on one another, nor on the owner. */
export function removalAct(
  remover: { readonly isAuthor: boolean; readonly standing: Standing },
  author: Standing,
): RemovalAct {
  if (remover.isAuthor) return 'delete';
  if (!moderatesComments(remover.standing)) return 'refuse';
  const outranksAll = remover.standing.isOwner || remover.standing.platformRole === 'admin';
  const isColleague = author.isOwner || author.granted.has('moderator');
  return outranksAll || !isColleague ? 'clear' : 'refuse';
}

function refuse(code: ProblemCode, detail: string): Extract<Verdict, { allowed: false }> {
  return { allowed: false, code, detail };
}
