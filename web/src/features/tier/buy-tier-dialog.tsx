import type { Money, subscriptions } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { buyTier, tierChanged, useTier } from '../../api/subscriptions.ts';
import { useFormat } from '../../i18n/format.ts';
import { PurchaseDialog } from '../../ui/purchase-dialog.tsx';
import { showToast } from '../../ui/toast.tsx';

export interface BuyTierProps {
  readonly tier: subscriptions.PaidTier;
  readonly price: Money;
  /** What is paid for now: then the tier changes with the next month, and nothing is taken now. */
  readonly running: subscriptions.Subscription | null;
  readonly onClose: () => void;
}

export function BuyTierDialog({ tier, price, running, onClose }: BuyTierProps): ReactNode {
  const { t } = useTranslation('money');
  const { date, money } = useFormat();
  const standing = useTier().data?.subscription?.status;
  const name = t(`tier.name.${tier}`);
  const from = date(running?.periodEnd ?? new Date());
  /** The change that was planned is taken back. */
  const isBack = running?.tier === tier;
  return (
    <PurchaseDialog
      title={running ? t('tier.changeTitle', { tier: name }) : t('tier.title', { tier: name, price: money(price) })}
      act={running ? t('tier.changeAct', { tier: name }) : t('tier.act', { price: money(price) })}
      onBuy={() => buyTier({ tier, ...(isBack ? {} : price) })}
      hasArrived={standing === 'active'}
      onArrived={() => {
        showToast(t(running ? (isBack ? 'tier.kept' : 'tier.changed') : 'tier.bought', { tier: name, date: from }));
        void tierChanged();
        onClose();
      }}
      onClose={onClose}
    >
      {running ? (
        <p>
          {isBack
            ? t('tier.kept', { tier: name })
            : t('tier.changeText', {
                date: from,
                tier: name,
                now: t(`tier.name.${running.tier ?? 'pro'}`),
                price: money(price),
              })}
        </p>
      ) : (
        <ul className="grid gap-2">
          <li>{t('tier.first', { price: money(price) })}</li>
          <li>{t('tier.cancelAny')}</li>
        </ul>
      )}
    </PurchaseDialog>
  );
}
