import { Link, useSearch } from '@tanstack/react-router';
import { Mail } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { introduceMe } from '../../api/me.ts';
import { isAppLanguage } from '../../i18n/language.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormPage } from '../../ui/form-page.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useFieldProblem } from '../../ui/problem-text.ts';
import { EmptyState } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { Reasons } from './reasons.tsx';
import { useArrive } from './use-arrive.ts';

export function SignUpPage(): ReactNode {
  const { t, i18n } = useTranslation('account');
  const search = useSearch({ from: '/sign-up' });
  const arrive = useArrive();
  const fieldProblem = useFieldProblem();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [mustConfirm, setMustConfirm] = useState(false);
  usePageTitle(t('signUp.title'));
  const { submit, busy, error } = useSubmit(async () => {
    const answer = answered(
      await auth.signUp.email({ name: name.trim(), email: email.trim(), password, callbackURL: search.to ?? '/' }),
    );
    if (answer.token === null) setMustConfirm(true);
    else {
      await introduceMe(isAppLanguage(i18n.language) ? i18n.language : 'en');
      await arrive((greeted) => t('signUp.done', { name: greeted }));
    }
  });

  if (mustConfirm) {
    return (
      <div className="page page-narrow">
        <EmptyState
          heading="h1"
          role="status"
          icon={Mail}
          title={t('signUp.check')}
          text={t('signUp.checkText', { email })}
        />
      </div>
    );
  }
  return (
    <FormPage title={t('signUp.title')} aside={<Reasons />}>
      <form
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t('displayName')} hint={t('displayNameHint')} error={fieldProblem(error, 'displayName')}>
          <Input
            name="name"
            autoComplete="nickname"
            required
            minLength={2}
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label={t('email')}>
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
        <Field label={t('password')} hint={t('passwordHint')}>
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
          {t('signUp.act')}
        </Button>
      </form>
      <p className="mt-5 border-t border-line pt-4">
        {t('signUp.have')}{' '}
        <Link to="/sign-in" search={search}>
          {t('signIn.title')}
        </Link>
      </p>
    </FormPage>
  );
}
