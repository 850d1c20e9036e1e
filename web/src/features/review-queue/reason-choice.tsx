/** Why: one of a few reasons by digit, any other rule, and words of one's own beside it or instead. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { CharacterCount, Select } from '../../ui/field.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import type { Reason } from './reasons.ts';
import { useDigits } from './use-desk-keys.ts';

/** More than a glance can hold are in the list. */
const AT_HAND = 3;
const MOST = 2000;

export function ReasonChoice({
  reasons,
  chosen,
  onChoose,
}: {
  reasons: readonly Reason[];
  chosen: Reason | null;
  onChoose: (reason: Reason | null) => void;
}): ReactNode {
  const { t } = useTranslation('queue');
  const atHand = reasons.slice(0, AT_HAND);
  const others = reasons.slice(AT_HAND);
  const isOther = chosen !== null && others.some(({ text }) => text === chosen.text);
  useDigits(true, (digit) => {
    const reason = atHand[digit - 1];
    if (reason) onChoose(reason);
  });
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-2 max-sm:w-full">
      <legend className="float-left mr-1 font-[620]">{t('strip.why')}</legend>
      {atHand.map((reason, index) => (
        <Button
          key={reason.text}
          small
          aria-pressed={chosen?.text === reason.text}
          className="aria-pressed:bg-surface-3 max-sm:grow"
          onClick={() => onChoose(chosen?.text === reason.text ? null : reason)}
        >
          <Digit of={index} />
          {reason.text}
        </Button>
      ))}
      {others.length === 0 ? null : (
        <Select
          aria-label={t('strip.otherRule')}
          className="w-auto! max-w-44"
          value={isOther ? chosen.text : ''}
          onChange={(event) => onChoose(others.find(({ text }) => text === event.target.value) ?? null)}
        >
          <option value="">{t('strip.otherRule')}</option>
          {others.map(({ text }) => (
            <option key={text} value={text}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </fieldset>
  );
}

/** Beside a chosen reason, or instead of one. */
export function OwnWords({
  value,
  isBeside,
  onChange,
}: {
  value: string;
  isBeside: boolean;
  onChange: (words: string) => void;
}): ReactNode {
  const { t } = useTranslation('queue');
  const words = t(isBeside ? 'strip.ownWordsBeside' : 'strip.ownWords');
  return (
    <span className="flex min-w-44 flex-1 items-center gap-2">
      <input
        className="input"
        aria-label={words}
        placeholder={words}
        value={value}
        maxLength={MOST * 2}
        onChange={(event) => onChange(event.target.value)}
      />
      {value.length > MOST * 0.9 ? <CharacterCount value={value} max={MOST} /> : null}
    </span>
  );
}

/** Which digit chooses it; not where there is no keyboard. */
export function Digit({ of }: { of: number }): ReactNode {
  return (
    <span className="hidden sm:contents">
      <KeyHint>{String(of + 1)}</KeyHint>
    </span>
  );
}
