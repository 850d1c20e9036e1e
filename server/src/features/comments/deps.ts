import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { Realtime } from '../../realtime/index.ts';
import type { TextModeration } from '../moderation/index.ts';

export interface CommentDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
  readonly moderation: TextModeration;
}
