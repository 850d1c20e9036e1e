/** What happened to and through one person: a page of it, or all of it as a file. */
import type { dossiers as contract, OutputOf, QueryOf, UserId } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, type FileAnswer, pageOf } from '../../http/index.ts';
import type { DossierDeps } from './deps.ts';
import { getDossier } from './get-dossier.ts';
import { type HistoryRow, keyOf, searchHistory } from './history-store.ts';

const instantAndKey = z.tuple([z.iso.datetime(), z.string().max(100)]);
/** A file is one piece; whoever has more is asked for page by page. */
const MOST_LINES = 20_000;

export async function getUserHistory(
  deps: DossierDeps,
  actor: Actor,
  userId: UserId,
  { cursor, kind, limit, of }: QueryOf<typeof contract.getUserHistory>,
): Promise<OutputOf<typeof contract.getUserHistory>> {
  const after = decodeCursor(cursor, instantAndKey);
  if ((await deps.userById(actor, userId)) === null) {
    throw new AppError('not_found', { detail: 'There is no such person.' });
  }
  const at = deps.clock.now();
  // Beyond row security: letters and hidden reports stand in it too, and the edge has made sure that an admin asks.
  const found = await deps.database.asSystem('the history of a person, for an admin', (tx) =>
    searchHistory(tx, { userId, kind, of, at, after, limit }),
  );
  const page = pageOf(found, limit, keyOf);
  return { items: page.rows.map(entryOf), nextCursor: page.nextCursor };
}

export async function exportDossier(deps: DossierDeps, actor: Actor, userId: UserId): Promise<FileAnswer> {
  const dossier = await getDossier(deps, actor, userId);
  const at = deps.clock.now();
  const lines = await deps.database.asSystem('the whole history of a person, for an admin', (tx) =>
    searchHistory(tx, { userId, kind: undefined, of: undefined, at, after: null, limit: MOST_LINES }),
  );
  const body = { version: 1, exportedAt: at.toISOString(), ...dossier, history: lines.map(entryOf) };
  return {
    type: 'application/json',
    fileName: `dossier-${userId}-${at.toISOString().slice(0, 10)}.json`,
    body: JSON.stringify(body, null, 2),
  };
}

const entryOf = (row: HistoryRow): contract.HistoryEntry => ({ ...row, at: row.at.toISOString() });
