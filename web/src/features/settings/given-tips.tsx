import { Link } from '@tanstack/react-router';
import { Coins } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf } from '../../api/queries.ts';
import { useGivenTips } from '../../api/tips.ts';
import { useFormat } from '../../i18n/format.ts';
import { EmptyState, ErrorState, MoreButton, SkeletonRows } from '../../ui/states.tsx';

/** When on the left, to whom and how much on the right. */
export function GivenTips(): ReactNode {
  const { t } = useTranslation('money');
  const { dateTime, moment, money } = useFormat();
  const query = useGivenTips();
  const given = itemsOf(query.data);
  return (
    <>
      {query.isPending ? <SkeletonRows rows={2} /> : null}
      {query.isError && given.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && given.length === 0 ? (
        <EmptyState
          icon={Coins}
          title={t('subscriptions.noTips')}
          text={t('subscriptions.noTipsText')}
          className="py-2"
        />
      ) : null}
      <ul className="rows">
        {given.map((tip) => (
          <li
            key={tip.id}
            className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-baseline gap-x-4 py-2 sm:grid-cols-[7rem_minmax(0,1fr)_auto]"
          >
            <time dateTime={tip.createdAt} title={dateTime(tip.createdAt)} className="mono text-14 text-ink-3">
              {moment(tip.createdAt)}
            </time>
            <p className="min-w-0">
              {tip.creator ? (
                <Link to="/c/$channelId" params={{ channelId: tip.creator.id }} className="text-ink">
                  {t('subscriptions.tipTo', { name: tip.creator.displayName })}
                </Link>
              ) : (
                t('subscriptions.tipGone')
              )}
              {tip.status === 'paid' ? null : (
                <span className="ml-3 text-14 text-ink-2">{t(`subscriptions.tipStatus.${tip.status}`)}</span>
              )}
              {tip.refunded && tip.status === 'paid' ? (
                <span className="ml-3 text-14 text-ink-2">
                  {t('subscriptions.someRefunded', { amount: money(tip.refunded) })}
                </span>
              ) : null}
            </p>
            <span className="num">{money(tip.amount)}</span>
          </li>
        ))}
      </ul>
      <MoreButton query={query} />
    </>
  );
}
