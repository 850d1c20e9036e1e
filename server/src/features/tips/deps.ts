import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { Realtime } from '../../realtime/index.ts';
import type { TextModeration } from '../moderation/index.ts';
import type { Payments } from '../payments/index.ts';
import type { TipBoard } from './tip-board.ts';

export interface TipDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
  readonly payments: Pick<Payments, 'charge' | 'isAvailable'>;
  readonly moderation: TextModeration;
  readonly board: TipBoard;
  /** Tips in a burst are no person’s; null: limits are off. */
  readonly limit: ((userId: string) => void) | null;
}
