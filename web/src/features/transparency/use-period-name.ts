import { useTranslation } from 'react-i18next';
import { partsOf } from './figures.ts';

/** `Nov`, `November 2026`; `2/2026`, `Second half of 2026`. Periods are in UTC. */
export function usePeriodName(): { short: (name: string) => string; long: (name: string) => string } {
  const { t, i18n } = useTranslation('transparency');
  const locale = i18n.language === 'de' ? 'de-DE' : 'en-GB';
  const monthOf = (year: string, month: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(Date.UTC(Number(year), month - 1, 1));
  return {
    short(name) {
      const parts = partsOf(name);
      return 'month' in parts
        ? monthOf(parts.year, parts.month, { month: 'short' })
        : t('shortHalf', { half: parts.half, year: parts.year });
    },
    long(name) {
      const parts = partsOf(name);
      return 'month' in parts
        ? monthOf(parts.year, parts.month, { month: 'long', year: 'numeric' })
        : t(parts.half === 1 ? 'first' : 'second', { year: parts.year });
    },
  };
}
