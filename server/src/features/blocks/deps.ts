import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { Realtime } from '../../realtime/index.ts';

export interface BlockDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
}
