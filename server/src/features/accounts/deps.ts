/** What accounts need from outside. */
import type { accounts, OutputOf, UserId } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Auth } from './auth.ts';
import type { AuthUsers } from './auth-users.ts';
import type { AvatarStore } from './avatar-store.ts';

export interface AccountsDeps {
  readonly auth: Auth;
  readonly users: AuthUsers;
  readonly apiKeys: ApiKeys;
  readonly avatars: AvatarStore;
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publicUrl: string;
  /** Once what let a person in is gone: their open connections end, and those that still may come back do. */
  readonly endConnections: (userId: UserId) => void;
  /** The addresses an encoder publishes to with this key. */
  readonly ingestOf: (streamKey: string) => OutputOf<typeof accounts.getStreamKey>;
}
