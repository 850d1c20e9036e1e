import type { accounts, ChatMessage, OutputOf, StreamId } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database, Tx } from '../../db/database.ts';
import type { MediaEngine } from '../../media/engine.ts';
import type { Realtime } from '../../realtime/index.ts';
import type { MediaTokens } from '../media-access/index.ts';
import type { ActiveStreams } from './active-streams.ts';

/** The chat's newest lines of one stream, oldest first; who may read them was decided before. */
type ReadChatHistory = (
  actor: Actor,
  streamId: StreamId,
  page: { readonly limit: number; readonly before: string | undefined },
) => Promise<{ items: ChatMessage[]; nextCursor: string | null }>;

export interface LivestreamDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly engine: MediaEngine;
  readonly realtime: Realtime;
  readonly tokens: MediaTokens;
  readonly active: ActiveStreams;
  readonly logger: Logger;
  /** Where clients reach this instance, without a trailing slash: `https://virgil.example`. */
  readonly publicUrl: () => string;
  /** The ways in for a stream key. */
  readonly ingestOf: (streamKey: string) => OutputOf<typeof accounts.getStreamKey>;
  /** The channel's key, made on first use. */
  readonly ensureStreamKey: (tx: Tx, channelId: string, at: Date) => Promise<string>;
  readonly readChatHistory: ReadChatHistory;
}
