import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';

export interface PenaltyDeps {
  readonly database: Database;
  readonly clock: Clock;
}
