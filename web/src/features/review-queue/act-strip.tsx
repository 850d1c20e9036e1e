/** One act at the desk, with what it still needs: how long, which punishment, which trigger, and why. */
import { codePoints, desk, type policies } from '@virgil/contract';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../api/desk.ts';
import { usePolicies } from '../../api/policies.ts';
import { Button } from '../../ui/button.tsx';
import { DecisionStrip } from '../../ui/decision-strip.tsx';
import { Input } from '../../ui/field.tsx';
import { ToggleGroup } from '../../ui/toggle-group.tsx';
import { letterOf } from './letter.ts';
import { Digit, OwnWords, ReasonChoice } from './reason-choice.tsx';
import { type Reason, reasonText, rulesFor } from './reasons.ts';
import { useDigits } from './use-desk-keys.ts';

export type StripAct = Decision['act'];
type Punishment = 'warning' | 'strike' | 'ban';

const LADDER = ['5', '10', '20', '30', '60'] as const;
const LONGEST_REASON = 2000;
/** The trigger a category comes nearest to, where there is one. */
const TRIGGERS: Partial<Record<desk.ReviewItem['category'], desk.EscalationTrigger>> = {
  hate: 'hate_speech',
  threat: 'threats',
  minors: 'minors',
  impersonation: 'staff_impersonation',
};

export interface ActStripProps {
  readonly act: StripAct;
  readonly details: desk.ReviewDetails;
  readonly busy: boolean;
  readonly problem: string | null;
  /** Somebody else is at it: said before they are overtaken. */
  readonly holder: string | null;
  readonly onDecide: (decision: Decision) => void;
  readonly onCancel: () => void;
}

function useReasons(act: StripAct, category: desk.ReviewItem['category']): readonly Reason[] {
  const { t, i18n } = useTranslation('queue');
  const { data } = usePolicies();
  return useMemo(() => {
    if (act === 'approve') {
      return (['noBreach', 'context', 'misread'] as const).map((key) => ({
        reference: null,
        text: t(`strip.approve.${key}`),
      }));
    }
    const name = ({ number, title }: Pick<policies.PolicyRule, 'number' | 'title'>) =>
      t('strip.rule', { number, title: i18n.language === 'de' ? title.de : title.en });
    return rulesFor(data?.items ?? [], category, name);
  }, [act, category, data, i18n.language, t]);
}

function decisionOf(
  act: StripAct,
  facts: {
    readonly reason: string;
    readonly reference: string | null;
    readonly minutes: number;
    readonly type: Punishment;
    readonly trigger: desk.EscalationTrigger | null;
    readonly note: string;
  },
): Decision | null {
  const { minutes, note, reason, reference, trigger, type } = facts;
  if (act === 'escalate') {
    return trigger === null ? null : { act, trigger, ...(note.trim() === '' ? {} : { note: note.trim() }) };
  }
  if (reason === '' || codePoints(reason) > LONGEST_REASON) return null;
  switch (act) {
    case 'approve':
    case 'reject':
      return { act, reason };
    case 'timeout':
      return Number.isInteger(minutes) && minutes >= 5 && minutes <= 60 ? { act, minutes, reason } : null;
    case 'punish':
      return { act, type, reason, ...(reference === null ? {} : { policyReference: reference }) };
  }
}

export function ActStrip(props: ActStripProps): ReactNode {
  const { act, busy, details, holder, onCancel, onDecide, problem } = props;
  const { t, i18n } = useTranslation('queue');
  const { item, mayDecide } = details;
  const reasons = useReasons(act, item.category);
  const [picked, setPicked] = useState<Reason | null | undefined>(undefined);
  const chosen = picked === undefined ? (reasons[0] ?? null) : picked;
  const [own, setOwn] = useState('');
  const [minutes, setMinutes] = useState('10');
  const [type, setType] = useState<Punishment>('warning');
  const [trigger, setTrigger] = useState<desk.EscalationTrigger | null>(TRIGGERS[item.category] ?? null);
  const [note, setNote] = useState('');
  const reason = reasonText(chosen, own);
  const facts = { reason, reference: chosen?.reference ?? null, minutes: Number(minutes), type, trigger, note };
  const decision = decisionOf(act, facts);
  const name = item.author.displayName;
  const passesOn = act === 'punish' && type === 'ban' && mayDecide.allowed && !mayDecide.bansFromChannel;
  const letter = decision === null || passesOn ? null : letterOf(decision, i18n.language);
  const missing =
    act === 'escalate'
      ? t('strip.needTrigger')
      : act === 'timeout' && reason !== ''
        ? t('strip.needMinutes')
        : t('strip.needReason');
  const consequence = passesOn
    ? t('strip.banPasses')
    : act === 'escalate'
      ? t('strip.escalates')
      : act === 'punish'
        ? t(`strip.follows.${type}`, { name })
        : null;
  const below = decision === null ? missing : consequence;
  const overtakes = holder === null ? null : <b className="text-warn">{t('strip.holder', { name: holder })}</b>;
  const said =
    below === null && overtakes === null ? null : (
      <>
        {below} {overtakes}
      </>
    );
  const ownWords = <OwnWords value={own} isBeside={chosen !== null} onChange={setOwn} />;
  return (
    <DecisionStrip
      label={t(`strip.label.${act}`, { name })}
      reads={letter === null ? null : { who: t('strip.reads', { name }), letter }}
      note={said}
      act={act === 'timeout' ? t('strip.act.timeout', { minutes }) : t(`strip.act.${act === 'punish' ? type : act}`)}
      dangerous={act === 'punish' && type === 'ban'}
      busy={busy}
      problem={problem}
      isReady={decision !== null}
      onConfirm={() => {
        if (decision !== null) onDecide(decision);
      }}
      onCancel={onCancel}
    >
      {act === 'timeout' ? <Minutes value={minutes} onChange={setMinutes} /> : null}
      {act === 'punish' ? (
        <ToggleGroup<Punishment>
          label={t('strip.which')}
          value={type}
          onChange={setType}
          choices={(['warning', 'strike', 'ban'] as const).map((value) => ({
            value,
            label: t(`strip.punishment.${value}`),
          }))}
        />
      ) : null}
      {act === 'escalate' ? (
        <Trigger value={trigger} onChange={setTrigger} note={note} onNote={setNote} />
      ) : (
        <>
          {act === 'timeout' ? ownWords : null}
          <ReasonChoice reasons={reasons} chosen={chosen} onChoose={setPicked} />
          {act === 'timeout' ? null : ownWords}
        </>
      )}
    </DecisionStrip>
  );
}

function Minutes({ value, onChange }: { value: string; onChange: (value: string) => void }): ReactNode {
  const { t } = useTranslation('queue');
  return (
    <fieldset className="flex flex-wrap items-center gap-2 max-sm:w-full">
      <legend className="float-left mr-1 font-[620] max-sm:sr-only">{t('strip.howLong')}</legend>
      <ToggleGroup
        label={t('strip.howLong')}
        value={LADDER.find((step) => step === value) ?? ''}
        onChange={onChange}
        className="mono max-sm:grow"
        choices={LADDER.map((step) => ({ value: step, label: step }))}
      />
      <span className="flex items-center gap-2 text-14 text-ink-3">
        <Input
          aria-label={t('strip.minutesExactly')}
          type="number"
          inputMode="numeric"
          min={5}
          max={60}
          step={1}
          className="mono w-18! text-center"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        {t('strip.min')}
      </span>
    </fieldset>
  );
}

function Trigger({
  value,
  onChange,
  note,
  onNote,
}: {
  value: desk.EscalationTrigger | null;
  onChange: (trigger: desk.EscalationTrigger) => void;
  note: string;
  onNote: (note: string) => void;
}): ReactNode {
  const { t } = useTranslation('queue');
  const triggers = desk.escalationTrigger.options;
  useDigits(true, (digit) => {
    const trigger = triggers[digit - 1];
    if (trigger) onChange(trigger);
  });
  return (
    <fieldset className="flex min-w-0 grow flex-wrap items-center gap-2">
      <legend className="float-left mr-1 font-[620]">{t('strip.why')}</legend>
      {triggers.map((trigger, index) => (
        <Button
          key={trigger}
          small
          aria-pressed={trigger === value}
          className="aria-pressed:bg-surface-3"
          onClick={() => onChange(trigger)}
        >
          <Digit of={index} />
          {t(`trigger.${trigger}`)}
        </Button>
      ))}
      <input
        className="input min-w-52 flex-1"
        aria-label={t('strip.note')}
        placeholder={t('strip.note')}
        maxLength={LONGEST_REASON}
        value={note}
        onChange={(event) => onNote(event.target.value)}
      />
    </fieldset>
  );
}
