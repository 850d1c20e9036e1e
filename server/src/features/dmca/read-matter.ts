/** How a notice stands: for whoever holds the token of its receipt, and for the creator concerned. */
import type { DmcaMatter, DmcaNoticeId, dmca, OutputOf, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { DmcaDeps } from './deps.ts';
import { matterOf } from './describe-matter.ts';
import { findConcerning, findCounters, findNotice, listConcerning } from './store.ts';

export async function readMatter(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  token: string | undefined,
): Promise<DmcaMatter> {
  if (token !== undefined) return readByToken(deps, id, token);
  if (actor.kind !== 'person') throw new AppError('not_found');
  return deps.database.asActor(actor, async (tx) => {
    const notice = await findConcerning(tx, id, actor.userId);
    if (notice === null) throw new AppError('not_found');
    return matterOf(notice, (await findCounters(tx, [id])).get(id) ?? null, 'creator');
  });
}

async function readByToken({ database, tokens }: DmcaDeps, id: DmcaNoticeId, token: string): Promise<DmcaMatter> {
  return database.asSystem('a claimant without an account follows a notice', async (tx) => {
    const notice = await findNotice(tx, id);
    if (notice === null || !tokens.matches(token, notice.tokenHash)) throw new AppError('not_found');
    return matterOf(notice, (await findCounters(tx, [id])).get(id) ?? null, 'claimant');
  });
}

export async function listMine(
  deps: DmcaDeps,
  actor: Actor,
  query: QueryOf<typeof dmca.listMine>,
): Promise<OutputOf<typeof dmca.listMine>> {
  const { userId } = personOfActor(actor);
  const { limit } = query;
  const after = decodeCursor(query.cursor, instantAndId);
  return deps.database.asActor(actor, async (tx) => {
    const found = await listConcerning(tx, userId, { after, limit });
    const { nextCursor, rows } = pageOf(found, limit, (row) => [row.decidedAt?.toISOString() ?? '', row.id]);
    const counters = await findCounters(
      tx,
      rows.map(({ id }) => id),
    );
    return { items: rows.map((row) => matterOf(row, counters.get(row.id) ?? null, 'creator')), nextCursor };
  });
}
