import { Link, useSearch } from '@tanstack/react-router';
import { KeyRound, LogIn } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { useInstance } from '../../api/instance.ts';
import { passkeysWork } from '../../api/passkey-support.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormPage } from '../../ui/form-page.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { CodeStep } from './code-step.tsx';
import { Reasons } from './reasons.tsx';
import { useArrive } from './use-arrive.ts';

function OtherWays({ onError }: { onError: (work: () => Promise<void>) => void }): ReactNode {
  const { t } = useTranslation('account');
  const instance = useInstance();
  const arrive = useArrive();
  const { to } = useSearch({ from: '/sign-in' });
  const ways = instance?.signIn;
  const passkeys = ways?.passkeys && passkeysWork();
  if (!passkeys && !ways?.twitch) return null;
  return (
    <>
      <p className="my-5 flex items-center gap-3 text-14 text-ink-3 before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        {t('signIn.or')}
      </p>
      <div className="grid gap-3">
        {passkeys ? (
          <Button
            onClick={() =>
              onError(async () => {
                answered(await auth.signIn.passkey());
                await arrive((name) => t('signIn.done', { name }));
              })
            }
          >
            <KeyRound aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('signIn.passkey')}
          </Button>
        ) : null}
        {ways?.twitch ? (
          <Button
            onClick={() =>
              onError(async () => {
                answered(
                  await auth.signIn.social({
                    provider: 'twitch',
                    callbackURL: to ?? '/',
                    errorCallbackURL: '/sign-in',
                  }),
                );
              })
            }
          >
            <LogIn aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('signIn.twitch')}
          </Button>
        ) : null}
      </div>
    </>
  );
}

export function SignInPage(): ReactNode {
  const { t } = useTranslation('account');
  const instance = useInstance();
  const search = useSearch({ from: '/sign-in' });
  const arrive = useArrive();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  usePageTitle(t(step === 'code' ? 'code.title' : 'signIn.title'));
  const form = useSubmit(async (work: () => Promise<void>) => work());

  function signIn(event: FormEvent): void {
    event.preventDefault();
    void form.submit(async () => {
      const answer = answered(await auth.signIn.email({ email: email.trim(), password }));
      if ('twoFactorRedirect' in answer && answer.twoFactorRedirect) {
        setStep('code');
        return;
      }
      await arrive((name) => t('signIn.done', { name }));
    });
  }

  if (step === 'code') {
    return <CodeStep onBack={() => setStep('password')} onDone={() => arrive((name) => t('signIn.done', { name }))} />;
  }
  return (
    <FormPage title={t('signIn.title')} aside={<Reasons />}>
      <form onSubmit={signIn} className="grid gap-4">
        <Field label={t('email')}>
          <Input
            type="email"
            name="email"
            autoComplete="username webauthn"
            required
            maxLength={254}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={t('password')}>
          <PasswordInput
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <FormProblem error={form.error} />
        <Button look="main" type="submit" busy={form.busy}>
          {t('signIn.act')}
        </Button>
        <p className="text-14 text-ink-2">
          {instance && !instance.signIn.emailReset ? (
            t('signIn.forgotNoEmail')
          ) : (
            <Link to="/forgot-password">{t('signIn.forgot')}</Link>
          )}
        </p>
      </form>
      <OtherWays onError={(work) => void form.submit(work)} />
      <p className="mt-5 border-t border-line pt-4">
        {t('signIn.none')}{' '}
        <Link to="/sign-up" search={search}>
          {t('signUp.title')}
        </Link>
      </p>
    </FormPage>
  );
}
