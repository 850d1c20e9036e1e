import type { Money } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { becomePatron, patronageChanged, usePatronage } from '../../api/subscriptions.ts';
import { useFormat } from '../../i18n/format.ts';
import { sharesOf } from '../../ui/amount.ts';
import { PurchaseDialog } from '../../ui/purchase-dialog.tsx';
import { showToast } from '../../ui/toast.tsx';

/** What is paid, when, to whom, and how it ends. */
export function BecomePatronDialog({
  channelId,
  name,
  price,
  onClose,
}: {
  channelId: string;
  name: string;
  price: Money;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('money');
  const { money } = useFormat();
  const standing = usePatronage(channelId).data?.mine?.status;
  return (
    <PurchaseDialog
      title={t('patron.title', { name })}
      act={t('patron.act', { price: money(price) })}
      onBuy={() => becomePatron(channelId, price)}
      hasArrived={standing === 'active'}
      onArrived={() => {
        showToast(t('patron.done', { name }));
        void patronageChanged();
        onClose();
      }}
      onClose={onClose}
    >
      <ul className="grid gap-2">
        <li>{t('patron.first', { price: money(price) })}</li>
        <li>{t('patron.share', { name, artist: money({ ...price, amount: sharesOf(price.amount).artist }) })}</li>
        <li>{t('patron.cancelAny')}</li>
      </ul>
    </PurchaseDialog>
  );
}
