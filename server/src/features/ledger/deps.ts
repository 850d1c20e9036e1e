import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { ProviderBalances } from './invariants.ts';

export interface LedgerDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Null where there is no provider to ask. */
  readonly providerBalances: ProviderBalances | null;
}
