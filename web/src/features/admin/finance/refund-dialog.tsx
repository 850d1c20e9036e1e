import type { payments } from '@virgil/contract';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refundPayment } from '../../../api/payments.ts';
import { useFormat } from '../../../i18n/format.ts';
import { minorUnitsOf, sharesOf, typedAmount } from '../../../ui/amount.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Input, Textarea } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

type Payment = payments.AdminPayment;

/** Who gives how much of it: the platform's part of everything returned so far is rounded down. */
function sharesOfRefund(payment: Payment, amount: number): { artist: number; platform: number } {
  if (payment.purpose === 'tier') return { artist: 0, platform: amount };
  const before = payment.refunded.amount;
  const platform = sharesOf(before + amount).platform - sharesOf(before).platform;
  return { artist: amount - platform, platform };
}

/** Says what follows before it is done. */
export function RefundDialog({ payment, onClose }: { payment: Payment; onClose: () => void }): ReactNode {
  const { t, i18n } = useTranslation(['payments', 'common']);
  const { money } = useFormat();
  const { currency } = payment.amount;
  const most = payment.refundable.amount;
  const [typed, setTyped] = useState(typedAmount(most, i18n.language));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  // One a dialog and amount: whatever is pressed twice, or repeated when no answer came, goes back once.
  const key = useRef(crypto.randomUUID());
  const name = payment.payer?.displayName ?? t('desk.gone');
  const amount = minorUnitsOf(typed);
  const isGood = amount !== null && amount >= 1 && amount <= most;
  const { submit, busy, error } = useSubmit(async (wanted: number) => {
    const idempotencyKey = `${key.current}-${wanted}`;
    const { refunds } = await refundPayment(payment.id, { amount: wanted, reason: reason.trim(), idempotencyKey });
    const waits = refunds.at(-1)?.status === 'requested';
    showToast(waits ? t('desk.refundWaits') : t('desk.refundDone', { amount: money({ amount: wanted, currency }) }));
    onClose();
  });

  function give(event?: FormEvent): void {
    event?.preventDefault();
    setTried(true);
    if (isGood && reason.trim() !== '') void submit(amount);
  }

  const range = t('desk.refundRange', { most: money({ amount: most, currency }) });
  const shares = isGood ? sharesOfRefund(payment, amount) : null;
  const inWords = shares && {
    artist: money({ amount: shares.artist, currency }),
    platform: money({ amount: shares.platform, currency }),
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('desk.refundTitle', { name })}
      description={t('desk.refundText', { name })}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="bad-fill" busy={busy} onClick={() => give()}>
            {isGood ? t('desk.refundAct', { amount: money({ amount, currency }) }) : t('desk.refund')}
          </Button>
        </>
      }
    >
      <form className="grid gap-4" onSubmit={give}>
        <Field label={t('desk.refundAmount')} hint={range} error={tried && !isGood ? range : undefined}>
          <Input
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        {inWords ? (
          <p role="status">
            {payment.purpose === 'tier'
              ? t('desk.refundPlatform', inWords)
              : t('desk.refundShares', { ...inWords, payee: payment.payee?.displayName ?? t('desk.gone') })}
          </p>
        ) : null}
        <Field
          label={t('desk.refundReason')}
          hint={t('desk.refundReasonHint')}
          error={tried && reason.trim() === '' ? t('desk.refundReasonMissing') : undefined}
        >
          <Textarea
            rows={3}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            dir="auto"
          />
        </Field>
        <FormProblem error={error} />
      </form>
    </Dialog>
  );
}
