/** Payouts and the accounts they go to, as their creators and as admins see them. */
import type { payments as contract, OutputOf, QueryOf, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { ProviderProblem } from '../../payments/provider.ts';
import { personOfActor } from '../channels/index.ts';
import { unavailable } from './charge.ts';
import type { PaymentDeps } from './deps.ts';
import { adminPayoutOf, payoutOf } from './describe.ts';
import { countPayouts, searchPayouts } from './list-store.ts';
import { findAccount, saveAccount } from './payout-store.ts';
import { payoutFacts } from './request-payout.ts';
import { readSettings } from './settings.ts';

export async function getPayoutAccount(deps: PaymentDeps, actor: Actor): Promise<contract.PayoutAccount> {
  const { userId } = personOfActor(actor);
  // Beyond row security: settings and disputes of payers are not the creator's to read.
  return deps.database.asSystem('what stands against a payout to a creator', (tx) => describe(deps, tx, userId));
}

async function describe(deps: PaymentDeps, tx: Tx, userId: UserId): Promise<contract.PayoutAccount> {
  const { payoutMinimum, riskDelayDays } = await readSettings(tx);
  const { account, facts } = await payoutFacts(deps, tx, userId, 'EUR', 0n);
  const obstacle =
    deps.provider === null
      ? 'no_provider'
      : facts.isInDebt
        ? 'debt'
        : facts.hasOpenDispute
          ? 'dispute'
          : facts.isAccountReady
            ? null
            : 'no_account';
  return {
    state: account === null ? 'none' : account.ready ? 'ready' : 'unfinished',
    provider: deps.provider?.name ?? null,
    obstacle,
    minimum: payoutMinimum,
    riskDelayDays,
  };
}

export async function openPayoutAccount(
  deps: PaymentDeps,
  actor: Actor,
): Promise<OutputOf<typeof contract.openPayoutAccount>> {
  const { clock, database, provider } = deps;
  if (provider === null) throw unavailable();
  const { userId } = personOfActor(actor);
  const stored = await database.asSystem('look at an account for payouts', (tx) => findAccount(tx, userId));
  const known = stored?.provider === provider.name ? stored : null;
  const opened = await provider
    .onboard({ key: userId, recipientId: known?.accountId ?? null, returnUrl: `${deps.publicUrl()}/earnings` })
    .catch((error: unknown) => {
      if (error instanceof ProviderProblem) throw unavailable(error);
      throw error;
    });
  return database.asSystem('keep where a creator is paid out to', async (tx) => {
    const at = clock.now();
    const row = { userId, provider: provider.name, accountId: opened.recipientId, ready: opened.ready };
    if (known?.accountId !== opened.recipientId || known.ready !== opened.ready) {
      await saveAccount(tx, { ...row, createdAt: at, knownAt: at });
      await recordAudit(tx, {
        type: 'PAYOUT_ACCOUNT_OPENED',
        entity: 'profile',
        entityId: userId,
        actorId: userId,
        at,
        details: { provider: provider.name, ready: opened.ready },
      });
    }
    return { ...(await describe(deps, tx, userId)), url: opened.url };
  });
}

export async function listPayouts(
  { database }: PaymentDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listPayouts>,
): Promise<OutputOf<typeof contract.listPayouts>> {
  const creatorId = personOfActor(actor).userId;
  const after = decodeCursor(query.cursor, instantAndId);
  const { limit } = query;
  const found = await database.asActor(actor, (tx) => searchPayouts(tx, { creatorId, words: undefined, after, limit }));
  const { nextCursor, rows } = pageOf(found, limit, ({ payout }) => [payout.createdAt.toISOString(), payout.id]);
  return { items: rows.map(({ payout }) => payoutOf(payout)), nextCursor };
}

export async function listAllPayouts(
  { database }: PaymentDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listAllPayouts>,
): Promise<OutputOf<typeof contract.listAllPayouts>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const { limit, q: words, status } = query;
  return database.asActor(actor, async (tx) => {
    const found = await searchPayouts(tx, { words, status, after, limit });
    const { nextCursor, rows } = pageOf(found, limit, ({ payout }) => [payout.createdAt.toISOString(), payout.id]);
    const items = rows.map(({ creator, payout }) => adminPayoutOf(payout, creator));
    return { items, nextCursor, counts: await countPayouts(tx) };
  });
}
