/** The tips of a stream as its room saw them, and the tips one gave. */
import type { tips as contract, OutputOf, QueryOf, StreamId, TipId } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOfActor, readAs } from '../channels/index.ts';
import { mayModerate } from '../chat/index.ts';
import { enterStream } from '../livestreams/index.ts';
import type { TipDeps } from './deps.ts';
import { givenTipOf, wholeTip } from './describe-tip.ts';
import { tipFor } from './policy.ts';
import { tipsGivenBy, tipsOfStream } from './store.ts';

export async function listTips(
  { clock, database }: TipDeps,
  actor: Actor,
  streamId: StreamId,
  query: QueryOf<typeof contract.listTips>,
): Promise<OutputOf<typeof contract.listTips>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const { standing } = await readAs(database, actor, (tx) => enterStream(tx, streamId, actor, clock.now()));
  const reader = { userId: actor.kind === 'person' ? actor.userId : null, moderates: mayModerate(standing) };
  const found = await database.asSystem('tips of a stream, cut to what the reader may know', (tx) =>
    tipsOfStream(tx, streamId, after, query.limit),
  );
  const { rows, nextCursor } = pageOf(found, query.limit, (row) => [row.paidAt?.toISOString() ?? '', row.id]);
  return { items: rows.map((row) => tipFor(wholeTip(row), reader)), nextCursor };
}

const idAlone = z.tuple([z.string().max(64)]);

export async function listGivenTips(
  { database }: TipDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listGivenTips>,
): Promise<OutputOf<typeof contract.listGivenTips>> {
  const { userId } = personOfActor(actor);
  const after = decodeCursor(query.cursor, idAlone);
  const found = await database.asActor(actor, (tx) => tipsGivenBy(tx, userId, { after, limit: query.limit }));
  const { rows, nextCursor } = pageOf(found, query.limit, ({ tip }) => [tip.id]);
  return { items: rows.map(givenTipOf), nextCursor };
}

export async function getGivenTip({ database }: TipDeps, actor: Actor, id: TipId): Promise<contract.GivenTip> {
  const { userId } = personOfActor(actor);
  const [row] = await database.asActor(actor, (tx) => tipsGivenBy(tx, userId, { id, after: null, limit: 1 }));
  if (row === undefined) throw new AppError('not_found');
  return givenTipOf(row);
}
