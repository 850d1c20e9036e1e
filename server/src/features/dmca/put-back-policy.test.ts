import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayIn, isBusinessDay, plusDays } from './business-day-policy.ts';
import { putBackClock } from './put-back-policy.ts';

const NEW_YORK = { timeZone: 'America/New_York', closedDays: [] };
const HONOLULU = { timeZone: 'Pacific/Honolulu', closedDays: [] };

describe('what was taken down comes back', () => {
  test.each([
    ['a Monday morning', '2027-03-01T15:00:00Z', NEW_YORK, '2027-03-16T04:00:00.000Z'],
    ['the last minute of that Monday', '2027-03-02T04:59:59Z', NEW_YORK, '2027-03-16T04:00:00.000Z'],
    ['the first minute of the Tuesday', '2027-03-02T05:00:00Z', NEW_YORK, '2027-03-17T04:00:00.000Z'],
    ['the same moment, still Monday in Hawaii', '2027-03-02T05:00:00Z', HONOLULU, '2027-03-16T10:00:00.000Z'],
    ['a Saturday', '2027-03-06T15:00:00Z', NEW_YORK, '2027-03-20T04:00:00.000Z'],
    ['Thanksgiving itself', '2026-11-26T15:00:00Z', NEW_YORK, '2026-12-11T05:00:00.000Z'],
  ])('at the end of the tenth business day after %s', (_when, received, calendar, expected) => {
    expect(putBackClock(new Date(received), calendar).putBackAt.toISOString()).toBe(expected);
  });

  test('never before ten business days have passed, never after the fourteenth, wherever the agent sits', () => {
    const zones = ['America/New_York', 'Pacific/Honolulu', 'UTC', 'Asia/Tokyo', 'America/St_Johns', 'Europe/Berlin'];
    const moments = fc.date({ min: new Date('2022-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (receivedAt, timeZone) => {
        const { breachAt, lateAt, putBackAt } = putBackClock(receivedAt, { timeZone, closedDays: [] });
        const passedUntil = (end: Date): number => {
          let count = 0;
          const last = dayIn(timeZone, new Date(end.getTime() - 1));
          for (let day = plusDays(dayIn(timeZone, receivedAt), 1); day <= last; day = plusDays(day, 1)) {
            if (isBusinessDay(day)) count++;
          }
          return count;
        };
        expect([putBackAt, lateAt, breachAt].map(passedUntil)).toEqual([10, 12, 14]);
      }),
      { numRuns: 150 },
    );
  });
});
