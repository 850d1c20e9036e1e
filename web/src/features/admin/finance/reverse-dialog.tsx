import type { BookedTransfer } from '@virgil/contract';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reverseBonus } from '../../../api/books.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Textarea } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

/** Says what follows before it is done. */
export function ReverseDialog({ transfer, onClose }: { transfer: BookedTransfer; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['finance', 'common']);
  const { money } = useFormat();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const amount = money(transfer.amount);
  const creator = transfer.entries.find(({ owner }) => owner !== null)?.owner;
  const name = creator?.displayName ?? t('transfers.gone');
  const { submit, busy, error } = useSubmit(async () => {
    await reverseBonus(transfer.id, reason.trim());
    showToast(t('reverse.done', { amount }));
    onClose();
  });

  function take(event?: FormEvent): void {
    event?.preventDefault();
    setTried(true);
    if (reason.trim() !== '') void submit();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('reverse.title', { amount, name })}
      description={t('reverse.text', { name })}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="bad-fill" busy={busy} onClick={() => take()}>
            {t('reverse.act', { amount })}
          </Button>
        </>
      }
    >
      <form className="grid gap-4" onSubmit={take}>
        <Field
          label={t('reverse.reason', { name })}
          error={tried && reason.trim() === '' ? t('reverse.reasonMissing') : undefined}
        >
          <Textarea
            rows={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            className="voice text-18"
            dir="auto"
          />
        </Field>
        <FormProblem error={error} />
      </form>
    </Dialog>
  );
}
