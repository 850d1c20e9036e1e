/** What the inbox says about subscriptions. English letters; clients translate by `kind` and `data`. */
import type { UserId } from '@virgil/contract';
import type { Notice } from '../notifications/index.ts';
import type { Fact, Price } from './policy.ts';
import type { Described, SubscriptionRow } from './store.ts';

export interface Names {
  readonly channelName: string;
  readonly subscriberName: string;
}

type Letter = Pick<Notice, 'kind' | 'text' | 'data'>;

/** What a step is told by: to the subscriber, and of a first payment to the creator as well. */
export function noticesOf(row: SubscriptionRow, fact: Fact, names: Names, at: Date): Notice[] {
  const letter = letterOf(row, fact, names.channelName);
  const notices = letter === null || row.subscriberId === null ? [] : [to(row.subscriberId, letter, at)];
  if (fact.type === 'started' && row.channelId !== null) {
    notices.push(
      to(
        row.channelId,
        {
          kind: 'patronage.new',
          text: `${names.subscriberName} is now a patron of your channel, for ${money(row)} a month.`,
          data: { patron: names.subscriberName, ...moneyData(row), earnings: 'true' },
        },
        at,
      ),
    );
  }
  return notices;
}

function letterOf(row: SubscriptionRow, fact: Fact, channelName: string): Letter | null {
  const what = whatOf(row, channelName);
  const say = (event: string, text: string, data: Letter['data'] = {}): Letter => ({
    kind: `subscription.${event}`,
    text,
    data: { ...what.data, ...data },
  });
  const until = row.periodEnd ?? row.createdAt;
  switch (fact.type) {
    case 'started':
    case 'renewed': {
      const verb = fact.type === 'started' ? 'You are now' : 'You stay';
      const next = row.cancelledAt === null ? `The next payment is on ${date(until)}.` : `It ends on ${date(until)}.`;
      const data = { ...moneyData(row), until: until.toISOString(), goesOn: String(row.cancelledAt === null) };
      return say(fact.type, `${verb} ${what.role}. ${money(row)} were paid. ${next}`, data);
    }
    case 'payment_failed': {
      const last = row.graceUntil ?? until;
      return say(
        'payment_failed',
        `The payment of ${money(row)} for ${what.name} was not taken. It is tried once a day until ${date(last)}; until ` +
          'then everything stays open to you. You can pay in your settings under Subscriptions.',
        { ...moneyData(row), until: last.toISOString() },
      );
    }
    case 'ended':
      return endLetter(row, fact.reason, what, say);
    case 'cancelled':
    case 'resumed':
      return null;
  }
}

type Ended = Extract<Fact, { type: 'ended' }>['reason'];

/** Who ended it knows; what was never paid was never there. */
function endLetter(
  row: SubscriptionRow,
  reason: Ended,
  what: What,
  say: (event: string, text: string, data?: Letter['data']) => Letter,
): Letter | null {
  if (row.startedAt === null || reason === 'account_gone') return null;
  const WORDS: Record<Exclude<Ended, 'account_gone'>, string> = {
    cancelled: 'You had cancelled it.',
    lapsed: 'No payment came within three days.',
    not_paid: 'No payment came.',
    offer_ended: 'The channel no longer offers it.',
    banned: 'A ban keeps you out, so you are not charged any more.',
    refunded: 'What was paid was given back.',
  };
  return say('ended', `You are no longer ${what.role}. ${WORDS[reason]} Nothing more is charged.`, { reason });
}

export function paymentDueNotice({ row, channel }: Described, at: Date): Notice {
  const what = whatOf(row, channel?.displayName ?? '');
  const until = row.graceUntil ?? at;
  const text = `A payment of ${money(row)} for ${what.name} waits for you. Pay it in your settings under Subscriptions by ${date(until)}; until then everything stays open to you.`;
  const data = { ...what.data, ...moneyData(row), until: until.toISOString() };
  return to(row.subscriberId ?? '', { kind: 'subscription.payment_due', text, data }, at);
}

/** `from` null: it stays what it was after all. */
export function priceChangeNotice(
  row: SubscriptionRow,
  price: Price,
  from: Date | null,
  channelName: string,
  at: Date,
): Notice {
  const what = whatOf(row, channelName);
  const start = from === null ? null : later(from, row.periodEnd);
  const text =
    start === null
      ? `${capital(what.name)} stays at ${money(price)} a month after all.`
      : `${capital(what.name)} will cost ${money(price)} a month instead of ${money(row)}, from the first payment on or after ${date(start)}. ` +
        'If you do not want that, cancel in your settings under Subscriptions.';
  const data = {
    ...what.data,
    ...moneyData(price),
    before: String(row.amount),
    beforeCurrency: row.currency,
    ...(start === null ? {} : { from: start.toISOString() }),
  };
  return to(row.subscriberId ?? '', { kind: 'subscription.price', text, data }, at);
}

export function offerEndsNotice(row: SubscriptionRow, channelName: string, at: Date): Notice {
  const what = whatOf(row, channelName);
  const until = row.periodEnd ?? at;
  const text = `${channelName} no longer offers to become a patron. You stay one until ${date(until)}; nothing more is charged.`;
  return to(
    row.subscriberId ?? '',
    { kind: 'subscription.offer_ends', text, data: { ...what.data, until: until.toISOString() } },
    at,
  );
}

interface What {
  /** What one is: “a patron of Mira Voss”. */
  readonly role: string;
  /** What one pays for: “your patronage of Mira Voss”. */
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

const TIERS = { pro: 'Pro', premium: 'Premium' } as const;

function whatOf(row: SubscriptionRow, channelName: string): What {
  const shared = { subscriptionId: row.id, of: row.kind };
  if (row.kind === 'patronage') {
    const data = { ...shared, channel: channelName };
    return { role: `a patron of ${channelName}`, name: `your patronage of ${channelName}`, data };
  }
  const word = row.tier === null ? '' : TIERS[row.tier];
  return { role: `on the tier ${word}`, name: `your tier ${word}`, data: { ...shared, tier: row.tier ?? '' } };
}

function to(userId: string, letter: Letter, at: Date): Notice {
  return { userId: userId as UserId, sentBy: null, ...letter, at };
}

const later = (a: Date, b: Date | null) => (b !== null && b > a ? b : a);
const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
const moneyData = ({ amount, currency }: Price) => ({ amount: String(amount), currency });

function money({ amount, currency }: Price): string {
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount / 100);
}

/** Dates of letters are UTC: the reader's page knows better, a letter does not. */
function date(at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
