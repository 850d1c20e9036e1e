import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { asProblem } from '../../api/problem.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { Part } from './part.tsx';
import { sessionsKey } from './sessions-part.tsx';

export function PasswordPart(): ReactNode {
  const { t } = useTranslation(['settings', 'account', 'common']);
  const problemText = useProblemText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    answered(await auth.changePassword({ currentPassword: current, newPassword: next, revokeOtherSessions: true }));
    setCurrent('');
    setNext('');
    await queryClient.invalidateQueries({ queryKey: sessionsKey });
    showToast(t('password.done'));
  });
  const wrong = error !== null && asProblem(error).code === 'wrong_password';

  return (
    <Part title={t('password.title')} text={t('password.text')}>
      <form
        className="grid max-w-[27rem] gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t('password.current')} error={wrong ? problemText(error) : undefined}>
          <PasswordInput
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field label={t('password.next')} hint={t('account:passwordHint')}>
          <PasswordInput
            autoComplete="new-password"
            required
            minLength={10}
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        <FormProblem error={wrong ? null : error} />
        <Button type="submit" busy={busy} className="justify-self-start">
          {t('password.act')}
        </Button>
      </form>
    </Part>
  );
}
