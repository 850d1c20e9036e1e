/** The link in an e-mail. It asks first: programs that look at links open them all. */
import { Link, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unsubscribe } from '../../api/mails.ts';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { FormPage } from '../../ui/form-page.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSubmit } from '../../ui/use-submit.ts';

export function UnsubscribePage(): ReactNode {
  const { t } = useTranslation('inbox');
  const { token } = useSearch({ from: '/unsubscribe' });
  const [done, setDone] = useState(false);
  const { busy, error, submit } = useSubmit(async () => {
    await unsubscribe(token ?? '-');
    setDone(true);
  });
  const isUnknown = error !== null && asProblem(error).code === 'not_found';
  usePageTitle(t('unsubscribe.title'));
  const act = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <FormPage title={t('unsubscribe.title')} text={t('unsubscribe.text')}>
      {done ? (
        <div role="status" className="grid gap-3">
          <p>{t('unsubscribe.done')}</p>
          <p>
            <Link to="/settings/$section" params={{ section: 'mail' }}>
              {t('unsubscribe.settings')}
            </Link>
          </p>
        </div>
      ) : (
        <form className="grid gap-4" onSubmit={act}>
          {isUnknown ? (
            <p role="alert" className="text-bad">
              {t('unsubscribe.unknown')}
            </p>
          ) : (
            <FormProblem error={error} />
          )}
          <Button look="main" type="submit" busy={busy} className="justify-self-start">
            {t('unsubscribe.act')}
          </Button>
        </form>
      )}
    </FormPage>
  );
}
