import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEarningsByStream } from '../../api/earnings.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { ErrorState, MoreButton } from '../../ui/states.tsx';

/** What each livestream earned; nothing at all before the first one did. */
export function StreamEarnings(): ReactNode {
  const { t } = useTranslation('earnings');
  const { date, list, money } = useFormat();
  const query = useEarningsByStream();
  const items = itemsOf(query.data);
  if (query.isError && items.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (items.length === 0) return null;
  return (
    <section className="mt-12">
      <div className="head">
        <h2>{t('streams.title')}</h2>
      </div>
      <ul>
        {items.map(({ earned, stream }) => {
          const sums = Map.groupBy(earned, ({ earned: { currency } }) => currency);
          const totals = [...sums].map(([currency, parts]) => ({
            currency,
            amount: parts.reduce((sum, part) => sum + part.earned.amount, 0),
          }));
          return (
            <li
              key={stream.id}
              className="grid grid-cols-[1fr_auto] gap-x-4 border-b border-line py-2.5 sm:grid-cols-[9rem_1fr_auto]"
            >
              <time dateTime={stream.startedAt} className="num col-span-2 text-14 leading-6 text-ink-2 sm:col-span-1">
                {date(stream.startedAt)}
              </time>
              <div className="min-w-0">
                <Link
                  to="/watch/$streamId"
                  params={{ streamId: stream.id }}
                  className="[overflow-wrap:anywhere] no-underline hover:underline"
                  dir="auto"
                >
                  {stream.title}
                </Link>
                <p className="text-14 text-ink-2">
                  {[...Map.groupBy(earned, ({ source }) => source)]
                    .map(
                      ([source, parts]) => `${t(`source.${source}`)} ${list(parts.map((part) => money(part.earned)))}`,
                    )
                    .join(', ')}
                </p>
              </div>
              <p className="num text-right font-[620]">
                {totals.map((total) => (
                  <span key={total.currency} className="block whitespace-nowrap">
                    {money(total)}
                  </span>
                ))}
              </p>
            </li>
          );
        })}
      </ul>
      <MoreButton query={query} />
    </section>
  );
}
