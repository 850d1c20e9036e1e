/** Numbers, dates and durations in the page's language and the person's time zone. */
import type { Money } from '@virgil/contract';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';

export interface Format {
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly bytes: (value: number) => string;
  /** 21:04 */
  readonly time: (instant: string | Date) => string;
  /** 20 November 2026 */
  readonly date: (instant: string | Date) => string;
  /** 20 Nov, 21:04 */
  readonly dateTime: (instant: string | Date) => string;
  /** Today as a time, this year as a day, else with the year. */
  readonly moment: (instant: string | Date) => string;
  /** 1 h 12 min */
  readonly duration: (seconds: number) => string;
  /** 1:12:09, for players */
  readonly clock: (seconds: number) => string;
  readonly list: (items: readonly string[]) => string;
  /** €4.50; below zero with a minus sign. */
  readonly money: (money: Money) => string;
  readonly timeZone: string;
}

export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** Hours and minutes; under one minute, seconds. */
export function durationParts(seconds: number): { hours: number; minutes: number; seconds: number } {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return { hours: 0, minutes: 0, seconds: whole };
  return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), seconds: 0 };
}

const LOCALES: Record<string, string> = { en: 'en-GB', de: 'de-DE' };

function knownTimeZone(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    // A zone that this browser does not know: its own is the better guess.
    return undefined;
  }
}

export function createFormat(
  language: string,
  wantedZone: string | undefined,
  now: () => Date = () => new Date(),
): Format {
  const locale = LOCALES[language] ?? 'en-GB';
  const timeZone = (wantedZone && knownTimeZone(wantedZone)) || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone });
  const dateTime = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  const shortDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone });
  const day = new Intl.DateTimeFormat('en-CA', { timeZone });
  const unit = (name: string, value: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 }).format(
      value,
    );
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });

  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    bytes: (value) =>
      value >= 1e9
        ? unit('gigabyte', value / 1e9)
        : value >= 1e6
          ? unit('megabyte', value / 1e6)
          : unit('kilobyte', value / 1e3),
    time: (instant) => time.format(new Date(instant)),
    date: (instant) => date.format(new Date(instant)),
    dateTime: (instant) => dateTime.format(new Date(instant)),
    moment: (instant) => {
      const then = new Date(instant);
      const [thenDay, today] = [day.format(then), day.format(now())];
      if (thenDay === today) return time.format(then);
      return thenDay.slice(0, 4) === today.slice(0, 4) ? shortDate.format(then) : date.format(then);
    },
    duration: (value) => {
      const { hours, minutes, seconds } = durationParts(value);
      if (hours === 0 && minutes === 0) return `${seconds} s`;
      if (hours === 0) return `${minutes} min`;
      return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
    },
    clock: clockOf,
    list: (items) => list.format(items),
    money: ({ amount, currency }) => {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
      // USD, EUR and GBP have two digits behind the point.
      return format.format(amount / 100).replace('-', '−');
    },
    timeZone,
  };
}

const made = new Map<string, Format>();

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const timeZone = useMe()?.timeZone;
  // UTC is what a profile holds until the person chooses; the browser knows better.
  const wanted = timeZone === 'UTC' ? undefined : timeZone;
  const key = `${i18n.language} ${wanted ?? ''}`;
  let format = made.get(key);
  if (!format) {
    format = createFormat(i18n.language, wanted);
    made.set(key, format);
  }
  return format;
}
