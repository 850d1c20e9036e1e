import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { BackupCodes } from './backup-codes.tsx';
import { QrCode } from './qr-code.tsx';

interface Enrolment {
  readonly uri: string;
  readonly codes: readonly string[];
}

/** The secret of an otpauth address in groups of four, to type by hand. */
export function secretOf(uri: string): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

function AskPassword({ onEnrolment }: { onEnrolment: (enrolment: Enrolment) => void }): ReactNode {
  const { t } = useTranslation('settings');
  const [password, setPassword] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    const made = answered(await auth.twoFactor.enable({ password }));
    if (!('totpURI' in made)) throw new ApiProblem('internal');
    onEnrolment({ uri: made.totpURI, codes: made.backupCodes });
  });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label={t('password.current')}>
        <PasswordInput
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <FormProblem error={error} />
      <Button look="main" type="submit" busy={busy} className="justify-self-start">
        {t('twoFactor.continue')}
      </Button>
    </form>
  );
}

function Confirm({ uri, onConfirmed }: { uri: string; onConfirmed: () => void }): ReactNode {
  const { t } = useTranslation('settings');
  const [code, setCode] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    answered(await auth.twoFactor.verifyTotp({ code: code.replace(/\s/g, '') }));
    onConfirmed();
  });
  const secret = secretOf(uri);
  return (
    <form
      className="grid gap-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="flex flex-wrap gap-5">
        <QrCode text={uri} label={t('twoFactor.qr')} />
        <div className="min-w-0 grow basis-52">
          <p className="text-ink-2">{t('twoFactor.scan')}</p>
          <p className="mono mt-3 text-14 break-words select-all">{secret}</p>
          <CopyButton text={secret.replaceAll(' ', '')} name={t('twoFactor.secret')} />
        </div>
      </div>
      <Field label={t('twoFactor.code')}>
        <Input
          className="mono max-w-44 text-21 tracking-[0.08em]"
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          maxLength={8}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      <FormProblem error={error} />
      <Button look="main" type="submit" busy={busy} className="justify-self-start">
        {t('twoFactor.confirm')}
      </Button>
    </form>
  );
}

/** Password, then the app, then the codes to keep: in this order, so that nobody is locked out half way. */
export function TwoFactorSetup({ onDone }: { onDone: () => Promise<void> }): ReactNode {
  const { t } = useTranslation('settings');
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  if (!enrolment) return <AskPassword onEnrolment={setEnrolment} />;
  if (!confirmed) return <Confirm uri={enrolment.uri} onConfirmed={() => setConfirmed(true)} />;
  return (
    <div className="grid gap-4">
      <p className="text-ink-2">{t('twoFactor.keep')}</p>
      <BackupCodes codes={enrolment.codes} />
      <Button look="main" className="justify-self-start" onClick={() => void onDone()}>
        {t('twoFactor.kept')}
      </Button>
    </div>
  );
}
