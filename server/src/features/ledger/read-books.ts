/** An admin reads the platform's books. */
import type {
  BookedTransfer,
  BooksOverview,
  BooksCheck as ContractCheck,
  ledger as contract,
  OutputOf,
  PlatformPurpose,
  QueryOf,
  StreamId,
} from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOf } from '../channels/index.ts';
import {
  type BookEntryRow,
  creatorTotals,
  platformBalances,
  readEntries,
  searchTransfers,
  type TransferRow,
  volumeSince,
} from './books-store.ts';
import type { BooksCheck } from './check-books.ts';
import { lastCheck } from './check-store.ts';
import type { LedgerDeps } from './deps.ts';
import { moneyOf } from './minor-units.ts';

const VOLUME_MS = 30 * 24 * 3_600_000;

export async function getBooks(
  deps: LedgerDeps,
  actor: Actor,
  query: QueryOf<typeof contract.getBooks>,
): Promise<OutputOf<typeof contract.getBooks>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const { cursor: _cursor, limit, q: words, ...filter } = query;
  return deps.database.asActor(actor, async (tx) => {
    const found = await searchTransfers(tx, { ...filter, words, after, limit, order: 'newest' });
    const { rows, nextCursor } = pageOf(found, limit, ({ at, id }) => [at, id]);
    return {
      items: await withEntries(tx, rows),
      nextCursor,
      overview: after === null ? await overviewOf(tx, deps.clock.now()) : null,
    };
  });
}

export async function withEntries(tx: Tx, rows: readonly TransferRow[]): Promise<BookedTransfer[]> {
  const byTransfer = Map.groupBy(
    await readEntries(
      tx,
      rows.map(({ id }) => id),
    ),
    (entry) => entry.transfer_id,
  );
  return rows.map((row) => transferOf(row, byTransfer.get(row.id) ?? []));
}

function transferOf(row: TransferRow, entries: readonly BookEntryRow[]): BookedTransfer {
  const moved = entries.reduce((sum, { amount }) => (amount.startsWith('-') ? sum : sum + BigInt(amount)), 0n);
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    at: row.at,
    amount: moneyOf(moved, row.currency),
    entries: entries.map(({ amount, avatar_key, display_name, owner_id, purpose }) => ({
      // The table's own check knows no other purposes of creators; the platform's are those of the migration.
      account: purpose as PlatformPurpose | 'available' | 'pending' | 'held',
      owner:
        owner_id === null || display_name === null
          ? null
          : personOf({ id: owner_id, displayName: display_name, avatarKey: avatar_key }),
      amount: moneyOf(amount, row.currency),
    })),
    reverses: row.reverses,
    isReversed: row.is_reversed,
    streamId: row.stream_id as StreamId | null,
  };
}

async function overviewOf(tx: Tx, at: Date): Promise<BooksOverview> {
  const platform = await platformBalances(tx);
  const creators = await creatorTotals(tx);
  const volume = await volumeSince(tx, new Date(at.getTime() - VOLUME_MS));
  const check = await lastCheck(tx);
  return {
    platform: platform.map(({ account, balance, currency }) => ({
      account: account as PlatformPurpose,
      balance: moneyOf(balance, currency),
    })),
    creators: creators.map(({ available, currency, held, pending }) => ({
      available: moneyOf(available, currency),
      pending: moneyOf(pending, currency),
      held: moneyOf(held, currency),
    })),
    volume: volume.map(({ amount, count, currency, kind }) => ({ kind, amount: moneyOf(amount, currency), count })),
    check: check === null ? null : checkOf(check),
  };
}

export function checkOf({ at, isSound, results }: BooksCheck): ContractCheck {
  return {
    at: at.toISOString(),
    isSound,
    results: results.map(({ findings, id, state }) => ({ id, state, findings: [...findings] })),
  };
}
