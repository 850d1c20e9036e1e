import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { Payments } from '../payments/index.ts';

export interface SubscriptionDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly payments: Pick<Payments, 'charge' | 'isAvailable'>;
}
