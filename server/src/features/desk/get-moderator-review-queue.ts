/** The queue as one moderator sees it. Which items those are, the database decides (`db/schema/review.ts`). */
import type { desk as contract, OutputOf, QueryOf } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { DeskDeps } from './deps.ts';
import { describeItem } from './describe-item.ts';
import { countQueue, type Place, searchQueue, voicesOf } from './queue-store.ts';

const heads = z.int().min(0).max(1);
const id = z.string().max(64);
const CURSORS = { risk: z.tuple([heads, z.number().min(0).max(1), id]), oldest: z.tuple([heads, id]) } as const;

function placeOf(sort: 'risk' | 'oldest', cursor: string | undefined): Place | null {
  if (sort === 'risk') {
    const key = decodeCursor(cursor, CURSORS.risk);
    return key === null ? null : { sort, key };
  }
  const key = decodeCursor(cursor, CURSORS.oldest);
  return key === null ? null : { sort, key };
}

export async function getModeratorReviewQueue(
  { clock, database }: Pick<DeskDeps, 'clock' | 'database'>,
  actor: Actor,
  query: QueryOf<typeof contract.getQueue>,
): Promise<OutputOf<typeof contract.getQueue>> {
  const { cursor, limit, sort, ...filters } = query;
  const now = clock.now();
  const reading = { filters, me: personOfActor(actor).userId, now };
  const after = placeOf(sort, cursor);
  const { counts, found } = await database.asActor(actor, async (tx) => ({
    found: await searchQueue(tx, reading, { sort, after, limit }),
    counts: await countQueue(tx, reading),
  }));
  const { rows, nextCursor } = pageOf(found, limit, ({ item }) =>
    sort === 'risk' ? [item.headsQueue ? 1 : 0, item.riskScore, item.id] : [item.headsQueue ? 1 : 0, item.id],
  );
  const voices = await database.asSystem('how many people reported what is in the queue, never who', (tx) =>
    voicesOf(
      tx,
      rows.map(({ item }) => item.contentId),
    ),
  );
  return {
    items: rows.map((row) => describeItem(row, voices.get(row.item.contentId) ?? 0, now)),
    nextCursor,
    counts,
  };
}
