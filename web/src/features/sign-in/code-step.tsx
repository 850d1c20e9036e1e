import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormPage } from '../../ui/form-page.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

/** Six digits from the app, or one of the backup codes. */
export function CodeStep({ onDone, onBack }: { onDone: () => Promise<void>; onBack: () => void }): ReactNode {
  const { t } = useTranslation('account');
  const [backup, setBackup] = useState(false);
  const [code, setCode] = useState('');
  const [trust, setTrust] = useState(false);
  const trustId = useId();
  const { submit, busy, error, clear } = useSubmit(async () => {
    const trimmed = code.replace(/\s/g, '');
    answered(
      backup
        ? await auth.twoFactor.verifyBackupCode({ code: trimmed, trustDevice: trust })
        : await auth.twoFactor.verifyTotp({ code: trimmed, trustDevice: trust }),
    );
    await onDone();
  });

  return (
    <FormPage title={t('code.title')} text={t(backup ? 'code.backupText' : 'code.text')}>
      <form
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t(backup ? 'code.backupLabel' : 'code.label')}>
          <Input
            key={backup ? 'backup' : 'app'}
            name="code"
            className="mono text-21 tracking-[0.08em]"
            autoComplete="one-time-code"
            inputMode={backup ? 'text' : 'numeric'}
            autoFocus
            required
            maxLength={backup ? 40 : 8}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
        <p className="flex items-center gap-2.5">
          <input
            id={trustId}
            type="checkbox"
            className="size-4.5"
            checked={trust}
            onChange={(event) => setTrust(event.target.checked)}
          />
          <label htmlFor={trustId}>{t('code.trust')}</label>
        </p>
        <FormProblem error={error} />
        <Button look="main" type="submit" busy={busy}>
          {t('code.act')}
        </Button>
        <div className="flex flex-wrap justify-between gap-2">
          <Button
            look="quiet"
            small
            onClick={() => {
              setBackup(!backup);
              setCode('');
              clear();
            }}
          >
            {t(backup ? 'code.useApp' : 'code.useBackup')}
          </Button>
          <Button look="quiet" small onClick={onBack}>
            {t('code.back')}
          </Button>
        </div>
      </form>
    </FormPage>
  );
}
