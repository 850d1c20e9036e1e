/** Finding livestreams: everything live, one stream, a creator's streams, a stream's chat. */
import type { livestreams as contract, OutputOf, QueryOf, StreamId, UserId, VideoId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { countAndId, decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { readAs } from '../channels/index.ts';
import type { LivestreamDeps } from './deps.ts';
import { describeLivestream, summaryOf } from './describe-livestream.ts';
import { enterStream } from './enter-stream.ts';
import { activeOfChannels, archivedOf, channelExists, countActive, searchActive } from './store.ts';

export async function listActive(
  deps: LivestreamDeps,
  query: QueryOf<typeof contract.listActive>,
): Promise<OutputOf<typeof contract.listActive>> {
  const after = decodeCursor(query.cursor, countAndId);
  const { limit, q: words, realm } = query;
  return deps.database.publicRead(async (db) => {
    const found = await searchActive(db, { words, realm, after, limit });
    const { rows, nextCursor } = pageOf(found, limit, ({ stream }) => [stream.viewers, stream.id]);
    return {
      items: rows.map((row) => summaryOf(row, deps.engine)),
      nextCursor,
      counts: await countActive(db, words),
    };
  });
}

export async function getLivestream(deps: LivestreamDeps, actor: Actor, id: StreamId): Promise<contract.Livestream> {
  return readAs(deps.database, actor, async (tx) => {
    const { standing, ...row } = await enterStream(tx, id, actor, deps.clock.now());
    return describeLivestream(deps, tx, row, actor, standing);
  });
}

export async function getChat(
  deps: LivestreamDeps,
  actor: Actor,
  id: StreamId,
  query: QueryOf<typeof contract.getChatHistory>,
): Promise<OutputOf<typeof contract.getChatHistory>> {
  await readAs(deps.database, actor, (tx) => enterStream(tx, id, actor, deps.clock.now()));
  return deps.readChatHistory(actor, id, { limit: query.limit, before: query.before });
}

export async function listByCreator(
  deps: LivestreamDeps,
  actor: Actor,
  creatorId: UserId,
  query: QueryOf<typeof contract.listByCreator>,
): Promise<OutputOf<typeof contract.listByCreator>> {
  const after = decodeCursor(query.cursor, instantAndId);
  return readAs(deps.database, actor, async (tx) => {
    if (!(await channelExists(tx, creatorId))) throw new AppError('not_found');
    const active = after === null ? await activeOfChannels(tx, [creatorId]) : [];
    const found = await archivedOf(tx, creatorId, after, query.limit);
    const { rows, nextCursor } = pageOf(found, query.limit, ({ stream }) => [
      stream.startedAt.toISOString(),
      stream.id,
    ]);
    return {
      active: active.map((row) => summaryOf(row, deps.engine)),
      archived: rows.map(({ videoId, ...row }) => ({
        ...summaryOf(row, deps.engine),
        videoId: videoId as VideoId | null,
        durationSeconds: secondsBetween(row.stream.startedAt, row.stream.endedAt),
      })),
      nextCursor,
    };
  });
}

function secondsBetween(startedAt: Date, endedAt: Date | null): number {
  return endedAt === null ? 0 : Math.max(0, Math.round((endedAt.getTime() - startedAt.getTime()) / 1000));
}
