import { Link } from '@tanstack/react-router';
import type { accounts } from '@virgil/contract';
import { Leaf } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf } from '../../api/queries.ts';
import { useSubscriptions, useTier } from '../../api/subscriptions.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, ListStates, SkeletonRows } from '../../ui/states.tsx';
import { TierOffer } from '../tier/tier-offer.tsx';
import { Part } from './part.tsx';
import { SubscriptionRow } from './subscription-row.tsx';

/** What one pays for every month: when the next payment is, how to end it, what that means. */
export function SubscriptionsSection({ me }: { me: accounts.Me }): ReactNode {
  const { t } = useTranslation('money');
  return (
    <>
      <TierPart me={me} />
      <Part title={t('subscriptions.patron')} text={t('subscriptions.patronText')}>
        <Patronages />
      </Part>
      <p className="border-t border-line pt-3">
        <Link to="/settings/$section" params={{ section: 'payments' }}>
          {t('subscriptions.toPayments')}
        </Link>
      </p>
    </>
  );
}

function TierPart({ me }: { me: accounts.Me }): ReactNode {
  const { t } = useTranslation('money');
  const { data, error, isPending, refetch } = useTier();
  return (
    <Part title={t('subscriptions.tier')}>
      <div className="grid gap-5">
        <p>{t('subscriptions.tierNow', { tier: t(`tier.name.${me.tier}`) })}</p>
        {isPending ? <SkeletonRows rows={1} /> : null}
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {data && data.grantedTier !== 'free' ? (
          <p className="text-ink-2">{t('subscriptions.tierGranted', { tier: t(`tier.name.${data.grantedTier}`) })}</p>
        ) : null}
        {data?.subscription ? (
          <ul className="rows border-t border-line">
            <SubscriptionRow subscription={data.subscription} />
          </ul>
        ) : null}
        <TierOffer />
      </div>
    </Part>
  );
}

function Patronages(): ReactNode {
  const { t } = useTranslation('money');
  const [showsEnded, setShowsEnded] = useState(false);
  const query = useSubscriptions(false);
  const patronages = itemsOf(query.data).filter(({ kind }) => kind === 'patronage');
  return (
    <>
      <ListStates
        query={query}
        count={patronages.length}
        skeleton={<SkeletonRows rows={2} />}
        empty={
          <EmptyState icon={Leaf} title={t('subscriptions.none')} text={t('subscriptions.noneText')} className="py-2" />
        }
      >
        <ul className="rows">
          {patronages.map((subscription) => (
            <SubscriptionRow key={subscription.id} subscription={subscription} />
          ))}
        </ul>
      </ListStates>
      {showsEnded ? (
        <Ended />
      ) : (
        <Button small look="quiet" className="mt-3 -ml-2" onClick={() => setShowsEnded(true)}>
          {t('subscriptions.showEnded')}
        </Button>
      )}
    </>
  );
}

function Ended(): ReactNode {
  const { t } = useTranslation('money');
  const query = useSubscriptions(true);
  const ended = itemsOf(query.data);
  return (
    <div className="mt-6">
      <h3 className="text-16">{t('subscriptions.ended')}</h3>
      <ListStates
        query={query}
        count={ended.length}
        skeleton={<SkeletonRows rows={1} />}
        empty={<p className="mt-2 text-ink-2">{t('subscriptions.noneEnded')}</p>}
      >
        <ul className="rows">
          {ended.map((subscription) => (
            <SubscriptionRow key={subscription.id} subscription={subscription} />
          ))}
        </ul>
      </ListStates>
    </div>
  );
}
