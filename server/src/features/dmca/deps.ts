import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { EvidenceSeal } from './evidence-seal.ts';
import type { StatusTokens } from './status-tokens.ts';

/** Sent to someone without an account: plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface DmcaDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publicUrl: () => string;
  readonly tokens: StatusTokens;
  readonly seal: EvidenceSeal;
  /** Where a kept file lies, to be hashed. */
  readonly pathOfVideoFile: (key: string) => string;
  /** Null on an instance without e-mail: the status page tells everything. */
  readonly sendLetter: ((letter: Letter) => Promise<void>) | null;
}
