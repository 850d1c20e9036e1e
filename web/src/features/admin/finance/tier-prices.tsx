import { type Money, subscriptions } from '@virgil/contract';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setTierPrices, useTierPrices } from '../../../api/subscriptions.ts';
import { useFormat } from '../../../i18n/format.ts';
import { minorUnitsOf, typedAmount } from '../../../ui/amount.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input, Select } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

const LEAST = 100;
const MOST = subscriptions.TIER_PRICE_MAX;

/** What the platform asks for its tiers. */
export function TierPrices(): ReactNode {
  const { t } = useTranslation('money');
  const { data, error, isPending, refetch } = useTierPrices();
  return (
    <section className="mt-12">
      <div className="head items-center">
        <h2 className="grow py-1">{t('prices.title')}</h2>
      </div>
      <p className="mt-3 max-w-[60ch] text-ink-2">{t('prices.text')}</p>
      {isPending ? <SkeletonRows rows={1} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? <PricesForm prices={data} /> : null}
    </section>
  );
}

function PricesForm({ prices }: { prices: subscriptions.TierPrices }): ReactNode {
  const { t, i18n } = useTranslation(['money', 'common']);
  const { money } = useFormat();
  const [currency, setCurrency] = useState<Money['currency']>(prices.pro.currency);
  const [typed, setTyped] = useState({
    pro: typedAmount(prices.pro.amount, i18n.language),
    premium: typedAmount(prices.premium.amount, i18n.language),
  });
  const [touched, setTouched] = useState(false);
  const { submit, busy, error } = useSubmit(async (pro: number, premium: number) => {
    await setTierPrices({ currency, pro, premium });
    showToast(t('prices.saved'));
  });
  const amountOf = (tier: subscriptions.PaidTier) => {
    const amount = minorUnitsOf(typed[tier]);
    return amount !== null && amount >= LEAST && amount <= MOST ? amount : null;
  };
  const range = t('price.amountHint', {
    least: money({ amount: LEAST, currency }),
    most: money({ amount: MOST, currency }),
  });
  return (
    <form
      className="mt-5 grid gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        setTouched(true);
        const [pro, premium] = [amountOf('pro'), amountOf('premium')];
        if (pro !== null && premium !== null) void submit(pro, premium);
      }}
    >
      <div className="grid gap-4 sm:grid-cols-[10rem_10rem_auto] sm:justify-start">
        {subscriptions.paidTier.options.map((tier) => (
          <Field
            key={tier}
            label={t(`tier.name.${tier}`)}
            error={touched && amountOf(tier) === null ? range : undefined}
          >
            <Input
              inputMode="decimal"
              autoComplete="off"
              value={typed[tier]}
              onChange={(event) => setTyped((now) => ({ ...now, [tier]: event.target.value }))}
            />
          </Field>
        ))}
        <Field label={t('currency')} className="content-start">
          <Select value={currency} onChange={(event) => setCurrency(event.target.value as Money['currency'])}>
            {['EUR', 'GBP', 'USD'].map((code) => (
              <option key={code}>{code}</option>
            ))}
          </Select>
        </Field>
      </div>
      <FormProblem error={error} />
      <Button type="submit" busy={busy} className="justify-self-start">
        {t('prices.save')}
      </Button>
    </form>
  );
}
