import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { Realtime } from '../../realtime/index.ts';
import type { JudgedText } from '../chat/index.ts';
import type { Payments } from '../payments/index.ts';
import type { TipBoard } from './tip-board.ts';

export interface TipDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
  readonly payments: Pick<Payments, 'charge' | 'isAvailable'>;
  /** What the rules of chat make of the words with a tip. */
  readonly judge: (text: string) => Promise<JudgedText>;
  readonly board: TipBoard;
  /** Tips in a burst are no person’s; null: limits are off. */
  readonly limit: ((userId: string) => void) | null;
}
