import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Link2Off } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormPage } from '../../ui/form-page.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSubmit } from '../../ui/use-submit.ts';

/** The page behind the link from an e-mail or from an admin. */
export function ResetPage(): ReactNode {
  const { t } = useTranslation('account');
  const { token, error: refused } = useSearch({ from: '/reset-password' });
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  usePageTitle(t('reset.title'));
  const { submit, busy, error } = useSubmit(async (validToken: string) => {
    answered(await auth.resetPassword({ newPassword: password, token: validToken }));
    showToast(t('reset.done'));
    await navigate({ to: '/sign-in', replace: true });
  });

  if (!token || refused) {
    return (
      <div className="page page-narrow">
        <EmptyState heading="h1" icon={Link2Off} title={t('reset.bad')} text={t('reset.badText')}>
          <Button asChild>
            <Link to="/forgot-password">{t('reset.again')}</Link>
          </Button>
        </EmptyState>
      </div>
    );
  }
  return (
    <FormPage title={t('reset.title')} text={t('reset.text')}>
      <form
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit(token);
        }}
      >
        <Field label={t('reset.newPassword')} hint={t('passwordHint')}>
          <PasswordInput
            name="new-password"
            autoComplete="new-password"
            required
            minLength={10}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <FormProblem error={error} />
        <Button look="main" type="submit" busy={busy}>
          {t('reset.act')}
        </Button>
      </form>
    </FormPage>
  );
}
