import type { subscriptions } from '@virgil/contract';
import { CircleAlert, ExternalLink, Hourglass } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstance } from '../api/instance.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useProblemText } from './problem-text.ts';
import { useSubmit } from './use-submit.ts';

export interface PurchaseDialogProps {
  readonly title: string;
  /** What is paid, when, and how it ends: before the act. */
  readonly children: ReactNode;
  readonly act: string;
  /** Pressing twice, or in two windows, buys once: the server answers the purchase there is. */
  readonly onBuy: () => Promise<subscriptions.Purchase>;
  /** It has arrived, as the page hears by asking again while a payment page waits. */
  readonly hasArrived: boolean;
  readonly onArrived: () => void;
  readonly onClose: () => void;
}

export function PurchaseDialog(props: PurchaseDialogProps): ReactNode {
  const { act, children, hasArrived, onArrived, onBuy, onClose, title } = props;
  const { t } = useTranslation(['money', 'common']);
  const textOf = useProblemText();
  const testMoney = useInstance()?.testMoney ?? false;
  const [purchase, setPurchase] = useState<subscriptions.Purchase | null>(null);
  const { submit, busy, error } = useSubmit(async () => {
    const made = await onBuy();
    if (made.status === 'paid') onArrived();
    else setPurchase(made);
  });
  const isWaiting = purchase?.status === 'pending';
  const payPage = isWaiting ? purchase.checkoutUrl : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it arrives once, whatever is drawn anew
  useEffect(() => {
    if (isWaiting && hasArrived) onArrived();
  }, [isWaiting, hasArrived]);

  return (
    <Dialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={title}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          {payPage ? (
            <Button asChild look="main">
              <a href={payPage} target="_blank" rel="noreferrer">
                <ExternalLink aria-hidden="true" size={18} strokeWidth={1.75} />
                {t('payPage')}
              </a>
            </Button>
          ) : null}
          {isWaiting ? null : (
            <Button look="main" busy={busy} onClick={() => void submit()}>
              {act}
            </Button>
          )}
        </>
      }
    >
      {children}
      {testMoney ? <p className="mt-4 text-14 text-ink-2">{t('testMoney')}</p> : null}
      <div role="status" className="empty:hidden">
        {isWaiting ? (
          <p className="mt-4 flex gap-2">
            <Hourglass aria-hidden="true" size={18} strokeWidth={1.75} className="mt-1 flex-none text-ink-2" />
            {t(payPage ? 'payPageText' : 'onTheWay')}
          </p>
        ) : null}
      </div>
      {error || purchase?.status === 'failed' ? (
        <p role="alert" className="mt-4 flex gap-2 text-bad">
          <CircleAlert aria-hidden="true" size={18} strokeWidth={1.75} className="mt-1 flex-none" />
          {error ? textOf(error) : t('failed')}
        </p>
      ) : null}
    </Dialog>
  );
}
