/** Patronages and tiers on the whole server: paid, renewed, failed, lapsed, cancelled, on the product clock. */
import {
  accounts,
  channels,
  subscriptions as contract,
  livestreams,
  notifications,
  payments,
  type StreamId,
  type UserId,
} from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';

let app: TestApp;
let admin: SignedIn;

beforeAll(async () => {
  app = await testApp();
  admin = await app.signUp({ role: 'admin' });
}, 60_000);
afterAll(() => app.close());

const DAY = 24 * 3_600_000;
/** A renewal of this price is declined by the sandbox. */
const DECLINED = 1302;
/** … and of this one waits for the payer on a page. */
const ASKS_PAYER = 1301;

const setPrice = (owner: SignedIn, amount: number | null, currency: 'EUR' | 'GBP' = 'EUR') =>
  owner.call(channels.updateChannelSettings, {
    params: { id: owner.id },
    body: { patronPrice: amount === null ? null : { amount, currency } },
  });

/** A creator with a price, and someone who became a patron for it. */
async function pair(amount = 400) {
  const owner = await app.signUp({ tier: 'pro' });
  await setPrice(owner, amount);
  const patron = await app.signUp();
  const { subscription } = await become(patron, owner);
  return { owner, patron, subscription };
}
const become = (who: SignedIn, owner: SignedIn) => who.call(contract.becomePatron, { params: { id: owner.id } });
const cancel = (who: SignedIn, owner: SignedIn) => who.call(contract.cancelPatronage, { params: { id: owner.id } });
const patronageOf = (who: SignedIn, owner: SignedIn) => who.call(contract.getPatronage, { params: { id: owner.id } });
const roleOf = async (who: SignedIn, owner: SignedIn) =>
  (await who.call(channels.getChannel, { params: { id: owner.id } })).me.role;

/** Until the moment has come, and everything it brings has followed. */
async function until(moment: string | null, moreMs = 1_000): Promise<void> {
  const now = app.app.clock.now().getTime();
  await app.advance(Math.max(0, Date.parse(moment ?? '') - now + moreMs));
  await app.settle();
}
const lettersTo = async (who: SignedIn) =>
  (await who.call(notifications.listNotifications)).items.map(({ kind }) => kind);

async function owedTo(owner: SignedIn): Promise<number> {
  const [row] = await app.storage.sql<{ owed: string | null }>(
    `select sum(entries.amount) as owed from ledger_entries as entries
     join ledger_accounts as accounts on accounts.id = entries.account_id where accounts.owner_id = $1`,
    [owner.id],
  );
  return Number(row?.owed ?? 0);
}

describe('becoming a patron', () => {
  test('pays a month, opens what is for patrons, credits nine tenths, tells both', async () => {
    const { owner, patron, subscription } = await pair(505);
    expect(subscription).toMatchObject({
      kind: 'patronage',
      status: 'active',
      price: { amount: 505, currency: 'EUR' },
    });
    expect(await roleOf(patron, owner)).toBe('patron');
    expect(await owedTo(owner)).toBe(455);
    expect(await lettersTo(patron)).toEqual(['subscription.started']);
    expect(await lettersTo(owner)).toEqual(['patronage.new']);
    expect(await patronageOf(patron, owner)).toMatchObject({ granted: false, mine: { id: subscription.id } });
    await app.settle();
    const logged = await app.storage.sql(
      `select type, actor_id from audit_index where entity = 'subscription' and entity_id = $1`,
      [subscription.id],
    );
    expect(logged).toEqual([{ type: 'SUBSCRIPTION_STARTED', actor_id: patron.id }]);
  });

  test('a first month that is given back ends it at once', async () => {
    const { owner, patron, subscription } = await pair();
    const [charge] = await app.storage.sql<{ payment_id: string }>(
      'select payment_id from subscription_charges where subscription_id = $1',
      [subscription.id],
    );
    await admin.call(payments.refundPayment, {
      params: { id: charge?.payment_id ?? '' },
      body: { reason: 'changed their mind' },
    });
    await app.settle();
    expect(await roleOf(patron, owner)).toBe('viewer');
    const [ended] = (await patron.call(contract.listSubscriptions, { query: { ended: 'true' } })).items;
    expect(ended?.endReason).toBe('refunded');
    expect(await owedTo(owner)).toBe(0);
  });

  test('ten clicks at once are one subscription, paid once', async () => {
    const owner = await app.signUp();
    await setPrice(owner, 400);
    const patron = await app.signUp();
    const answers = await Promise.all(Array.from({ length: 10 }, () => become(patron, owner)));
    expect(new Set(answers.map(({ subscription }) => subscription.id)).size).toBe(1);
    expect((await patronageOf(patron, owner)).mine?.status).toBe('active');
    expect(await owedTo(owner)).toBe(360);
  });

  test('is refused on one’s own channel, without an offer, at another price than one saw, while banned', async () => {
    const owner = await app.signUp();
    const person = await app.signUp();
    const attempt = async (who: SignedIn, query = {}) =>
      (await who.attempt(contract.becomePatron, { params: { id: owner.id }, query })).problem?.code;
    expect(await attempt(person)).toBe('not_allowed');
    await setPrice(owner, 400);
    expect(await attempt(owner)).toBe('own_content');
    expect(await attempt(person, { amount: 300, currency: 'EUR' })).toBe('invalid');
    await app.storage.sql(
      `insert into banned_viewers (id, channel_id, user_id, reason, created_at) values ($1, $1, $2, 'r', now())`,
      [owner.id, person.id],
    );
    expect(await attempt(person)).toBe('banned');
    expect(await owedTo(owner)).toBe(0);
  });

  test('a first payment that is declined opens nothing, and may be tried again', async () => {
    const owner = await app.signUp();
    await setPrice(owner, DECLINED);
    const patron = await app.signUp();
    expect((await become(patron, owner)).status).toBe('failed');
    expect(await roleOf(patron, owner)).toBe('viewer');
    await setPrice(owner, 400);
    expect((await become(patron, owner)).status).toBe('paid');
  });

  test('a payment that waits is found again, and given up after a day', async () => {
    const owner = await app.signUp();
    await setPrice(owner, 1301);
    const patron = await app.signUp();
    const first = await become(patron, owner);
    expect(first).toMatchObject({ status: 'pending', subscription: { status: 'pending' } });
    expect(first.checkoutUrl).not.toBeNull();
    expect(await become(patron, owner)).toEqual(first);
    await app.advance(DAY + 1_000);
    expect((await patronageOf(patron, owner)).mine).toBeNull();
  });

  test('a price is 1.00 to 100.00, and nobody’s but the owner’s', async () => {
    const owner = await app.signUp();
    for (const amount of [99, 10_001, 100.5]) {
      const answer = await owner.attempt(channels.updateChannelSettings, {
        params: { id: owner.id },
        body: { patronPrice: { amount, currency: 'EUR' } },
      });
      expect([amount, answer.problem?.code]).toEqual([amount, 'invalid']);
    }
    const other = await app.signUp();
    const foreign = await other.attempt(channels.updateChannelSettings, {
      params: { id: owner.id },
      body: { patronPrice: { amount: 400, currency: 'EUR' } },
    });
    expect(foreign.problem?.code).toBe('not_allowed');
  });

  test('leaves the price of the running month alone when an older checkout is paid late, and ends with its refund', async () => {
    const owner = await app.signUp({ tier: 'pro' });
    await setPrice(owner, ASKS_PAYER);
    const patron = await app.signUp();
    await become(patron, owner);
    const [older] = await app.storage.sql<{ id: string }>('select id from payments where payer_id = $1', [patron.id]);
    await cancel(patron, owner);
    await setPrice(owner, 505);
    const { subscription } = await become(patron, owner);
    const play = (act: 'succeed' | 'refund') =>
      app.stranger().call(payments.playPayment, { params: { id: older?.id ?? '' }, body: { act } });
    await play('succeed');
    await app.settle();
    const { mine } = await patronageOf(patron, owner);
    expect(mine).toMatchObject({ id: subscription.id, price: { amount: 505, currency: 'EUR' } });
    expect(Date.parse(mine?.periodEnd ?? '')).toBeGreaterThan(Date.parse(subscription.periodEnd ?? '') + 20 * DAY);
    await play('refund');
    await app.settle();
    expect((await patronageOf(patron, owner)).mine).toBeNull();
  });
});

describe('a month later', () => {
  test('it is renewed by itself, on the same day', async () => {
    const { owner, patron, subscription } = await pair();
    await until(subscription.periodEnd);
    const { mine } = await patronageOf(patron, owner);
    expect(mine?.status).toBe('active');
    expect(Date.parse(mine?.periodEnd ?? '')).toBeGreaterThan(Date.parse(subscription.periodEnd ?? '') + 27 * DAY);
    expect(await owedTo(owner)).toBe(720);
    expect(await lettersTo(patron)).toEqual(['subscription.renewed', 'subscription.started']);
  });

  test('a renewal that fails is tried for three days while all stays open, then it lapses', async () => {
    const { owner, patron, subscription } = await pair(2000);
    await setPrice(owner, DECLINED);
    await app.settle();
    await until(subscription.periodEnd);
    const grace = (await patronageOf(patron, owner)).mine;
    expect(grace).toMatchObject({ status: 'grace' });
    expect(await roleOf(patron, owner)).toBe('patron');
    await until(grace?.graceUntil ?? null);
    expect((await patronageOf(patron, owner)).mine).toBeNull();
    expect(await roleOf(patron, owner)).toBe('viewer');
    const [ended] = (await patron.call(contract.listSubscriptions, { query: { ended: 'true' } })).items;
    expect(ended).toMatchObject({ id: subscription.id, status: 'ended', endReason: 'lapsed' });
    expect((await lettersTo(patron)).slice(0, 2)).toEqual(['subscription.ended', 'subscription.payment_failed']);
    expect(await owedTo(owner)).toBe(1800);
  });

  test('a failed renewal is paid when its subscriber asks, at the price that is asked now', async () => {
    const { owner, patron, subscription } = await pair(2000);
    await setPrice(owner, DECLINED);
    await app.settle();
    await until(subscription.periodEnd);
    await setPrice(owner, 1000);
    await app.settle();
    const again = await become(patron, owner);
    expect(again).toMatchObject({ status: 'paid', subscription: { status: 'active', price: { amount: 1000 } } });
  });

  test('a renewal that only its subscriber can pay waits for them, and they are told', async () => {
    const { owner, patron, subscription } = await pair(2000);
    await setPrice(owner, ASKS_PAYER);
    await app.settle();
    await until(subscription.periodEnd);
    expect((await patronageOf(patron, owner)).mine).toMatchObject({ status: 'grace' });
    expect((await lettersTo(patron))[0]).toBe('subscription.payment_due');
    const page = await become(patron, owner);
    expect(page).toMatchObject({ status: 'pending', subscription: { status: 'grace' } });
    expect(page.checkoutUrl).not.toBeNull();
    const [charge] = await app.storage.sql<{ payment_id: string }>(
      `select payment_id from subscription_charges where subscription_id = $1 and status = 'pending'`,
      [subscription.id],
    );
    await app
      .stranger()
      .call(payments.playPayment, { params: { id: charge?.payment_id ?? '' }, body: { act: 'succeed' } });
    await app.settle();
    expect((await patronageOf(patron, owner)).mine).toMatchObject({ status: 'active', graceUntil: null });
  });

  test('a charge that never reached the provider is sent again', async () => {
    const { owner, patron, subscription } = await pair(2000);
    await app.storage.sql(
      `update subscriptions set attempts = 1, grace_until = period_end + interval '3 days' where id = $1`,
      [subscription.id],
    );
    await app.storage.sql(
      `insert into subscription_charges (id, subscription_id, payer_id, amount, currency, created_at)
       values ($1 || '-lost', $1, $2, 2000, 'EUR', now())`,
      [subscription.id, patron.id],
    );
    await until(subscription.periodEnd, DAY + 1_000);
    expect((await patronageOf(patron, owner)).mine).toMatchObject({ status: 'active', graceUntil: null });
    expect(await owedTo(owner)).toBe(3600);
  });

  test('a lapse during a patron-only stream closes it', async () => {
    const { owner, patron, subscription } = await pair(2000);
    await setPrice(owner, DECLINED);
    await app.settle();
    await until(subscription.periodEnd);
    const { livestream } = await owner.call(livestreams.startLivestream, { body: { title: 'P', patronOnly: true } });
    const watch = (id: StreamId) => patron.attempt(livestreams.getLivestream, { params: { id } });
    expect((await watch(livestream.id)).status).toBe(200);
    const { mine } = await patronageOf(patron, owner);
    // The engine is a fake, so media never comes: the stream is kept from ending by itself.
    await app.storage.sql(`delete from jobs where kind = 'livestream.end-without-media'`);
    await until(mine?.graceUntil ?? null);
    expect((await watch(livestream.id)).problem?.code).toBe('patron_required');
  });
});

describe('cancelling', () => {
  test('lets what is paid for run out; nothing more is charged', async () => {
    const { owner, patron, subscription } = await pair();
    const cancelled = await cancel(patron, owner);
    expect(cancelled).toMatchObject({ status: 'active', periodEnd: subscription.periodEnd });
    expect(cancelled.cancelledAt).not.toBeNull();
    expect(await cancel(patron, owner)).toEqual(cancelled);
    expect(await roleOf(patron, owner)).toBe('patron');
    await until(subscription.periodEnd);
    expect(await roleOf(patron, owner)).toBe('viewer');
    expect(await owedTo(owner)).toBe(360);
    expect((await patron.attempt(contract.cancelPatronage, { params: { id: owner.id } })).problem?.code).toBe(
      'not_found',
    );
  });

  test('is taken back by becoming a patron again, without paying again', async () => {
    const { owner, patron, subscription } = await pair();
    await cancel(patron, owner);
    expect((await become(patron, owner)).subscription).toMatchObject({ id: subscription.id, cancelledAt: null });
    await until(subscription.periodEnd);
    expect(await owedTo(owner)).toBe(720);
  });
});

describe('paid and granted', () => {
  const grant = (owner: SignedIn, userId: UserId) =>
    owner.call(channels.patronGrants.grant, { params: { id: owner.id, userId } });
  const revoke = (owner: SignedIn, userId: UserId) =>
    owner.call(channels.patronGrants.revoke, { params: { id: owner.id, userId } });

  test('stand beside each other: taking back the grant leaves who pays', async () => {
    const { owner, patron } = await pair();
    await grant(owner, patron.id);
    expect((await owner.call(channels.listMembers, { params: { id: owner.id } })).items).toMatchObject([
      { person: { id: patron.id }, role: 'patron', paid: false },
      { person: { id: patron.id }, role: 'patron', paid: true },
    ]);
    await revoke(owner, patron.id);
    expect(await roleOf(patron, owner)).toBe('patron');
  });

  test('the end of the payment leaves whom the owner granted it', async () => {
    const { owner, patron, subscription } = await pair();
    await grant(owner, patron.id);
    await cancel(patron, owner);
    await until(subscription.periodEnd);
    expect(await roleOf(patron, owner)).toBe('patron');
    expect(await patronageOf(patron, owner)).toMatchObject({ granted: true, mine: null });
  });
});

describe('a new price', () => {
  test('that is higher is told, and counts from the first month that begins two weeks later', async () => {
    const { owner, patron, subscription } = await pair();
    await until(subscription.periodEnd, -7 * DAY);
    await setPrice(owner, 500);
    await app.settle();
    expect((await lettersTo(patron))[0]).toBe('subscription.price');
    await until(subscription.periodEnd);
    const second = (await patronageOf(patron, owner)).mine;
    expect(second).toMatchObject({ price: { amount: 400 }, next: { price: { amount: 500 } } });
    await until(second?.periodEnd ?? null);
    expect((await patronageOf(patron, owner)).mine).toMatchObject({ price: { amount: 500 }, next: null });
    expect(await owedTo(owner)).toBe(360 + 360 + 450);
  });

  test('that is lower counts from the next month', async () => {
    const { owner, patron, subscription } = await pair();
    await setPrice(owner, 300);
    await app.settle();
    await until(subscription.periodEnd);
    expect((await patronageOf(patron, owner)).mine?.price.amount).toBe(300);
  });

  test('taken back before it counted changes nothing', async () => {
    const { owner, patron } = await pair();
    await setPrice(owner, 900);
    await app.settle();
    await setPrice(owner, 400);
    await app.settle();
    expect((await patronageOf(patron, owner)).mine?.next).toBeNull();
  });

  test('no price any more: patrons stay to the end of their month and are told', async () => {
    const { owner, patron, subscription } = await pair();
    await setPrice(owner, null);
    await app.settle();
    expect((await lettersTo(patron))[0]).toBe('subscription.offer_ends');
    expect((await patron.attempt(contract.becomePatron, { params: { id: owner.id } })).problem?.code).toBe(
      'not_allowed',
    );
    await until(subscription.periodEnd);
    const [ended] = (await patron.call(contract.listSubscriptions, { query: { ended: 'true' } })).items;
    expect(ended?.endReason).toBe('offer_ended');
  });
});

describe('a tier', () => {
  const buy = (who: SignedIn, tier: contract.PaidTier) => who.call(contract.buyTier, { body: { tier } });

  test('that was bought is among the payments of its buyer and of the platform, and pays no creator', async () => {
    const person = await app.signUp();
    await buy(person, 'pro');
    const [own] = (await person.call(payments.listPayments)).items;
    expect(own).toMatchObject({ purpose: 'tier', payee: null });
    const [known] = (await admin.call(payments.listAllPayments, { query: { limit: 1 } })).items;
    expect(known).toMatchObject({ id: own?.id, payee: null, payer: { id: person.id } });
  });
  const tierOf = async (who: SignedIn) => (await who.call(accounts.getMe)).tier;
  const mine = (who: SignedIn) => who.call(contract.getTierSubscription);

  test('is bought, opens going live, and goes whole to the platform', async () => {
    const person = await app.signUp();
    const start = () => person.attempt(livestreams.startLivestream, { body: { title: 'Mine' } });
    expect((await start()).problem?.code).toBe('tier_required');
    const bought = await buy(person, 'pro');
    expect(bought).toMatchObject({ status: 'paid', subscription: { kind: 'tier', tier: 'pro', channel: null } });
    expect(await tierOf(person)).toBe('pro');
    expect((await start()).status).toBe(201);
    const rows = await app.storage.sql<{ account_id: string; amount: string }>(
      `select account_id, amount from ledger_entries where transfer_id in
       (select id from ledger_transfers where kind = 'tier' and memo->>'payerId' = $1 or memo->>'purposeId' in
        (select charges.id from subscription_charges as charges where charges.payer_id = $1)) order by amount`,
      [person.id],
    );
    expect(rows.map(({ account_id, amount }) => [account_id, Number(amount)])).toEqual([
      ['platform:clearing', -900],
      ['platform:fees', 900],
    ]);
  });

  test('lapses when it is no longer paid; a stream that runs goes on', async () => {
    const person = await app.signUp();
    const { subscription } = await buy(person, 'pro');
    await person.call(contract.cancelTier);
    await until(subscription.periodEnd, -60_000);
    const { livestream } = await person.call(livestreams.startLivestream, { body: { title: 'Across the end' } });
    await app.storage.sql(`delete from jobs where kind = 'livestream.end-without-media'`);
    await until(subscription.periodEnd);
    expect(await tierOf(person)).toBe('free');
    const still = await person.call(livestreams.getLivestream, { params: { id: livestream.id } });
    expect(still.isActive).toBe(true);
  });

  test('that an admin granted is taken away by no lapse, and one that is paid for by no admin', async () => {
    const person = await app.signUp();
    const setTier = (tier: 'free' | 'pro' | 'premium') =>
      admin.call(accounts.setTier, { params: { id: person.id }, body: { tier } });
    await setTier('pro');
    const { subscription } = await buy(person, 'premium');
    expect(await tierOf(person)).toBe('premium');
    await setTier('free');
    expect(await tierOf(person)).toBe('premium');
    await setTier('pro');
    await person.call(contract.cancelTier);
    await until(subscription.periodEnd);
    expect(await tierOf(person)).toBe('pro');
    expect(await mine(person)).toMatchObject({ tier: 'pro', grantedTier: 'pro', subscription: null });
  });

  test('changes to the other one with the next month', async () => {
    const person = await app.signUp();
    const { subscription } = await buy(person, 'pro');
    const changed = await buy(person, 'premium');
    expect(changed).toMatchObject({ status: 'paid', subscription: { tier: 'pro', next: { tier: 'premium' } } });
    expect(await tierOf(person)).toBe('pro');
    await until(subscription.periodEnd);
    expect(await tierOf(person)).toBe('premium');
    expect((await mine(person)).subscription).toMatchObject({ tier: 'premium', price: { amount: 1900 }, next: null });
    await buy(person, 'pro');
    const back = await buy(person, 'premium');
    expect(back.subscription.next).toBeNull();
  });

  test('costs what an admin sets; who pays already is told', async () => {
    const person = await app.signUp();
    await buy(person, 'pro');
    const prices = await admin.call(contract.setTierPrices, { body: { currency: 'EUR', pro: 1000, premium: 1900 } });
    expect(prices.pro).toEqual({ amount: 1000, currency: 'EUR' });
    await app.settle();
    expect((await lettersTo(person))[0]).toBe('subscription.price');
    expect((await mine(person)).subscription).toMatchObject({
      price: { amount: 900 },
      next: { price: { amount: 1000 } },
    });
    expect(
      (await person.attempt(contract.setTierPrices, { body: { currency: 'EUR', pro: 100, premium: 200 } })).problem
        ?.code,
    ).toBe('not_allowed');
    await admin.call(contract.setTierPrices, { body: { currency: 'EUR', pro: 900, premium: 1900 } });
    await app.settle();
  });
});
