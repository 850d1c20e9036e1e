import { ledger } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import { checkBooks } from './check-books.ts';
import type { LedgerDeps } from './deps.ts';
import { exportBooks } from './export-books.ts';
import { exportEarnings } from './export-earnings.ts';
import { checkOf, getBooks } from './read-books.ts';
import { getEarnings, listEarnings, listEarningsByStream } from './read-earnings.ts';
import { reverseBonus } from './reverse-bonus.ts';

/** A check reads the whole ledger. */
const CHECK_LIMIT = { points: 6, seconds: 60 };
const EXPORT_LIMIT = { points: 20, seconds: 60 };

export function ledgerRoutes(deps: LedgerDeps): Binding[] {
  return [
    bind(ledger.getEarnings, ({ caller }) => getEarnings(deps, caller.actor)),
    bind(ledger.listEarnings, ({ caller, query }) => listEarnings(deps, caller.actor, query)),
    bind(ledger.listEarningsByStream, ({ caller, query }) => listEarningsByStream(deps, caller.actor, query)),
    bind(ledger.exportEarnings, ({ caller, query }) => exportEarnings(deps, caller.actor, query), {
      limit: EXPORT_LIMIT,
    }),
    bind(ledger.getBooks, ({ caller, query }) => getBooks(deps, caller.actor, query)),
    bind(
      ledger.checkBooks,
      async ({ caller: { actor } }) => {
        const { clock, database, providerBalances } = deps;
        const askedBy = personOfActor(actor).userId;
        // Beyond row security: what was found is kept, and nobody writes beside the ledger.
        return database.asSystem('check the books for an admin', async (tx) =>
          checkOf(await checkBooks(tx, { askedBy, at: clock.now(), providerBalances })),
        );
      },
      { limit: CHECK_LIMIT },
    ),
    bind(ledger.reverseTransfer, ({ caller, params, body }) =>
      reverseBonus(deps, caller.actor, params.id, body.reason),
    ),
    bind(ledger.exportBooks, ({ caller, query }) => exportBooks(deps, caller.actor, query), { limit: EXPORT_LIMIT }),
  ];
}
