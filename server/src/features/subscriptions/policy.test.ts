import type { subscriptions } from '@virgil/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonth } from './months.ts';
import {
  GRACE_MS,
  isLive,
  type Life,
  type LifeEvent,
  NOTICE_MS,
  nextLookAt,
  priceFrom,
  type Step,
  step,
} from './policy.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = new Date('2027-01-31T12:00:00Z');
const plus = (at: Date, ms: number) => new Date(at.getTime() + ms);

const asked: Life = {
  status: 'pending',
  createdAt: BEGIN,
  anchorDay: null,
  periodStart: null,
  periodEnd: null,
  attempts: 0,
  graceUntil: null,
  cancelledAt: null,
  startedAt: null,
  endedAt: null,
  endReason: null,
};
const due = (stop: subscriptions.EndReason | null = null): LifeEvent => ({ type: 'due', stop });
const paid: LifeEvent = { type: 'paid' };
const failed: LifeEvent = { type: 'failed' };
const cancel: LifeEvent = { type: 'cancel', reason: 'cancelled' };

/** Plays events one after the other; a charge is open from the step that asks for it to its payment or failure. */
function play(...events: readonly (readonly [LifeEvent, Date])[]): Step {
  let current: Step = { life: asked, charge: true, fact: null };
  let isOpen = true;
  for (const [event, at] of events) {
    if (event.type === 'paid' || event.type === 'failed') isOpen = false;
    current = step(current.life, event, at, isOpen);
    if (current.charge) isOpen = true;
  }
  return current;
}

describe('months', () => {
  test.each([
    ['2027-01-15T10:00:00.000Z', 15, '2027-02-15T10:00:00.000Z'],
    ['2027-01-31T10:00:00.000Z', 31, '2027-02-28T10:00:00.000Z'],
    ['2027-02-28T10:00:00.000Z', 31, '2027-03-31T10:00:00.000Z'],
    ['2028-01-30T10:00:00.000Z', 30, '2028-02-29T10:00:00.000Z'],
    ['2027-12-31T23:59:59.999Z', 31, '2028-01-31T23:59:59.999Z'],
    ['2027-04-30T00:00:00.000Z', 31, '2027-05-31T00:00:00.000Z'],
  ])('from %s, begun on a %i', (from, day, to) => {
    expect(addMonth(new Date(from), day).toISOString()).toBe(to);
  });
});

describe('the life of a subscription', () => {
  const monthEnd = new Date('2027-02-28T12:00:00Z');
  const begun = [paid, BEGIN] as const;

  test('the first payment opens a month', () => {
    const { life, fact } = play(begun);
    expect(life).toMatchObject({ status: 'active', periodStart: BEGIN, periodEnd: monthEnd, startedAt: BEGIN });
    expect(fact).toEqual({ type: 'started' });
  });

  test('a first payment that fails, or is never made, opens nothing', () => {
    expect(play([failed, BEGIN]).life).toMatchObject({ status: 'ended', endReason: 'not_paid' });
    expect(play([due(), plus(BEGIN, DAY)]).life).toMatchObject({ status: 'ended', endReason: 'not_paid' });
    expect(play([due(), plus(BEGIN, DAY - 1)]).life.status).toBe('pending');
  });

  test('at its end the next month is asked for, and paid it goes on from where it was, on the day it began', () => {
    const renewing = play(begun, [due(), monthEnd]);
    expect(renewing).toMatchObject({ charge: true, fact: null, life: { status: 'active', attempts: 1 } });
    const { life } = play(begun, [due(), monthEnd], [paid, plus(monthEnd, HOUR)]);
    expect(life).toMatchObject({ periodStart: monthEnd, periodEnd: new Date('2027-03-31T12:00:00Z'), attempts: 0 });
  });

  test('before its end nothing is asked for', () => {
    expect(play(begun, [due(), plus(monthEnd, -1)])).toMatchObject({ charge: false, life: { attempts: 0 } });
  });

  test('a renewal that fails is tried for three days, once a day, then it lapses', () => {
    const first = [begun, [due(), monthEnd], [failed, monthEnd]] as const;
    expect(play(...first)).toMatchObject({ fact: { type: 'payment_failed' }, life: { status: 'grace' } });
    expect(play(...first, [due(), plus(monthEnd, DAY - 1)]).charge).toBe(false);
    expect(play(...first, [due(), plus(monthEnd, DAY)]).charge).toBe(true);
    const second = [...first, [due(), plus(monthEnd, DAY)], [failed, plus(monthEnd, DAY)]] as const;
    expect(play(...second).fact).toBeNull();
    const lapsed = play(...second, [due(), plus(monthEnd, GRACE_MS)]);
    expect(lapsed).toMatchObject({ charge: false, fact: { type: 'ended', reason: 'lapsed' } });
  });

  test('a renewal paid in the grace period counts from the end of the month before', () => {
    const { life } = play(begun, [due(), monthEnd], [failed, monthEnd], [paid, plus(monthEnd, 2 * DAY)]);
    expect(life).toMatchObject({ status: 'active', periodStart: monthEnd, graceUntil: null });
  });

  test('after months in which nobody looked one month is asked for, and it counts from its payment', () => {
    const late = plus(monthEnd, 100 * DAY);
    const { life } = play(begun, [due(), late], [paid, late]);
    expect(life.periodStart).toEqual(late);
    expect(play(begun, [due(), late], [paid, late], [due(), late]).charge).toBe(false);
  });

  test('while a payment is on its way no second one is asked for', () => {
    const waiting = play(begun, [due(), monthEnd], [due(), plus(monthEnd, DAY)]);
    expect(waiting).toMatchObject({ charge: false, life: { status: 'grace' } });
  });

  test('a renewal that waits for its subscriber is in the grace period from the start', () => {
    const waiting = [begun, [due(), monthEnd], [{ type: 'waits' }, monthEnd]] as const;
    expect(play(...waiting)).toMatchObject({ fact: null, life: { status: 'grace' } });
    expect(play(...waiting, [paid, plus(monthEnd, DAY)]).life).toMatchObject({
      status: 'active',
      periodStart: monthEnd,
    });
    expect(play(...waiting, [due(), plus(monthEnd, GRACE_MS)]).fact).toEqual({ type: 'ended', reason: 'lapsed' });
  });

  test('cancelled, it runs to its end and is not renewed; taken back, it goes on', () => {
    const cancelled = [begun, [cancel, plus(BEGIN, DAY)]] as const;
    expect(play(...cancelled)).toMatchObject({ fact: { type: 'cancelled' }, life: { status: 'active' } });
    expect(play(...cancelled, [cancel, plus(BEGIN, 2 * DAY)]).fact).toBeNull();
    expect(play(...cancelled, [due(), monthEnd]).fact).toEqual({ type: 'ended', reason: 'cancelled' });
    const resumed = play(...cancelled, [{ type: 'resume' }, plus(BEGIN, 3 * DAY)], [due(), monthEnd]);
    expect(resumed.charge).toBe(true);
  });

  test('cancelled while a renewal is tried, it ends at once, because nothing more is paid for', () => {
    const ended = play(begun, [due(), monthEnd], [failed, monthEnd], [cancel, plus(monthEnd, HOUR)]);
    expect(ended.fact).toEqual({ type: 'ended', reason: 'cancelled' });
  });

  test('when the channel stops offering it, it ends with the month and says why', () => {
    const stop = [{ type: 'cancel', reason: 'offer_ended' }, plus(BEGIN, DAY)] as const;
    expect(play(begun, stop, [due(), monthEnd]).fact).toEqual({ type: 'ended', reason: 'offer_ended' });
  });

  test('nobody is charged for a month that is closed to them', () => {
    const banned = play(begun, [due('banned'), monthEnd]);
    expect(banned).toMatchObject({ charge: false, fact: { type: 'ended', reason: 'banned' } });
  });

  test('a payment that comes after all opens a month; it goes on only where that was what its subscriber wanted', () => {
    const lapsed = [begun, [due(), monthEnd], [failed, monthEnd], [due(), plus(monthEnd, GRACE_MS)]] as const;
    const late = plus(monthEnd, 10 * DAY);
    expect(play(...lapsed, [paid, late]).life).toMatchObject({
      status: 'active',
      periodStart: late,
      cancelledAt: null,
    });
    const gone = [begun, [cancel, plus(BEGIN, DAY)], [due(), monthEnd]] as const;
    expect(play(...gone, [paid, late]).life).toMatchObject({ status: 'active', cancelledAt: plus(BEGIN, DAY) });
  });

  test('what is given back ends it', () => {
    expect(play(begun, [{ type: 'refunded' }, plus(BEGIN, DAY)]).fact).toEqual({ type: 'ended', reason: 'refunded' });
  });

  test('a renewal that failed is tried at once when its subscriber asks', () => {
    const tried = play(begun, [due(), monthEnd], [failed, monthEnd], [{ type: 'retry' }, plus(monthEnd, HOUR)]);
    expect(tried.charge).toBe(true);
    expect(play(begun, [{ type: 'retry' }, plus(BEGIN, DAY)]).charge).toBe(false);
  });
});

describe('a new price', () => {
  const at = BEGIN;
  test.each([
    ['less', { amount: 300, currency: 'EUR' }, at],
    ['the same', { amount: 400, currency: 'EUR' }, at],
    ['more', { amount: 500, currency: 'EUR' }, plus(at, NOTICE_MS)],
    ['another currency', { amount: 100, currency: 'GBP' }, plus(at, NOTICE_MS)],
  ] as const)('%s', (_what, next, from) => {
    expect(priceFrom({ amount: 400, currency: 'EUR' }, next, at)).toEqual(from);
  });
});

describe('whatever comes in whatever order', () => {
  const anEvent: fc.Arbitrary<LifeEvent> = fc.oneof(
    { weight: 4, arbitrary: fc.constant<LifeEvent>(due()) },
    { weight: 3, arbitrary: fc.constant<LifeEvent>(paid) },
    { weight: 3, arbitrary: fc.constant<LifeEvent>(failed) },
    fc.constantFrom<LifeEvent>(
      due('banned'),
      cancel,
      { type: 'cancel', reason: 'offer_ended' },
      { type: 'resume' },
      { type: 'waits' },
      { type: 'retry' },
      { type: 'refunded' },
      { type: 'end', reason: 'account_gone' },
    ),
  );
  /** Hours to half a year: clocks jump, servers are down. */
  const aPause = fc.oneof(fc.integer({ min: 0, max: 48 }), fc.integer({ min: 0, max: 4_400 })).map((h) => h * HOUR);
  const aHistory = fc.array(fc.tuple(anEvent, aPause), { maxLength: 40 });

  function live(history: readonly (readonly [LifeEvent, number])[], look: (now: Seen) => void): void {
    let life = asked;
    let isOpen = true;
    let at = BEGIN;
    for (const [event, pause] of history) {
      at = plus(at, pause);
      // Only a payment that was asked for can be paid or fail; one may still come after it failed.
      if (event.type === 'failed' && !isOpen) continue;
      const before = life;
      if (event.type === 'paid' || event.type === 'failed') isOpen = false;
      const taken = step(life, event, at, isOpen);
      if (taken.charge) {
        expect(isOpen).toBe(false);
        isOpen = true;
      }
      life = taken.life;
      look({ before, event, taken, at, isOpen });
    }
  }
  interface Seen {
    readonly before: Life;
    readonly event: LifeEvent;
    readonly taken: Step;
    readonly at: Date;
    readonly isOpen: boolean;
  }

  test('who paid is in for a month from then at least, or from the end of what was paid before', () => {
    fc.assert(
      fc.property(aHistory, (history) =>
        live(history, ({ before, event, taken: { life }, at }) => {
          if (event.type !== 'paid') return;
          expect(isLive(life)).toBe(true);
          const from = isLive(before) && before.periodEnd !== null ? before.periodEnd : at;
          const paidFor = (life.periodEnd?.getTime() ?? 0) - Math.min(from.getTime(), at.getTime());
          expect(paidFor).toBeGreaterThanOrEqual(28 * DAY);
        }),
      ),
    );
  });

  test('nobody is charged twice for one month, before it is due, after it ended, or after they cancelled', () => {
    fc.assert(
      fc.property(aHistory, (history) =>
        live(history, ({ before, taken: { charge }, at }) => {
          if (!charge) return;
          expect(isLive(before)).toBe(true);
          expect(before.periodEnd !== null && before.periodEnd <= at).toBe(true);
          expect(before.cancelledAt).toBeNull();
        }),
      ),
    );
  });

  test('looking always moves on: the next look lies ahead, and what ended is looked at no more', () => {
    fc.assert(
      fc.property(aHistory, (history) =>
        live(history, ({ event, taken: { life }, at }) => {
          if (life.status === 'ended') expect(nextLookAt(life)).toBeNull();
          else if (event.type === 'due') expect(nextLookAt(life)?.getTime()).toBeGreaterThan(at.getTime());
        }),
      ),
    );
  });

  test('left alone, it ends after a few looks', () => {
    fc.assert(
      fc.property(aHistory, fc.boolean(), (history, isDown) => {
        let life = asked;
        let at = BEGIN;
        live(history, (seen) => {
          life = seen.taken.life;
          at = seen.at;
        });
        for (let looks = 0; nextLookAt(life) !== null; looks++) {
          expect(looks).toBeLessThan(8);
          at = new Date(Math.max(at.getTime(), nextLookAt(life)?.getTime() ?? 0) + (isDown ? HOUR : 0));
          life = step(life, due(), at, false).life;
        }
        expect(life.status).toBe('ended');
      }),
    );
  });

  test('what happened is told once: the same event again changes nothing that was told', () => {
    fc.assert(
      fc.property(aHistory, (history) =>
        live(history, ({ event, taken, at, isOpen }) => {
          if (event.type === 'paid') return; // two payments are two months
          expect(step(taken.life, event, at, isOpen).fact).toBeNull();
        }),
      ),
    );
  });
});
