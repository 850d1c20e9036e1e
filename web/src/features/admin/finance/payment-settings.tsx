import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type StoredPaymentSettings, savePaymentSettings, usePaymentSettings } from '../../../api/payments.ts';
import { minorUnitsOf, typedAmount } from '../../../ui/amount.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

const MOST_DAYS = 90;
const LEAST = 100;
const MOST = 100_000;

function SettingsForm({ stored }: { stored: StoredPaymentSettings }): ReactNode {
  const { t, i18n } = useTranslation('payments');
  const [days, setDays] = useState(String(stored.riskDelayDays));
  const [minimum, setMinimum] = useState(typedAmount(stored.payoutMinimum, i18n.language));
  const [tried, setTried] = useState(false);
  const riskDelayDays = /^\d{1,2}$/.test(days.trim()) && Number(days) <= MOST_DAYS ? Number(days) : null;
  const typed = minorUnitsOf(minimum);
  const payoutMinimum = typed !== null && typed >= LEAST && typed <= MOST ? typed : null;
  const { submit, busy, error } = useSubmit(async (riskDelayDays: number, payoutMinimum: number) => {
    await savePaymentSettings({ riskDelayDays, payoutMinimum });
    showToast(t('desk.saved'));
  });
  return (
    <form
      className="mt-6 grid max-w-[34rem] gap-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        setTried(true);
        if (riskDelayDays !== null && payoutMinimum !== null) void submit(riskDelayDays, payoutMinimum);
      }}
    >
      <Field
        label={t('desk.riskDelay')}
        hint={t('desk.riskDelayHint')}
        error={tried && riskDelayDays === null ? t('desk.riskDelayHint') : undefined}
      >
        <Input
          inputMode="numeric"
          className="max-w-32"
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
      </Field>
      <Field
        label={t('desk.minimum')}
        hint={t('desk.minimumHint')}
        error={tried && payoutMinimum === null ? t('desk.minimumHint') : undefined}
      >
        <Input
          inputMode="decimal"
          className="max-w-32"
          value={minimum}
          onChange={(event) => setMinimum(event.target.value)}
        />
      </Field>
      <FormProblem error={error} />
      <Button type="submit" busy={busy} className="justify-self-start">
        {t('desk.save')}
      </Button>
    </form>
  );
}

/** Who moves money, how long it rests, how little is paid out. */
export function PaymentSettings(): ReactNode {
  const { t } = useTranslation('payments');
  const { data, error, isPending, refetch } = usePaymentSettings();
  return (
    <section>
      <div className="head">
        <h2>{t('payout.title')}</h2>
      </div>
      {isPending ? <SkeletonRows rows={2} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <>
          <p className="mt-3 max-w-[66ch] text-ink-2">
            {data.provider === null
              ? t('desk.noProvider')
              : t('desk.provider', { provider: t(`provider.${data.provider}`) })}
          </p>
          <SettingsForm key={`${data.riskDelayDays} ${data.payoutMinimum}`} stored={data} />
        </>
      ) : null}
    </section>
  );
}
