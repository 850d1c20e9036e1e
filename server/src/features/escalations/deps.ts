import type { desk } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { ReviewDeps } from '../review/index.ts';

export interface EscalationDeps extends Pick<ReviewDeps, 'content' | 'reports'> {
  readonly database: Database;
  readonly clock: Clock;
  /** A text in its moment, as the moderator's desk shows it; throws `not_found`. */
  readonly getReviewItem: (actor: Actor, id: desk.ReviewItemId) => Promise<desk.ReviewDetails>;
}
