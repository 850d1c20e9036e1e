import type { subscriptions, Tier } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstance } from '../../api/instance.ts';
import { useTier } from '../../api/subscriptions.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { BuyTierDialog } from './buy-tier-dialog.tsx';

const TIERS = ['pro', 'premium'] as const;

/** What the paid tiers cost, each with its one act; those that one has already are left out. */
export function TierOffer({ lead, fallback = null }: { lead?: ReactNode; fallback?: ReactNode }): ReactNode {
  const { t } = useTranslation('money');
  const { money } = useFormat();
  const takesMoney = useInstance()?.payments ?? false;
  const { data } = useTier();
  const [asking, setAsking] = useState<subscriptions.PaidTier | null>(null);
  if (!data || !takesMoney) return fallback;
  const { grantedTier, prices, subscription } = data;
  const chosen = subscription?.next?.tier ?? subscription?.tier ?? null;
  const offered = TIERS.filter((tier) => tier !== chosen && !covers(grantedTier, tier));
  const mayChange = subscription === null || (subscription.status === 'active' && subscription.cancelledAt === null);
  if (offered.length === 0 || !mayChange) return fallback;
  return (
    <div>
      {lead}
      <ul className="rows">
        {offered.map((tier) => (
          <li key={tier} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 grow">
              <p className="font-[600]">{t(`tier.name.${tier}`)}</p>
              <p className="text-14 text-ink-2">{t(`tier.text.${tier}`)}</p>
            </div>
            <p className="num">{t('tier.month', { price: money(prices[tier]) })}</p>
            <Button small onClick={() => setAsking(tier)}>
              {t(subscription ? 'tier.change' : 'tier.buy', { tier: t(`tier.name.${tier}`) })}
            </Button>
          </li>
        ))}
      </ul>
      {asking ? (
        <BuyTierDialog tier={asking} price={prices[asking]} running={subscription} onClose={() => setAsking(null)} />
      ) : null}
    </div>
  );
}

const covers = (granted: Tier, tier: subscriptions.PaidTier) => granted === 'premium' || granted === tier;
