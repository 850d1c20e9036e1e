/** The rule that a decision names, in the words of the version it names. */
import { Link } from '@tanstack/react-router';
import { policies } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolicyVersion } from '../api/policies.ts';
import { useInLanguage } from './in-language.ts';

/** Free text of older decisions stays text. */
export function PolicyLink({ reference }: { reference: string }): ReactNode {
  const parts = policies.partsOfReference(reference);
  return parts === null ? <span dir="auto">{reference}</span> : <Resolved parts={parts} reference={reference} />;
}

function Resolved({ parts, reference }: { parts: policies.ReferenceParts; reference: string }): ReactNode {
  const { t } = useTranslation('policies');
  const say = useInLanguage();
  const { data } = usePolicyVersion(parts.policy, parts.version);
  const rule = data?.categories.flatMap(({ rules }) => rules).find(({ id }) => id === parts.rule);
  const name = rule
    ? t('ruleName', { number: rule.number, title: say(rule.title) })
    : data
      ? say(data.title)
      : reference;
  return (
    <Link
      to="/policies/$policyId/$version"
      params={{ policyId: parts.policy, version: String(parts.version) }}
      {...(parts.rule === null ? {} : { hash: parts.rule })}
      title={rule ? say(rule.text) : undefined}
    >
      {name}
    </Link>
  );
}
