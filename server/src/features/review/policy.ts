/** Who may decide what on a text that waits. Facts in, decision out. */
import { ALLOWED, type Decision, refuse } from '../channels/index.ts';
import type { ActionKind, ItemRow } from './store.ts';

/** By which right somebody decides. `owner` and `moderator` are the channel's own; the others the platform's. */
export type Capacity = 'admin' | 'owner' | 'moderator' | 'assigned';

export interface DeciderFacts {
  readonly userId: string;
  readonly platformRole: 'user' | 'moderator' | 'admin';
  readonly ownsChannel: boolean;
  readonly moderatesChannel: boolean;
  /** The item is theirs to decide; holds only while they are a moderator of the platform. */
  readonly isAssigned: boolean;
}

export function capacityOf(decider: DeciderFacts): Capacity | null {
  if (decider.platformRole === 'admin') return 'admin';
  if (decider.ownsChannel) return 'owner';
  if (decider.moderatesChannel) return 'moderator';
  return decider.isAssigned && decider.platformRole === 'moderator' ? 'assigned' : null;
}

/** What the author of the text is, on its channel and on the platform. */
export type AuthorRank = 'admin' | 'owner' | 'moderator' | 'nobody';

export function rankOf(author: Omit<DeciderFacts, 'isAssigned' | 'userId'>): AuthorRank {
  if (author.platformRole === 'admin') return 'admin';
  if (author.ownsChannel) return 'owner';
  return author.moderatesChannel || author.platformRole === 'moderator' ? 'moderator' : 'nobody';
}

/** What takes something from the author; publishing and passing on do not. */
const isAgainst = (kind: ActionKind): boolean => kind !== 'approve' && kind !== 'escalate';

/** Moderators cannot act on each other, nor on the owner; the owner can act on them, an admin on everybody. */
function reaches(capacity: Capacity, author: AuthorRank): boolean {
  switch (capacity) {
    case 'admin':
      return true;
    case 'owner':
      return author !== 'admin';
    case 'moderator':
      return author === 'nobody';
    // The channel is not theirs to protect its owner on: a comment by one is a comment.
    case 'assigned':
      return author === 'nobody' || author === 'owner';
  }
}

export interface MatterFacts {
  readonly kind: ActionKind;
  readonly status: ItemRow['resolutionStatus'];
  readonly isOwn: boolean;
  /** Null: neither an admin, nor of this channel, nor assigned. */
  readonly capacity: Capacity | null;
  readonly author: AuthorRank;
}

/** Nobody decides on their own; nobody hears of an item that is not theirs to see; the first decision stands. */
export function mayDecide({ author, capacity, isOwn, kind, status }: MatterFacts): Decision {
  if (capacity === null) return refuse('not_found');
  if (isOwn) return refuse('own_content');
  if (status !== 'pending') return refuse('already_decided');
  return isAgainst(kind) && !reaches(capacity, author) ? refuse('not_allowed') : ALLOWED;
}

/** There is a stream to keep them out of; a text without one goes to the admins instead. */
export const canBan = (item: Pick<ItemRow, 'channelId' | 'streamId'>): boolean =>
  item.channelId !== null && item.streamId !== null;

type Trigger = NonNullable<ItemRow['escalationTrigger']>;

/** Which of the six triggers a category comes nearest to, where nobody named one. */
export function triggerOf(category: ItemRow['category']): Trigger {
  switch (category) {
    case 'hate':
      return 'hate_speech';
    case 'minors':
      return 'minors';
    case 'impersonation':
    case 'fraud':
      return 'staff_impersonation';
    case 'threat':
    case 'harassment':
    case 'terror':
    case 'self_harm':
    case 'pii':
      return 'threats';
    case 'sexual':
    case 'spam':
    case 'toxicity':
      return 'multi_violation';
  }
}

/** What was decided can be taken back until that moment, and not at it: the person is told then. */
export function undoEnd(at: Date, undoable: boolean, seconds: number): Date | null {
  return undoable ? new Date(at.getTime() + seconds * 1000) : null;
}

export interface UndoFacts {
  /** The newest decision that stands; null: none does. */
  readonly action: { readonly actorId: string | null; readonly undoableUntil: Date | null } | null;
  readonly userId: string;
  readonly now: Date;
}

export type UndoDecision = 'allowed' | 'nothing' | 'others' | 'never' | 'over';

export function mayUndo({ action, now, userId }: UndoFacts): UndoDecision {
  if (action === null) return 'nothing';
  if (action.actorId !== userId) return 'others';
  if (action.undoableUntil === null) return 'never';
  return now < action.undoableUntil ? 'allowed' : 'over';
}
