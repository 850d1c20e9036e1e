import { type accounts, type BodyInputOf, CATEGORIES, type Category, type penalties } from '@virgil/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { issuePenalty } from '../../../api/standing.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Input, Select } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { ReasonField } from '../reason-field.tsx';

type Length = 'permanent' | '24' | '168' | '720';
const LENGTHS: readonly Length[] = ['24', '168', '720', 'permanent'];
const BEYOND_APPEAL: ReadonlySet<string> = new Set<Category>(['minors', 'terror', 'fraud']);
const HOURS = { '24': 24, '168': 168, '720': 720 } as const;

/** Closes an account: names what follows, asks for the reason that the person reads. */
export function BanDialog({
  user,
  open,
  onClose,
}: {
  user: accounts.AdminUser;
  open: boolean;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['standing', 'common']);
  const [length, setLength] = useState<Length>('permanent');
  const [category, setCategory] = useState<Category | ''>('');
  const [reason, setReason] = useState('');
  const [evidenceLink, setEvidenceLink] = useState('');
  const [policyReference, setPolicyReference] = useState('');
  const [tried, setTried] = useState(false);
  const name = user.displayName;
  const { submit, busy, error, clear } = useSubmit(async () => {
    const decided = {
      userId: user.id,
      reason: reason.trim(),
      ...(category === '' ? {} : { category }),
      ...(evidenceLink.trim() === '' ? {} : { evidenceLink: evidenceLink.trim() }),
      ...(policyReference.trim() === '' ? {} : { policyReference: policyReference.trim() }),
    };
    const body: BodyInputOf<typeof penalties.issuePenalty> =
      length === 'permanent'
        ? { ...decided, severity: 'permanent' }
        : { ...decided, severity: 'temporary', durationHours: HOURS[length] };
    await issuePenalty(body);
    showToast(t('dossier.banned', { name }));
    onClose();
  });
  useEffect(() => {
    if (!open) return;
    setTried(false);
    clear();
  }, [open, clear]);

  function ban(): void {
    setTried(true);
    if (reason.trim() !== '') void submit();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={t('dossier.banTitle', { name })}
      description={t('dossier.banText')}
      foot={
        <div className="flex flex-wrap gap-6">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="bad-fill" busy={busy} onClick={ban}>
            {t('dossier.banAct')}
          </Button>
        </div>
      }
    >
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          ban();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('dossier.length')}>
            <Select value={length} onChange={(event) => setLength(event.target.value as Length)}>
              {LENGTHS.map((each) => (
                <option key={each} value={each}>
                  {t(each === 'permanent' ? 'dossier.permanent' : `dossier.hours${each}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('dossier.category')} optional>
            <Select value={category} onChange={(event) => setCategory(event.target.value as Category | '')}>
              <option value="">{t('dossier.noCategory')}</option>
              {CATEGORIES.map((each) => (
                <option key={each} value={each}>
                  {t(`category.${each}`)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {length === 'permanent' && BEYOND_APPEAL.has(category) ? (
          <p className="border-l-[3px] border-bad pl-3">{t('dossier.beyondAppeal')}</p>
        ) : null}
        <ReasonField
          label={t('dossier.reason', { name })}
          value={reason}
          onChange={setReason}
          error={tried && reason.trim() === '' ? t('dossier.reasonMissing', { name }) : undefined}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('dossier.evidenceLink')} optional>
            <Input
              type="url"
              placeholder="https://"
              value={evidenceLink}
              onChange={(event) => setEvidenceLink(event.target.value)}
            />
          </Field>
          <Field label={t('dossier.policy')} optional>
            <Input value={policyReference} onChange={(event) => setPolicyReference(event.target.value)} />
          </Field>
        </div>
        <FormProblem error={error} />
      </form>
    </Dialog>
  );
}
