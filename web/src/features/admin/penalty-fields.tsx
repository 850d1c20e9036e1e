/** What a penalty is made of, wherever one is decided: how long, which rule, and what follows. */
import { type Category, type policies as contract, type PolicyRule, policies } from '@virgil/contract';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationDecision } from '../../api/escalations.ts';
import { usePolicies } from '../../api/policies.ts';
import { Field, Select } from '../../ui/field.tsx';
import { useInLanguage } from '../../ui/in-language.ts';

export type Length = '24' | '168' | '720' | 'permanent';
const TIMES = ['24', '168', '720'] as const;
const HOURS = { '24': 24, '168': 168, '720': 720 } as const;
const BEYOND_APPEAL: ReadonlySet<string> = new Set<Category>(['minors', 'terror', 'fraud']);

/** For good and in one of three categories: no appeal. */
export const isAppealable = (length: Length, category: Category | null, act = 'penalty'): boolean =>
  act !== 'penalty' || length !== 'permanent' || category === null || !BEYOND_APPEAL.has(category);

type Terms = Extract<EscalationDecision, { decision: 'penalty' }>['penalty'];

export function penaltyOf({
  evidenceLink,
  length,
  rule,
}: {
  readonly length: Length;
  readonly rule: string | null;
  readonly evidenceLink: string;
}): Terms {
  const rest = {
    ...(rule === null ? {} : { policyReference: rule }),
    ...(evidenceLink.trim() === '' ? {} : { evidenceLink: evidenceLink.trim() }),
  };
  return length === 'permanent'
    ? { severity: 'permanent', ...rest }
    : { severity: 'temporary', durationHours: HOURS[length], ...rest };
}

/** From mild to severe; what has no end stands apart. */
export function LengthChoice({ value, onChange }: { value: Length; onChange: (length: Length) => void }): ReactNode {
  const { t } = useTranslation('escalations');
  const radio = (each: Length, label: string, apart: boolean) => (
    <label
      key={each}
      className={clsx(
        'inline-flex min-h-8 cursor-pointer items-center gap-2 rounded-1 border px-3 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-focus pointer-coarse:min-h-11',
        apart ? 'ml-6 border-bad text-bad' : 'border-line-strong',
        value === each && (apart ? 'bg-bad-soft font-[640]' : 'bg-act font-[640] text-on-act'),
      )}
    >
      <input type="radio" name="length" className="sr-only" checked={value === each} onChange={() => onChange(each)} />
      {label}
    </label>
  );
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="float-left mr-3 py-1 font-[600]">{t('penalty.length')}</legend>
      {TIMES.map((each) => radio(each, t(`penalty.hours${each}`), false))}
      {radio('permanent', t('penalty.permanent'), true)}
    </fieldset>
  );
}

/** The rule behind a reference, among those in force. */
export function ruleOf(items: readonly contract.Policy[] | undefined, reference: string | null): PolicyRule | null {
  const parts = reference === null ? null : policies.partsOfReference(reference);
  if (parts === null) return null;
  const policy = items?.find(({ id }) => id === parts.policy);
  return policy?.categories.flatMap(({ rules }) => rules).find(({ id }) => id === parts.rule) ?? null;
}

/** Rules of the policies in force, those about `category` first. */
export function RuleSelect({
  value,
  onChange,
  category,
}: {
  value: string | null;
  onChange: (reference: string | null) => void;
  category: string | null;
}): ReactNode {
  const { t } = useTranslation(['escalations', 'policies']);
  const say = useInLanguage();
  const { data } = usePolicies();
  const groups = (data?.items ?? []).flatMap((policy) =>
    policy.categories.map((group) => ({
      key: `${policy.id} ${group.id}`,
      title: say(group.title),
      rules: group.rules.map((rule) => ({
        reference: policies.referenceTo(policy.id, policy.version, rule.id),
        name: t('policies:ruleName', { number: rule.number, title: say(rule.title) }),
        fits: rule.category !== null && rule.category === category,
      })),
    })),
  );
  const fitting = groups.flatMap(({ rules }) => rules.filter(({ fits }) => fits));
  return (
    <Field label={t('decide.rule')} optional>
      <Select value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
        <option value="">{t('decide.ruleOwn')}</option>
        {fitting.map(({ name, reference }) => (
          <option key={reference} value={reference}>
            {name}
          </option>
        ))}
        {groups.map(({ key, rules, title }) => (
          <optgroup key={key} label={title}>
            {rules
              .filter(({ fits }) => !fits)
              .map(({ name, reference }) => (
                <option key={reference} value={reference}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </Select>
    </Field>
  );
}
