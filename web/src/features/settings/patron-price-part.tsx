import { type Money, subscriptions } from '@virgil/contract';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateChannelSettings } from '../../api/channels.ts';
import { refresh } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { minorUnitsOf, sharesOf, typedAmount } from '../../ui/amount.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { Switch } from '../../ui/switch.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Part } from './part.tsx';

const { PATRON_PRICE_MAX: MOST, PATRON_PRICE_MIN: LEAST } = subscriptions;

/** What a month as a patron costs. Every change is asked for, with what it means for those who pay already. */
export function PatronPricePart({ channelId, price }: { channelId: string; price: Money | null }): ReactNode {
  const { t, i18n } = useTranslation('money');
  const { money } = useFormat();
  const textOf = useProblemText();
  const [offered, setOffered] = useState(price !== null);
  const [typed, setTyped] = useState(() => typedAmount(price?.amount ?? 400, i18n.language));
  const [currency, setCurrency] = useState<Money['currency']>(price?.currency ?? 'EUR');
  const [touched, setTouched] = useState(false);
  const [asking, setAsking] = useState<{ readonly next: Money | null } | null>(null);
  const amount = minorUnitsOf(typed);
  const isTaken = amount !== null && amount >= LEAST && amount <= MOST;
  const range = t('price.amountHint', {
    least: money({ amount: LEAST, currency }),
    most: money({ amount: MOST, currency }),
  });
  const save = async (next: Money | null) => {
    await updateChannelSettings(channelId, { patronPrice: next });
    await refresh(subscriptions.getPatronage);
    showToast(t('price.saved'));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (isTaken) setAsking({ next: { amount, currency } });
  };
  const toggle = (on: boolean) => {
    if (on || price === null) setOffered(on);
    else setAsking({ next: null });
  };
  return (
    <Part title={t('price.title')} text={t('price.text')}>
      <Switch label={t('price.offer')} checked={offered} onChange={toggle} />
      {offered ? (
        <form className="mt-3 grid gap-4" onSubmit={submit}>
          <div className="grid gap-3 sm:grid-cols-[minmax(0,12rem)_auto] sm:justify-start">
            <Field
              label={t('price.amount')}
              error={touched && !isTaken ? range : undefined}
              hint={touched && !isTaken ? undefined : range}
            >
              <Input
                inputMode="decimal"
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                onBlur={() => setTouched(true)}
              />
            </Field>
            <Field label={t('currency')} className="content-start">
              <Select value={currency} onChange={(event) => setCurrency(event.target.value as Money['currency'])}>
                {['EUR', 'GBP', 'USD'].map((code) => (
                  <option key={code}>{code}</option>
                ))}
              </Select>
            </Field>
          </div>
          {isTaken ? (
            <p className="text-ink-2" aria-live="polite">
              {t('price.yours', { artist: money({ amount: sharesOf(amount).artist, currency }) })}
            </p>
          ) : null}
          <Button look="main" type="submit" className="justify-self-start">
            {t('price.save')}
          </Button>
        </form>
      ) : (
        <p className="mt-2 text-ink-2">{t('price.off')}</p>
      )}
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => (open ? undefined : setAsking(null))}
        {...question(asking?.next ?? null, price, (words, next) =>
          t(`price.${words}`, { price: next ? money(next) : '' }),
        )}
        problem={textOf}
        onConfirm={async () => {
          await save(asking?.next ?? null);
          setOffered(asking?.next !== null);
        }}
      />
    </Part>
  );
}

type Words =
  | 'endTitle'
  | 'endText'
  | 'endAct'
  | 'higherTitle'
  | 'higherText'
  | 'lowerTitle'
  | 'lowerText'
  | 'act'
  | 'firstTitle'
  | 'firstText';

function question(next: Money | null, now: Money | null, say: (words: Words, next: Money | null) => string) {
  if (next === null) {
    return {
      title: say('endTitle', null),
      description: say('endText', null),
      act: say('endAct', null),
      dangerous: true,
    };
  }
  if (now === null)
    return { title: say('firstTitle', next), description: say('firstText', next), act: say('act', next) };
  const isLess = now.currency === next.currency && next.amount <= now.amount;
  const [title, text] = isLess ? (['lowerTitle', 'lowerText'] as const) : (['higherTitle', 'higherText'] as const);
  return { title: say(title, next), description: say(text, next), act: say('act', next) };
}
