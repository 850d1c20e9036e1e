import type { LivestreamSummary } from '@virgil/contract';
import type { Clock } from '../../clock.ts';
import type { Database, Tx } from '../../db/database.ts';

export interface ChannelDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** What these channels broadcast now, by channel. Livestreams know; they stand above channels. */
  readonly liveOf: (tx: Tx, channelIds: readonly string[]) => Promise<Map<string, LivestreamSummary>>;
}
