import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { StoreLogger } from '../../db/open-database.ts';
import type { UnsubscribeTokens } from './unsubscribe-tokens.ts';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface MailDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: StoreLogger;
  /** Null: the instance has no SMTP server, and nothing is queued. */
  readonly sendLetter: ((letter: Letter) => Promise<void>) | null;
  /** Null: the account is gone. */
  readonly addressOf: (userId: string) => Promise<{ readonly address: string; readonly isVerified: boolean } | null>;
  readonly publicUrl: string;
  readonly tokens: UnsubscribeTokens;
}
