/** Everything about one person. */
import type { dossiers as contract, Money, UserId } from '@virgil/contract';
import { currency } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { appealOf, appealsOf } from '../appeals/index.ts';
import { personOfActor } from '../channels/index.ts';
import { balanceOf, type CreatorPurpose, creatorAccount } from '../ledger/index.ts';
import { penaltyOf, searchPenalties } from '../penalties/index.ts';
import { strikesOf } from '../strikes/index.ts';
import type { DossierDeps } from './deps.ts';
import { countReports, readFacts, sumTips, type TipSums } from './facts-store.ts';

/** Nobody has more; older ones are in the history. */
const MOST_PENALTIES = 100;

export async function getDossier(deps: DossierDeps, actor: Actor, id: UserId): Promise<contract.Dossier> {
  const admin = personOfActor(actor);
  const user = await deps.userById(actor, id);
  if (user === null) throw new AppError('not_found', { detail: 'There is no such person.' });
  const at = deps.clock.now();
  const decisions = await deps.database.asActor(actor, async (tx) => ({
    strikes: await strikesOf(tx, id, at),
    penalties: (await searchPenalties(tx, { userId: id, at, after: null, limit: MOST_PENALTIES })).map(penaltyOf),
    appeals: (await appealsOf(tx, id)).map(appealOf),
    reports: await countReports(tx, id),
  }));
  // Beyond row security: hidden lines, notices and balances are another person's; only how many and how much is told.
  const found = await deps.database.asSystem('count what a dossier counts', async (tx) => ({
    facts: await readFacts(tx, id),
    money: await moneyOf(tx, id),
  }));
  const { facts, money } = found;
  if (facts === null) throw new AppError('not_found', { detail: 'There is no such person.' });
  return {
    user: { ...user, bio: facts.bio },
    streams: {
      all: facts.streams,
      lastStartedAt: facts.lastStartedAt,
      videos: facts.videos,
      removed: facts.removed,
    },
    followers: facts.followers,
    messages: {
      all: facts.messages,
      held: facts.held,
      blocked: facts.blocked,
      removed: facts.removedMessages,
    },
    ...decisions,
    channels: { timeouts: facts.timeouts, bans: facts.bans },
    money,
    notices: facts.notices,
    mayDecide: admin.userId !== id,
  };
}

async function moneyOf(tx: Tx, userId: UserId): Promise<contract.Dossier['money']> {
  const tips = await sumTips(tx, userId);
  const all: contract.Dossier['money'] = [];
  for (const code of currency.options) {
    const balance = async (purpose: CreatorPurpose): Promise<Money> => ({
      amount: Number(await balanceOf(tx, creatorAccount(userId, purpose), code)),
      currency: code,
    });
    const sums: TipSums = tips.find((each) => each.currency === code) ?? { currency: code, received: 0, given: 0 };
    const entry = {
      available: await balance('available'),
      pending: await balance('pending'),
      held: await balance('held'),
      tipsReceived: { amount: sums.received, currency: code },
      tipsGiven: { amount: sums.given, currency: code },
    };
    if (Object.values(entry).some(({ amount }) => amount !== 0)) all.push(entry);
  }
  return all;
}
