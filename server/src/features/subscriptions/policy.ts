/**
 * The life of a subscription: what each event makes of it. Payments come late, twice or never, clocks jump, people
 * cancel and come back in the middle; whatever the order, whoever paid gets the month they paid for, and nobody is
 * asked twice for the same one. Facts in, decision out.
 */
import type { subscriptions } from '@virgil/contract';
import { addMonth } from './months.ts';

type EndReason = subscriptions.EndReason;

const DAY_MS = 24 * 3_600_000;
/** A checkout that nobody paid for this long is given up. */
export const FIRST_PAYMENT_LIMIT_MS = DAY_MS;
/** How long a renewal is tried, once a day, while everything stays open. */
export const GRACE_MS = 3 * DAY_MS;
const RETRY_MS = DAY_MS;
/** A month paid this late still counts from the end of the one before; later, from the payment: the time between was no one's. */
const CATCH_UP_MS = 7 * DAY_MS;
/** A price goes up for those who pay already this long after they were told. */
export const NOTICE_MS = 14 * DAY_MS;

export interface Life {
  readonly status: 'pending' | 'active' | 'grace' | 'ended';
  readonly createdAt: Date;
  readonly anchorDay: number | null;
  readonly periodStart: Date | null;
  readonly periodEnd: Date | null;
  /** Attempts at the renewal that is due; 0 while none is. */
  readonly attempts: number;
  readonly graceUntil: Date | null;
  readonly cancelledAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: EndReason | null;
}

export type LifeEvent =
  /** Time has passed. `stop`: why it must not be renewed; null: it may. */
  | { readonly type: 'due'; readonly stop: EndReason | null }
  | { readonly type: 'paid' }
  | { readonly type: 'failed' }
  /** A renewal can only be paid by the subscriber themselves, on a page that waits for them. */
  | { readonly type: 'waits' }
  /** `reason` other than the subscriber's own wish: it runs out for that. */
  | { readonly type: 'cancel'; readonly reason: 'cancelled' | 'offer_ended' }
  | { readonly type: 'resume' }
  /** The subscriber wants a renewal that failed tried now. */
  | { readonly type: 'retry' }
  /** The month that runs was given back. */
  | { readonly type: 'refunded' }
  | { readonly type: 'end'; readonly reason: EndReason };

/** What happened, for the audit trail and the inbox. */
export type Fact =
  | { readonly type: 'started' | 'renewed' | 'payment_failed' | 'cancelled' | 'resumed' }
  | { readonly type: 'ended'; readonly reason: EndReason };

export interface Step {
  readonly life: Life;
  /** Ask the subscriber's bank for a month now. */
  readonly charge: boolean;
  readonly fact: Fact | null;
}

export function step(life: Life, event: LifeEvent, at: Date, isChargeOpen: boolean): Step {
  switch (event.type) {
    case 'due':
      return due(life, event.stop, at, isChargeOpen);
    case 'paid':
      return paid(life, at);
    case 'failed':
      return failed(life, at);
    case 'waits':
      return isRenewing(life) ? { ...unchanged(life), life: { ...life, status: 'grace' } } : unchanged(life);
    case 'cancel':
      return cancel(life, event.reason, at);
    case 'resume':
      return resume(life);
    case 'retry':
      return { ...unchanged(life), charge: isRenewing(life) && !isChargeOpen };
    case 'refunded':
      return isLive(life) ? end(life, 'refunded', at) : unchanged(life);
    case 'end':
      return life.status === 'ended' ? unchanged(life) : end(life, event.reason, at);
  }
}

export function isLive({ status }: Pick<Life, 'status'>): boolean {
  return status === 'active' || status === 'grace';
}

/** When to look again; null once it has ended. */
export function nextLookAt(life: Life): Date | null {
  const { attempts, createdAt, graceUntil, periodEnd, status } = life;
  if (status === 'ended') return null;
  if (status === 'pending') return new Date(createdAt.getTime() + FIRST_PAYMENT_LIMIT_MS);
  if (attempts > 0 && graceUntil !== null) return new Date(graceUntil.getTime() - GRACE_MS + attempts * RETRY_MS);
  return periodEnd;
}

function due(life: Life, stop: EndReason | null, at: Date, isChargeOpen: boolean): Step {
  const lookAt = nextLookAt(life);
  if (lookAt === null || at < lookAt) return unchanged(life);
  if (life.status === 'pending') return end(life, 'not_paid', at);
  if (life.cancelledAt !== null) return end(life, life.endReason ?? 'cancelled', at);
  if (stop !== null) return end(life, stop, at);
  const { graceUntil } = life;
  if (life.attempts === 0 || graceUntil === null) {
    const renewing = { ...life, attempts: 1, graceUntil: new Date(at.getTime() + GRACE_MS) };
    return { life: renewing, charge: !isChargeOpen, fact: null };
  }
  if (at >= graceUntil) return end(life, 'lapsed', at);
  const begun = graceUntil.getTime() - GRACE_MS;
  const attempts = Math.floor((at.getTime() - begun) / RETRY_MS) + 1;
  return { life: { ...life, status: 'grace', attempts }, charge: !isChargeOpen, fact: null };
}

function paid(life: Life, at: Date): Step {
  if (life.status === 'pending') {
    return { life: monthFrom({ ...life, startedAt: at }, at), charge: false, fact: { type: 'started' } };
  }
  const renewed = { charge: false, fact: { type: 'renewed' } } as const;
  if (life.status !== 'ended') {
    const paidTo = life.periodEnd ?? at;
    const isLate = at.getTime() - paidTo.getTime() > CATCH_UP_MS;
    return { ...renewed, life: isLate ? monthFrom(life, at) : nextMonth(life, paidTo) };
  }
  // Paid after all: it opens again for this month, and goes on only where that was what its subscriber wanted.
  const goesOn = life.endReason === 'lapsed' || life.endReason === 'not_paid';
  const opened = monthFrom({ ...life, startedAt: life.startedAt ?? at, endedAt: null, endReason: null }, at);
  const fact = { type: life.startedAt === null ? 'started' : 'renewed' } as const;
  return { charge: false, fact, life: goesOn ? opened : { ...opened, cancelledAt: life.cancelledAt ?? at } };
}

function failed(life: Life, at: Date): Step {
  if (life.status === 'pending') return end(life, 'not_paid', at);
  if (life.status !== 'active' || !isRenewing(life)) return unchanged(life);
  return { life: { ...life, status: 'grace' }, charge: false, fact: { type: 'payment_failed' } };
}

function cancel(life: Life, reason: 'cancelled' | 'offer_ended', at: Date): Step {
  if (life.status === 'ended') return unchanged(life);
  // Nothing is paid for beyond this moment, so there is nothing to run out.
  if (life.status === 'pending' || isRenewing(life)) return end(life, reason, at);
  if (life.cancelledAt !== null) return unchanged(life);
  return { life: { ...life, cancelledAt: at, endReason: reason }, charge: false, fact: { type: 'cancelled' } };
}

function resume(life: Life): Step {
  if (!isLive(life) || life.cancelledAt === null) return unchanged(life);
  return { life: { ...life, cancelledAt: null, endReason: null }, charge: false, fact: { type: 'resumed' } };
}

function end(life: Life, reason: EndReason, at: Date): Step {
  const ended = { ...life, status: 'ended', endedAt: at, endReason: reason, attempts: 0, graceUntil: null } as const;
  return { life: ended, charge: false, fact: { type: 'ended', reason } };
}

function monthFrom(life: Life, at: Date): Life {
  return nextMonth({ ...life, anchorDay: at.getUTCDate() }, at);
}

function nextMonth(life: Life, from: Date): Life {
  const anchorDay = life.anchorDay ?? from.getUTCDate();
  const periodEnd = addMonth(from, anchorDay);
  return { ...life, status: 'active', anchorDay, periodStart: from, periodEnd, attempts: 0, graceUntil: null };
}

const isRenewing = (life: Life) => isLive(life) && life.attempts > 0;
const unchanged = (life: Life): Step => ({ life, charge: false, fact: null });

export interface Price {
  readonly amount: number;
  readonly currency: 'USD' | 'EUR' | 'GBP';
}

/** From when on someone who pays `now` already pays `next`: less at once, more or another currency after notice. */
export function priceFrom(now: Price, next: Price, at: Date): Date {
  const isLess = next.currency === now.currency && next.amount <= now.amount;
  return isLess ? at : new Date(at.getTime() + NOTICE_MS);
}
