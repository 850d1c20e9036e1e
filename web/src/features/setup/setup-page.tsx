import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { accounts, instance as instanceContract } from '@virgil/contract';
import { KeyRound } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { call } from '../../api/call.ts';
import { useInstance } from '../../api/instance.ts';
import { introduceMe, sessionChanged } from '../../api/me.ts';
import { asProblem } from '../../api/problem.ts';
import { refresh } from '../../api/queries.ts';
import { isAppLanguage } from '../../i18n/language.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormPage } from '../../ui/form-page.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useFieldProblem } from '../../ui/problem-text.ts';
import { EmptyState } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSubmit } from '../../ui/use-submit.ts';

function Refused({ title, text }: { title: string; text: string }): ReactNode {
  const { t } = useTranslation(['account', 'common']);
  return (
    <div className="page page-narrow">
      <EmptyState heading="h1" icon={KeyRound} title={title} text={text}>
        <Button asChild>
          <Link to="/sign-in">{t('common:signIn')}</Link>
        </Button>
      </EmptyState>
    </div>
  );
}

/** The page behind the link that the first start prints to the terminal. */
export function SetupPage(): ReactNode {
  const { t, i18n } = useTranslation('account');
  const { token } = useSearch({ from: '/setup' });
  const instance = useInstance();
  const navigate = useNavigate();
  const fieldProblem = useFieldProblem();
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  usePageTitle(t('setup.title'));
  const { submit, busy, error } = useSubmit(async (validToken: string) => {
    await call(accounts.redeemSetup, { body: { token: validToken, email: email.trim(), password, displayName } });
    answered(await auth.signIn.email({ email: email.trim(), password }));
    await introduceMe(isAppLanguage(i18n.language) ? i18n.language : 'en');
    await sessionChanged();
    await refresh(instanceContract.getInstance);
    await navigate({ to: '/', replace: true });
    showToast(t('setup.done', { name: displayName.trim() }));
  });

  if (instance && !instance.setupNeeded) return <Refused title={t('setup.over')} text={t('setup.overText')} />;
  if (!token) return <Refused title={t('setup.noToken')} text={t('setup.noTokenText')} />;
  if (error && asProblem(error).code === 'not_found') {
    return <Refused title={t('setup.badToken')} text={t('setup.badTokenText')} />;
  }
  return (
    <FormPage title={t('setup.title')} text={t('setup.text')}>
      <form
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit(token);
        }}
      >
        <Field label={t('displayName')} hint={t('displayNameHint')} error={fieldProblem(error, 'displayName')}>
          <Input
            name="name"
            autoComplete="nickname"
            required
            minLength={2}
            maxLength={64}
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
        </Field>
        <Field label={t('email')} error={fieldProblem(error, 'email')}>
          <Input
            type="email"
            name="email"
            autoComplete="email"
            required
            maxLength={254}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={t('password')} hint={t('passwordHint')} error={fieldProblem(error, 'password')}>
          <PasswordInput
            name="password"
            autoComplete="new-password"
            required
            minLength={10}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <FormProblem error={error} />
        <Button look="main" type="submit" busy={busy}>
          {t('setup.act')}
        </Button>
      </form>
    </FormPage>
  );
}
