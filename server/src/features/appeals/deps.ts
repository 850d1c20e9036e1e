import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';

export interface AppealDeps {
  readonly database: Database;
  readonly clock: Clock;
}
