/** Within how many minutes what waits is due. */
import { escalations } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setEscalationTimes, useEscalationTimes } from '../../../api/escalations.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

type Name = keyof escalations.EscalationTimes;
const NAMES = Object.keys(escalations.escalationTimes.shape) as readonly Name[];

export function TimesDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation('escalations');
  const query = useEscalationTimes();
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('times.title')}
      description={t('times.text')}
    >
      {query.isPending ? <SkeletonRows rows={4} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Form times={query.data} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Form({ times, onClose }: { times: escalations.EscalationTimes; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['escalations', 'common']);
  const [typed, setTyped] = useState(
    () => Object.fromEntries(NAMES.map((name) => [name, String(times[name])])) as Record<Name, string>,
  );
  const [tried, setTried] = useState(false);
  const wanted = escalations.escalationTimes.safeParse(
    Object.fromEntries(NAMES.map((name) => [name, typed[name].trim() === '' ? Number.NaN : Number(typed[name])])),
  );
  const wrong = new Set(wanted.success ? [] : wanted.error.issues.map(({ path }) => path[0]));
  const { busy, error, submit } = useSubmit(async () => {
    if (!wanted.success) return;
    await setEscalationTimes(wanted.data);
    showToast(t('times.saved'));
    onClose();
  });
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (wanted.success) void submit();
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        {NAMES.map((name) => (
          <Field
            key={name}
            label={t(`cause.${name}`)}
            hint={t('times.minutes')}
            error={tried && wrong.has(name) ? t('times.wrong') : undefined}
          >
            <Input
              inputMode="numeric"
              className="mono"
              value={typed[name]}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <FormProblem error={error} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="main" type="submit" busy={busy}>
          {t('times.save')}
        </Button>
      </div>
    </form>
  );
}
