import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { Realtime } from '../../realtime/index.ts';
import type { TextModeration } from '../moderation/index.ts';

export interface MessageDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
  readonly moderation: TextModeration;
  /** False for load tools: people may be written to without end. */
  readonly rateLimits: boolean;
}
