import { privacy } from '@virgil/contract';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setRetention } from '../../../api/admin-data.ts';
import { useRetention } from '../../../api/privacy.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { useFieldProblem } from '../../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

type Name = keyof privacy.Retention;
const NAMES = Object.keys(privacy.retention.shape) as Name[];
const LEAST: Partial<Record<Name, number>> = { decisionDays: 180, dmcaDays: 365 };
const MOST: Partial<Record<Name, number>> = { exportDays: 30 };

export function RetentionForm(): ReactNode {
  const { t } = useTranslation(['privacy', 'common']);
  const fieldProblem = useFieldProblem();
  const query = useRetention();
  const [days, setDays] = useState<Partial<Record<Name, string>>>({});
  useEffect(() => {
    if (query.data) setDays(Object.fromEntries(NAMES.map((name) => [name, String(query.data[name])])));
  }, [query.data]);
  const { submit, busy, error } = useSubmit(async () => {
    await setRetention(Object.fromEntries(NAMES.map((name) => [name, Number(days[name])])) as Record<Name, number>);
    showToast(t('admin.retentionDone'));
  });
  return (
    <section aria-labelledby="retention">
      <div className="head">
        <h2 id="retention">{t('admin.retention')}</h2>
      </div>
      <p className="mt-3 max-w-[60ch] text-ink-2">{t('admin.retentionText')}</p>
      {query.isPending ? <SkeletonRows rows={3} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? (
        <form
          className="mt-5 grid gap-5"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void submit();
          }}
        >
          <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
            {NAMES.map((name) => (
              <Field
                key={name}
                label={t(`admin.period.${name}`)}
                hint={t(`admin.after.${name}`)}
                error={fieldProblem(error, name)}
              >
                <Input
                  type="number"
                  inputMode="numeric"
                  required
                  min={LEAST[name] ?? 1}
                  max={MOST[name] ?? 3660}
                  value={days[name] ?? ''}
                  onChange={(event) => setDays({ ...days, [name]: event.target.value })}
                  className="max-w-40"
                />
              </Field>
            ))}
          </div>
          <FormProblem error={error} />
          <Button look="main" type="submit" busy={busy} className="justify-self-start">
            {t('common:save')}
          </Button>
        </form>
      ) : null}
    </section>
  );
}
