import type { EarningsBalance, Money } from '@virgil/contract';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestPayout } from '../../api/payments.ts';
import { useFormat } from '../../i18n/format.ts';
import { minorUnitsOf, typedAmount } from '../../ui/amount.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

/** Asks how much. One key an amount: a second click, or the same again after no answer came, pays out once. */
export function PayoutDialog({
  balances,
  minimum,
  onClose,
}: {
  /** Those of which enough is ready; the first is offered. */
  balances: readonly EarningsBalance[];
  minimum: number;
  onClose: () => void;
}): ReactNode {
  const { t, i18n } = useTranslation(['payments', 'common']);
  const { money } = useFormat();
  const [currency, setCurrency] = useState<Money['currency']>(balances[0]?.available.currency ?? 'USD');
  const available = balances.map((balance) => balance.available).find((each) => each.currency === currency);
  const most = available?.amount ?? 0;
  const [typed, setTyped] = useState(() => typedAmount(most, i18n.language));
  const [tried, setTried] = useState(false);
  const keys = useRef(new Map<string, string>());
  const amount = minorUnitsOf(typed);
  const isGood = amount !== null && amount >= minimum && amount <= most;
  const { submit, busy, error } = useSubmit(async (wanted: Money) => {
    const what = `${wanted.amount} ${wanted.currency}`;
    const key = keys.current.get(what) ?? crypto.randomUUID();
    keys.current.set(what, key);
    const payout = await requestPayout(wanted, key);
    const isBad = payout.status === 'failed';
    showToast(t(`payout.done.${payout.status}`, { amount: money(payout.amount) }), isBad ? { tone: 'bad' } : {});
    onClose();
  });
  function pay(event?: FormEvent): void {
    event?.preventDefault();
    setTried(true);
    if (isGood) void submit({ amount, currency });
  }

  const range = t('payout.between', {
    least: money({ amount: minimum, currency }),
    most: money({ amount: most, currency }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('payout.act')}
      description={t('payout.askText', { available: money({ amount: most, currency }) })}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="main" busy={busy} onClick={() => pay()}>
            {isGood ? t('payout.confirm', { amount: money({ amount, currency }) }) : t('payout.act')}
          </Button>
        </>
      }
    >
      <form className="grid gap-4 sm:grid-cols-[1fr_auto]" onSubmit={pay}>
        <Field label={t('payout.amount')} hint={range} error={tried && !isGood ? range : undefined}>
          <Input
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        {balances.length > 1 ? (
          <Field label={t('payout.currency')}>
            <Select
              value={currency}
              onChange={(event) => {
                const next = event.target.value as Money['currency'];
                const ready = balances.find((balance) => balance.available.currency === next);
                setCurrency(next);
                setTyped(typedAmount(ready?.available.amount ?? 0, i18n.language));
              }}
            >
              {balances.map((balance) => (
                <option key={balance.available.currency}>{balance.available.currency}</option>
              ))}
            </Select>
          </Field>
        ) : null}
        <div className="sm:col-span-2">
          <FormProblem error={error} />
        </div>
      </form>
    </Dialog>
  );
}
