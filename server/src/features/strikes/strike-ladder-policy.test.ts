import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfStrike, isInForce, STEPS, type StrikeFacts, standingAt } from './strike-ladder-policy.ts';

const DAY = 86_400_000;
const AT = new Date('2027-03-01T12:00:00.000Z');
const daysAgo = (days: number) => new Date(AT.getTime() - days * DAY);
const strike = (fields: { days?: number; channel?: string; lifted?: boolean } = {}): StrikeFacts => ({
  channelId: fields.channel ?? null,
  expiresAt: endOfStrike(daysAgo(fields.days ?? 1)),
  liftedAt: fields.lifted ? daysAgo(0) : null,
});

describe('what strikes add up to', () => {
  test.each([
    ['nobody has a strike from the start', [], 'clear'],
    ['the first warns', [strike()], 'warned'],
    ['the second warns harder', [strike(), strike()], 'warned_harder'],
    ['three close the account', [strike(), strike(), strike()], 'banned'],
    ['a fourth changes nothing', [strike(), strike(), strike(), strike()], 'banned'],
    ['one that is 89 days old counts', [strike({ days: 89 }), strike(), strike()], 'banned'],
    ['one that is 90 days old does not', [strike({ days: 90 }), strike(), strike()], 'warned_harder'],
    ['one that was lifted does not', [strike({ lifted: true }), strike(), strike()], 'warned_harder'],
    [
      'three of one channel’s own moderators go to an admin',
      [strike({ channel: 'a' }), strike({ channel: 'a' }), strike({ channel: 'a' })],
      'escalated',
    ],
    [
      'three of two channels close the account',
      [strike({ channel: 'a' }), strike({ channel: 'a' }), strike({ channel: 'b' })],
      'banned',
    ],
    [
      'so do two of a channel and one of the platform',
      [strike({ channel: 'a' }), strike({ channel: 'a' }), strike()],
      'banned',
    ],
    ['two of one channel warn like any two', [strike({ channel: 'a' }), strike({ channel: 'a' })], 'warned_harder'],
  ] as const)('%s', (_, strikes, step) => {
    expect(standingAt(strikes, AT).step).toBe(step);
  });

  test('a strike ends on the 90th day, to the millisecond', () => {
    const one = strike();
    expect(isInForce(one, new Date(one.expiresAt.getTime() - 1))).toBe(true);
    expect(isInForce(one, one.expiresAt)).toBe(false);
  });
});

const anyStrike = fc.record({
  channelId: fc.constantFrom(null, 'a', 'b'),
  expiresAt: fc.integer({ min: -40, max: 90 }).map((days) => new Date(AT.getTime() + days * DAY)),
  liftedAt: fc.constantFrom(null, null, daysAgo(1)),
});
const severity = (strikes: readonly StrikeFacts[], at = AT) => STEPS.indexOf(standingAt(strikes, at).step);

describe('laws of the ladder', () => {
  test('more strikes never mean a milder step', () => {
    fc.assert(
      fc.property(fc.array(anyStrike, { maxLength: 6 }), anyStrike, (strikes, more) => {
        expect(severity([...strikes, more])).toBeGreaterThanOrEqual(severity(strikes));
      }),
    );
  });

  test('a lifted strike leaves no trace on the standing', () => {
    fc.assert(
      fc.property(fc.array(anyStrike, { maxLength: 6 }), anyStrike, (strikes, lifted) => {
        expect(standingAt([...strikes, { ...lifted, liftedAt: AT }], AT)).toEqual(standingAt(strikes, AT));
      }),
    );
  });

  test('the order in which strikes came makes no difference', () => {
    const shuffled = fc
      .array(anyStrike, { maxLength: 6 })
      .chain((strikes) =>
        fc.tuple(
          fc.constant(strikes),
          fc.shuffledSubarray(strikes, { minLength: strikes.length, maxLength: strikes.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(standingAt(other, AT)).toEqual(standingAt(one, AT));
      }),
    );
  });

  test('time alone never makes it worse', () => {
    fc.assert(
      fc.property(fc.array(anyStrike, { maxLength: 6 }), fc.nat(120), (strikes, days) => {
        const later = new Date(AT.getTime() + days * DAY);
        expect(severity(strikes, later)).toBeLessThanOrEqual(severity(strikes));
      }),
    );
  });
});
