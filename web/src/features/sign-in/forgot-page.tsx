import { Link } from '@tanstack/react-router';
import { Mail } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { useInstance } from '../../api/instance.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormPage } from '../../ui/form-page.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSubmit } from '../../ui/use-submit.ts';

export function ForgotPage(): ReactNode {
  const { t } = useTranslation('account');
  const instance = useInstance();
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  usePageTitle(t('forgot.title'));
  const { submit, busy, error } = useSubmit(async () => {
    answered(await auth.requestPasswordReset({ email: email.trim(), redirectTo: '/reset-password' }));
    setSentTo(email.trim());
  });

  if (sentTo) {
    return (
      <div className="page page-narrow">
        <EmptyState
          heading="h1"
          role="status"
          icon={Mail}
          title={t('forgot.sent')}
          text={t('forgot.sentText', { email: sentTo })}
        >
          <Button asChild>
            <Link to="/sign-in">{t('forgot.back')}</Link>
          </Button>
        </EmptyState>
      </div>
    );
  }
  if (instance && !instance.signIn.emailReset) {
    return (
      <div className="page page-narrow">
        <EmptyState heading="h1" icon={Mail} title={t('forgot.off')}>
          <Button asChild>
            <Link to="/sign-in">{t('forgot.back')}</Link>
          </Button>
        </EmptyState>
      </div>
    );
  }
  return (
    <FormPage title={t('forgot.title')} text={t('forgot.text')}>
      <form
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
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
        <FormProblem error={error} />
        <Button look="main" type="submit" busy={busy}>
          {t('forgot.act')}
        </Button>
        <p className="text-14">
          <Link to="/sign-in">{t('forgot.back')}</Link>
        </p>
      </form>
    </FormPage>
  );
}
