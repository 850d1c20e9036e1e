import { describe, expect, test } from 'vitest';
import {
  businessDayAfter,
  dayIn,
  endOfDay,
  federalHolidays,
  isBusinessDay,
  isTimeZone,
  plusDays,
} from './business-day-policy.ts';

describe('federal holidays, as the Office of Personnel Management lists them', () => {
  test.each([
    // Juneteenth on a Saturday, the first year of it; Independence Day on a Sunday; Christmas on a Saturday;
    // Inauguration Day; the New Year of 2022 begins on a Saturday and is kept on 31 December.
    [2021, '01-01 01-18 01-20 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24'],
    [2022, '01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26'],
    [2023, '01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25'],
    [2024, '01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25'],
    // Inauguration Day falls on the birthday of Martin Luther King.
    [2025, '01-01 01-20 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25'],
    [2026, '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25'],
    [2027, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24'],
    [2028, '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25'],
    // Inauguration Day on a Saturday: offices are closed anyway, nothing is moved.
    [2029, '01-01 01-15 01-20 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25'],
    // Before Juneteenth was one.
    [2020, '01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25'],
  ])('%i', (year, days) => {
    const expected = days.split(' ').map((day) => `${year}-${day}`);
    expect(federalHolidays(year).filter((day) => day.startsWith(String(year)))).toEqual(expected);
  });

  test('New Year’s of a year that begins on a Saturday is kept on the last day of the year before', () => {
    expect(isBusinessDay('2021-12-31')).toBe(false);
    expect(isBusinessDay('2027-12-31')).toBe(false);
    expect(isBusinessDay('2022-12-30')).toBe(true);
  });

  test('Inauguration Day on a Sunday is kept on the Monday', () => {
    expect(federalHolidays(2013)).toContain('2013-01-21');
    expect(isBusinessDay('2013-01-21')).toBe(false);
  });
});

describe('the tenth business day', () => {
  test.each([
    ['after a Monday in an ordinary fortnight', '2027-03-01', '2027-03-15'],
    ['after a Friday', '2027-03-05', '2027-03-19'],
    ['after a Saturday: counting begins on the Monday', '2027-03-06', '2027-03-19'],
    ['after a Sunday', '2027-03-07', '2027-03-19'],
    ['after a holiday: the Labor Day of 2027', '2027-09-06', '2027-09-20'],
    ['over Thanksgiving', '2026-11-20', '2026-12-07'],
    ['over Christmas and New Year, both observed on Fridays', '2027-12-20', '2028-01-05'],
    ['over Juneteenth and Independence Day', '2026-06-18', '2026-07-06'],
    ['over Inauguration Day', '2029-01-12', '2029-01-29'],
  ])('%s', (_when, received, tenth) => {
    expect(businessDayAfter(received, 10)).toBe(tenth);
  });

  test('moves on by a day on which the government was closed beside the holidays', () => {
    expect(businessDayAfter('2024-12-27', 10)).toBe('2025-01-13');
    expect(businessDayAfter('2024-12-27', 10, ['2025-01-09'])).toBe('2025-01-14');
  });
});

describe('days in the agent’s time zone', () => {
  test('the same moment is another day in Hawaii than in New York', () => {
    const at = new Date('2027-03-06T08:30:00Z');
    expect(dayIn('America/New_York', at)).toBe('2027-03-06');
    expect(dayIn('Pacific/Honolulu', at)).toBe('2027-03-05');
    expect(dayIn('UTC', at)).toBe('2027-03-06');
  });

  test.each([
    ['New York in winter', 'America/New_York', '2027-03-12', '2027-03-13T05:00:00.000Z'],
    ['New York, the day on which the clocks go forward', 'America/New_York', '2027-03-14', '2027-03-15T04:00:00.000Z'],
    ['New York, the day before it', 'America/New_York', '2027-03-13', '2027-03-14T05:00:00.000Z'],
    ['New York, the day on which they go back', 'America/New_York', '2027-11-07', '2027-11-08T05:00:00.000Z'],
    ['New York, the day before it', 'America/New_York', '2027-11-06', '2027-11-07T04:00:00.000Z'],
    ['Hawaii, which never changes', 'Pacific/Honolulu', '2027-07-01', '2027-07-02T10:00:00.000Z'],
    ['Berlin in summer', 'Europe/Berlin', '2027-07-01', '2027-07-01T22:00:00.000Z'],
    // Clocks in Beirut jump at midnight itself: the day after begins at one o’clock.
    ['Beirut, where midnight is skipped', 'Asia/Beirut', '2027-03-27', '2027-03-27T22:00:00.000Z'],
    ['Kiritimati, far ahead', 'Pacific/Kiritimati', '2027-07-01', '2027-07-01T10:00:00.000Z'],
  ])('a day ends with its last moment there: %s', (_where, timeZone, day, end) => {
    const found = endOfDay(timeZone, day);
    expect(found.toISOString()).toBe(end);
    expect(dayIn(timeZone, new Date(found.getTime() - 1))).toBe(day);
    expect(dayIn(timeZone, found)).toBe(plusDays(day, 1));
  });

  test('a name that is no time zone is one', () => {
    expect(['America/New_York', 'UTC', 'Mars/Olympus', '', '../etc'].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
