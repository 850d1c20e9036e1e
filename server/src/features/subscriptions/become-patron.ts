/**
 * A person pays to be a patron of a channel. Asked again: a cancellation is taken back, a payment that waits or failed
 * goes on, and otherwise nothing changes.
 */
import type { ChannelId, subscriptions as contract, QueryOf } from '@virgil/contract';
import type { Actor, Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { isBannedFrom, personOfActor } from '../channels/index.ts';
import { type Advanced, advance } from './advance.ts';
import type { SubscriptionDeps } from './deps.ts';
import { begin, finish, refuseOtherPrice, refuseWithoutPayments } from './purchase.ts';
import { findOffer, findOpen, isBannedFromPlatform, type Offer, openChargeOf, type SubscriptionRow } from './store.ts';

type Agreed = QueryOf<typeof contract.becomePatron>;

export async function becomePatron(
  deps: SubscriptionDeps,
  actor: Actor,
  channelId: ChannelId,
  agreed: Agreed,
): Promise<contract.Purchase> {
  const person = personOfActor(actor);
  const at = deps.clock.now();
  const { row, chargeId } = await deps.database.asSystem('a subscriber must not write what was paid', async (tx) => {
    const offer = await findOffer(tx, channelId);
    if (offer === null) throw new AppError('not_found');
    if (String(channelId) === String(person.userId)) throw new AppError('own_content');
    const of = { kind: 'patronage', subscriberId: person.userId, channelId } as const;
    const open = await findOpen(tx, of, true);
    if (open !== null) return goOn(tx, open, offer, person, at);
    if (await isBannedFrom(tx, channelId, person.userId, at)) throw new AppError('banned');
    // Nobody pays for a channel that a penalty keeps shut.
    const price = offeredPrice((await isBannedFromPlatform(tx, channelId, at)) ? { ...offer, price: null } : offer);
    refuseOtherPrice(price, agreed);
    refuseWithoutPayments(deps);
    return begin(tx, { ...of, tier: null }, price, at);
  });
  return finish(deps, row.id, chargeId);
}

function offeredPrice({ price }: Offer) {
  if (price === null) throw new AppError('not_allowed', { detail: 'This channel does not offer to become a patron.' });
  return price;
}

async function goOn(tx: Tx, open: SubscriptionRow, offer: Offer, { userId }: Person, at: Date): Promise<Advanced> {
  if (open.cancelledAt !== null) {
    offeredPrice(offer);
    return advance(tx, open, { type: 'resume' }, at, userId);
  }
  return payOn(tx, open, at);
}

/** The payment that waits, or another try at the one that failed. */
export async function payOn(tx: Tx, open: SubscriptionRow, at: Date): Promise<Advanced> {
  const waiting = await openChargeOf(tx, open.id);
  return waiting === null ? advance(tx, open, { type: 'retry' }, at) : { row: open, chargeId: waiting.id };
}
