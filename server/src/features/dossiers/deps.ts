import type { accounts, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';

export interface DossierDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** The person as the list of accounts shows them; null when there is none. */
  readonly userById: (actor: Actor, id: UserId) => Promise<accounts.AdminUser | null>;
}
