import '../../ui/voice.css';
import { codePoints, type Money, tips } from '@virgil/contract';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import type { TipRequest } from '../../api/tips.ts';
import { useFormat } from '../../i18n/format.ts';
import { sharesOf } from '../../ui/amount.ts';
import { CharacterCount, Field, Input, Select, Textarea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useFieldProblem } from '../../ui/problem-text.ts';
import { ToggleGroup } from '../../ui/toggle-group.tsx';
import { CHOICES, type Choice, type TipDraft } from './tip-draft.ts';

export const FORM_ID = 'tip-form';

export interface TipFormProps {
  readonly draft: TipDraft;
  readonly creatorName: string;
  /** While a request is under way, or without an answer: it must stay the same. */
  readonly locked: boolean;
  readonly error: unknown;
  readonly onSubmit: (request: TipRequest) => void;
}

export function TipForm({ draft, creatorName, locked, error, onSubmit }: TipFormProps): ReactNode {
  const { t, i18n } = useTranslation('money');
  const { money } = useFormat();
  const fieldProblem = useFieldProblem();
  const [touched, setTouched] = useState(false);
  const { amount, choice, currency, message } = draft;
  const limit = (units: number) => money({ amount: units, currency });
  const range = t('tip.ownHint', { least: limit(tips.TIP_MIN), most: limit(tips.TIP_MAX) });
  const ownError = choice === 'own' && touched && amount === null ? range : undefined;
  const tooLong = codePoints(message.trim()) > tips.TIP_MESSAGE_MAX;
  const hasFieldError = error !== null && asProblem(error).fields.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    const request = draft.request();
    if (request && !tooLong && !locked) onSubmit(request);
  };
  const labelOf = (units: number) =>
    new Intl.NumberFormat(i18n.language === 'de' ? 'de-DE' : 'en-GB', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 0,
    }).format(units / 100);
  return (
    <form id={FORM_ID} onSubmit={submit}>
      <fieldset disabled={locked} className="m-0 grid min-w-0 gap-5 border-0 p-0">
        <div className="grid gap-3 sm:grid-cols-[1fr_auto]">
          <div>
            <p className="mb-1.5 font-[600]" aria-hidden="true">
              {t('tip.amount')}
            </p>
            <ToggleGroup<Choice>
              label={t('tip.amount')}
              value={choice}
              onChange={draft.setChoice}
              className="w-full [&>*]:flex-1"
              choices={[
                ...CHOICES.map((units) => ({ value: `${units}` as Choice, label: labelOf(units) })),
                { value: 'own', label: t('tip.own') },
              ]}
            />
          </div>
          <Field label={t('currency')}>
            <Select
              value={currency}
              onChange={(event) => draft.setCurrency(event.target.value as Money['currency'])}
              className="min-w-24"
            >
              {['EUR', 'GBP', 'USD'].map((code) => (
                <option key={code}>{code}</option>
              ))}
            </Select>
          </Field>
        </div>
        {choice === 'own' ? (
          <Field label={t('tip.ownAmount')} hint={ownError ? undefined : range} error={ownError}>
            <Input
              inputMode="decimal"
              autoComplete="off"
              className="max-w-40 text-18"
              value={draft.own}
              onChange={(event) => draft.setOwn(event.target.value)}
              onBlur={() => setTouched(true)}
            />
          </Field>
        ) : null}
        <Field
          label={t('tip.message')}
          optional
          error={fieldProblem(error, 'message')}
          hint={
            <span className="flex justify-between gap-4">
              {t('tip.messageHint')}
              <CharacterCount value={message} max={tips.TIP_MESSAGE_MAX} />
            </span>
          }
        >
          <Textarea
            rows={2}
            className="voice text-18"
            value={message}
            onChange={(event) => draft.setMessage(event.target.value)}
          />
        </Field>
        {amount === null ? null : (
          <p className="border-t border-line pt-3" aria-live="polite">
            {t('tip.shares', {
              name: creatorName,
              artist: money({ amount: sharesOf(amount).artist, currency }),
              platform: money({ amount: sharesOf(amount).platform, currency }),
            })}
          </p>
        )}
        {hasFieldError ? null : <FormProblem error={error} />}
      </fieldset>
    </form>
  );
}
