/** Whom somebody may keep away, or not read. Facts in, decision out. */
import { blocks, type UserId } from '@virgil/contract';
import { ALLOWED, type Decision, refuse } from '../channels/index.ts';

export interface HideFacts {
  readonly userId: UserId;
  readonly otherId: UserId;
  /** There is such a person, and their account was not erased. */
  readonly exists: boolean;
  /** Of the same kind, before this one. */
  readonly alreadyHidden: number;
}

export function mayHide({ alreadyHidden, exists, otherId, userId }: HideFacts): Decision {
  if (userId === otherId) return refuse('own_content');
  if (!exists) return refuse('not_found');
  return alreadyHidden >= blocks.MOST_HIDDEN_PEOPLE ? refuse('not_allowed') : ALLOWED;
}
