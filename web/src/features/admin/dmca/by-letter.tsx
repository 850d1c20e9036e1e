/** What the claimant did by letter instead of the status page: an admin enters it in their place. */
import type { DmcaDossier } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enterByLetter } from '../../../api/dmca.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

export function ByLetter({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation(['dmcaDesk', 'dmca']);
  const [open, setOpen] = useState<'retract' | 'court' | null>(null);
  const [court, setCourt] = useState('');
  const { status } = dossier;
  const mayRetract = !['void', 'rejected', 'restored', 'retracted'].includes(status);
  const mayGoToCourt = status === 'approved' || status === 'counter_noticed';
  const close = () => setOpen(null);
  if (!mayRetract) return null;
  return (
    <section aria-label={t('dossier.byLetter')} className="grid gap-2">
      <h2 className="text-18">{t('dossier.byLetter')}</h2>
      <div className="flex flex-wrap gap-3">
        {mayGoToCourt ? <Button onClick={() => setOpen('court')}>{t('dossier.enterCourt')}</Button> : null}
        <Button onClick={() => setOpen('retract')}>{t('dossier.enterRetraction')}</Button>
      </div>
      {open === 'retract' ? (
        <ReasonDialog
          title={t('dmca:matter.retractTitle')}
          text={t('dmca:matter.retractText')}
          label={t('dossier.letterReason')}
          act={t('dossier.enterRetraction')}
          dangerous
          onClose={close}
          onAct={async (reason) => {
            await enterByLetter(dossier.id, { kind: 'retract', reason });
            showToast(t('dmca:matter.retractDone'));
          }}
        />
      ) : null}
      {open === 'court' ? (
        <ReasonDialog
          title={t('dmca:matter.courtTitle')}
          text={t('dmca:matter.courtText')}
          label={t('dmca:matter.courtReference')}
          act={t('dossier.enterCourt')}
          onClose={close}
          onAct={async (reference) => {
            await enterByLetter(dossier.id, { kind: 'court', court, reference: reference.slice(0, 200) });
            showToast(t('dmca:matter.courtDone'));
          }}
        >
          <Field label={t('dmca:matter.courtName')}>
            <Input required maxLength={300} value={court} onChange={(event) => setCourt(event.target.value)} />
          </Field>
        </ReasonDialog>
      ) : null}
    </section>
  );
}
