/** Names of days and months; they come as dates without a zone and must not be moved by one. */
import { useTranslation } from 'react-i18next';
import type { Range } from './chart-data.ts';

export interface PeriodName {
  /** Nov; 20 Nov */
  readonly short: (period: string) => string;
  /** November 2026; 20 November 2026 */
  readonly long: (period: string) => string;
}

export function usePeriodName(range: Range): PeriodName {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'de' ? 'de-DE' : 'en-GB';
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return (period: string) => (period === '' ? '' : made.format(new Date(period)));
  };
  return range === 'days'
    ? {
        short: format({ day: 'numeric', month: 'short' }),
        long: format({ day: 'numeric', month: 'long', year: 'numeric' }),
      }
    : { short: format({ month: 'short' }), long: format({ month: 'long', year: 'numeric' }) };
}
