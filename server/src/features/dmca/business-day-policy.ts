/**
 * Business days of the United States government, in the time zone of the designated agent. 17 U.S.C. § 512(g)(2)(C)
 * does not say whose holidays count; those of 5 U.S.C. § 6103 are what its courts count by (Fed. R. Civ. P. 6(a)(6)).
 */

/** A day of the calendar, without a time: `2027-07-05`. */
export type Day = string;

const DAY_MS = 86_400_000;

interface Parts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

const partsOf = (day: Day): Parts => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, day: date };
};
/** A calendar day as the instant at which it begins in UTC: only to count with. */
const utcOf = ({ year, month, day }: Parts): number => Date.UTC(year, month - 1, day);
const dayOfUtc = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
const dayFrom = (year: number, month: number, day: number): Day => dayOfUtc(Date.UTC(year, month - 1, day));
/** 0 is Sunday. */
const weekdayOf = (day: Day): number => new Date(utcOf(partsOf(day))).getUTCDay();

export function plusDays(day: Day, count: number): Day {
  return dayOfUtc(utcOf(partsOf(day)) + count * DAY_MS);
}

/** The nth such weekday of a month. */
function nth(year: number, month: number, weekday: number, n: number): Day {
  const first = weekdayOf(dayFrom(year, month, 1));
  return dayFrom(year, month, 1 + ((weekday - first + 7) % 7) + (n - 1) * 7);
}

function last(year: number, month: number, weekday: number): Day {
  const end = plusDays(dayFrom(year, month + 1, 1), -1);
  return plusDays(end, -((weekdayOf(end) - weekday + 7) % 7));
}

/** On a Saturday the Friday before is free (5 U.S.C. § 6103(b)), on a Sunday the Monday after (E.O. 11582, § 3). */
function observed(day: Day): Day {
  const weekday = weekdayOf(day);
  if (weekday === 6) return plusDays(day, -1);
  return weekday === 0 ? plusDays(day, 1) : day;
}

const MONDAY = 1;
const THURSDAY = 4;

/**
 * Days on which the holidays of a year are kept; New Year's of a year that begins on a Saturday is kept in the year
 * before. Inauguration Day frees offices around Washington alone (§ 6103(c)). It is counted as a holiday: for whoever
 * does not count it, the tenth day is then reached one day late, still well before the fourteenth; not counting it
 * could restore on what others call the ninth.
 */
export function federalHolidays(year: number): Day[] {
  const holidays = [
    observed(dayFrom(year, 1, 1)),
    nth(year, 1, MONDAY, 3),
    nth(year, 2, MONDAY, 3),
    last(year, 5, MONDAY),
    observed(dayFrom(year, 7, 4)),
    nth(year, 9, MONDAY, 1),
    nth(year, 10, MONDAY, 2),
    observed(dayFrom(year, 11, 11)),
    nth(year, 11, THURSDAY, 4),
    observed(dayFrom(year, 12, 25)),
  ];
  // Since Pub. L. 117-17 of 17 June 2021.
  if (year >= 2021) holidays.push(observed(dayFrom(year, 6, 19)));
  if (year % 4 === 1) holidays.push(inaugurationDay(year));
  return holidays.toSorted();
}

/** 20 January, and on a Sunday the day after. */
function inaugurationDay(year: number): Day {
  const day = dayFrom(year, 1, 20);
  return weekdayOf(day) === 0 ? plusDays(day, 1) : day;
}

export function isBusinessDay(day: Day, closedDays: readonly Day[] = []): boolean {
  const weekday = weekdayOf(day);
  if (weekday === 0 || weekday === 6 || closedDays.includes(day)) return false;
  const { year } = partsOf(day);
  return !federalHolidays(year).includes(day) && !federalHolidays(year + 1).includes(day);
}

/** The nth business day after a day that is not counted itself, whatever day that is. */
export function businessDayAfter(day: Day, n: number, closedDays: readonly Day[] = []): Day {
  let current = day;
  for (let counted = 0; counted < n; ) {
    current = plusDays(current, 1);
    if (isBusinessDay(current, closedDays)) counted++;
  }
  return current;
}

/** The day that the calendar shows there at this moment. */
export function dayIn(timeZone: string, at: Date): Day {
  const { year, month, day } = wallClock(timeZone, at.getTime());
  return dayFrom(year, month, day);
}

/** The first moment that belongs to the day after, there: midnight, or what the clocks are set to instead of it. */
export function endOfDay(timeZone: string, day: Day): Date {
  const midnight = utcOf(partsOf(plusDays(day, 1)));
  // The offset of the night is the one before or the one after a change of the clocks; the earliest that fits is it.
  const candidates = [midnight - DAY_MS, midnight, midnight + DAY_MS].map(
    (near) => midnight - offsetAt(timeZone, near),
  );
  const fitting = candidates.filter(
    (ms) => dayIn(timeZone, new Date(ms)) > day && dayIn(timeZone, new Date(ms - 1)) <= day,
  );
  return new Date(Math.min(...(fitting.length > 0 ? fitting : candidates)));
}

function offsetAt(timeZone: string, ms: number): number {
  const { year, month, day, hour, minute, second } = wallClock(timeZone, ms);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string, ms: number) {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const found = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => found.get(name) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // Intl throws a RangeError for a name it does not know.
    return false;
  }
}
