import type { DmcaMatter } from '@virgil/contract';
import { Landmark, Undo } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reportCourtAction, retractNotice } from '../../api/dmca.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Textarea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

interface ActProps {
  readonly id: string;
  readonly token: string;
  readonly onClose: () => void;
}

function CourtDialog({ id, onClose, token }: ActProps): ReactNode {
  const { t } = useTranslation(['dmca', 'common']);
  const [court, setCourt] = useState('');
  const [reference, setReference] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    await reportCourtAction(id, token, { court, reference });
    showToast(t('matter.courtDone'));
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('matter.courtTitle')}
      description={t('matter.courtText')}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t('matter.courtName')}>
          <Input required maxLength={300} value={court} onChange={(event) => setCourt(event.target.value)} />
        </Field>
        <Field label={t('matter.courtReference')}>
          <Input required maxLength={200} value={reference} onChange={(event) => setReference(event.target.value)} />
        </Field>
        <FormProblem error={error} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" look="main" busy={busy}>
            {t('matter.courtSend')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RetractDialog({ id, onClose, token }: ActProps): ReactNode {
  const { t } = useTranslation(['dmca', 'common']);
  const [reason, setReason] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    await retractNotice(id, token, reason);
    showToast(t('matter.retractDone'));
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('matter.retractTitle')}
      description={t('matter.retractText')}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t('matter.retractReason')}>
          <Textarea
            required
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <FormProblem error={error} />
        <div className="flex flex-wrap justify-end gap-6">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" look="bad-fill" busy={busy}>
            {t('matter.retractSend')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function ClaimantActs({ matter, token }: { matter: DmcaMatter; token: string }): ReactNode {
  const { t } = useTranslation('dmca');
  const [open, setOpen] = useState<'court' | 'retract' | null>(null);
  const close = () => setOpen(null);
  if (matter.may.length === 0) return null;
  return (
    <section aria-label={t('matter.actsTitle')} className="border-t border-line pt-4">
      <h2 className="mb-3 text-18">{t('matter.actsTitle')}</h2>
      <div className="flex flex-wrap gap-x-6 gap-y-3">
        {matter.may.includes('court_action') ? (
          <Button onClick={() => setOpen('court')}>
            <Landmark aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('matter.court')}
          </Button>
        ) : null}
        {matter.may.includes('retract') ? (
          <Button look="bad" onClick={() => setOpen('retract')}>
            <Undo aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('matter.retract')}
          </Button>
        ) : null}
      </div>
      {open === 'court' ? <CourtDialog id={matter.id} token={token} onClose={close} /> : null}
      {open === 'retract' ? <RetractDialog id={matter.id} token={token} onClose={close} /> : null}
    </section>
  );
}
