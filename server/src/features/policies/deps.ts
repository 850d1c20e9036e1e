import type { DmcaSettings } from '@virgil/contract';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';

export interface PolicyDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly designatedAgent: () => Promise<DmcaSettings['agent']>;
}
