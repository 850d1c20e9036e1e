/** Who may hear an appeal: an admin, not about themselves, and not about what they decided while another could. */
import type { appeals as contract } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { actingAdmins } from '../penalties/index.ts';
import { deciderOf } from './decision-store.ts';
import type { Matter } from './matter-store.ts';
import { mayReview } from './policy.ts';

/** Everybody who decided any part of it. */
export async function decidersOf(tx: Tx, subject: contract.AppealSubject, matter: Matter): Promise<string[]> {
  const first = await deciderOf(tx, subject);
  return [...new Set([first, ...matter.actions.map(({ actorId }) => actorId)].filter((id) => id !== null))];
}

/** Throws `own_content` and `not_allowed`. */
export async function refuseReviewer(
  tx: Tx,
  review: {
    readonly reviewerId: string;
    readonly appellantId: string;
    readonly subject: contract.AppealSubject;
    readonly matter: Matter;
    readonly at: Date;
  },
): Promise<void> {
  const { appellantId, at, matter, reviewerId, subject } = review;
  const deciders = await decidersOf(tx, subject, matter);
  const admins = await actingAdmins(tx, at);
  switch (mayReview({ reviewerId, appellantId, deciders, admins })) {
    case 'own_account':
      throw new AppError('own_content', { detail: 'Nobody decides about their own account.' });
    case 'own_decision':
      throw new AppError('not_allowed', { detail: 'You made this decision: another admin hears the appeal.' });
    case 'allowed':
      return;
  }
}
