/** A policy in the version in force, or in any that was ever published; and what changed between two of them. */
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { policies } from '@virgil/contract';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolicies, usePolicyVersion } from '../../api/policies.ts';
import { useFormat } from '../../i18n/format.ts';
import { Field, Select } from '../../ui/field.tsx';
import { useInLanguage } from '../../ui/in-language.ts';
import { PolicyChanges } from '../../ui/policy-changes.tsx';
import { PolicyText } from '../../ui/policy-text.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';

const noon = (day: string): string => `${day}T12:00:00Z`;

export function PolicyPage(): ReactNode {
  const { t } = useTranslation('policies');
  const params = useParams({ strict: false });
  const policyId = params.policyId ?? '';
  const wanted = params.version === undefined ? undefined : Number(params.version);
  const say = useInLanguage();
  const inForce = usePolicies();
  const current = inForce.data?.items.find(({ id }) => id === policyId);
  const older = usePolicyVersion(policyId, wanted === current?.version ? undefined : wanted);
  const policy = wanted === undefined || wanted === current?.version ? current : older.data;
  const query = wanted === undefined ? inForce : older;
  usePageTitle(policy ? say(policy.title) : t('title'));
  const isMissing = inForce.isSuccess && (wanted === undefined ? !current : older.isError);

  return (
    <div className="page page-narrow sm:pt-10">
      <p className="mb-4 text-14">
        <Link to="/policies" className="inline-flex items-center gap-1.5">
          <ArrowLeft aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('back')}
        </Link>
      </p>
      {!policy && !isMissing && !inForce.isError ? <SkeletonRows rows={6} /> : null}
      {inForce.isError && !policy ? (
        <ErrorState heading="h1" error={inForce.error} onRetry={() => void query.refetch()} />
      ) : null}
      {isMissing && !policy ? <EmptyState heading="h1" title={t('notFound')} text={t('notFoundText')} /> : null}
      {policy ? <Version key={`${policy.id}/${policy.version}`} policy={policy} /> : null}
    </div>
  );
}

function Version({ policy }: { policy: policies.Policy }): ReactNode {
  const { t } = useTranslation('policies');
  const { date } = useFormat();
  const say = useInLanguage();
  const { author, effectiveFrom, inForce, version } = policy;
  const [against, setAgainst] = useState<number | null>(null);
  // The rule that an address names is there only once the text is.
  useEffect(() => {
    const id = location.hash.slice(1);
    if (id !== '') document.getElementById(id)?.scrollIntoView({ block: 'center' });
  }, []);
  const state = version === inForce ? 'inForce' : version > inForce ? 'announced' : 'replaced';
  return (
    <article>
      <h1 className="text-27 sm:text-36">{say(policy.title)}</h1>
      <p className="mt-3 max-w-[58ch] text-18 text-ink-2">{say(policy.summary)}</p>
      <p className="mt-3 text-14 text-ink-2">
        {t(`state.${state}`, { version, day: date(noon(effectiveFrom)), inForce })}{' '}
        {t('publishedBy', { day: date(policy.publishedAt), name: author?.displayName ?? t('withSoftware') })}
      </p>
      {policy.versions.length > 1 ? <Versions policy={policy} against={against} onAgainst={setAgainst} /> : null}
      <div className="mt-3 border-t-[3px] border-ink" />
      {against === null ? <PolicyText content={policy} /> : <Difference policy={policy} against={against} />}
    </article>
  );
}

function Versions({
  policy,
  against,
  onAgainst,
}: {
  policy: policies.Policy;
  against: number | null;
  onAgainst: (version: number | null) => void;
}): ReactNode {
  const { t } = useTranslation('policies');
  const { date } = useFormat();
  const navigate = useNavigate();
  const nameOf = ({ effectiveFrom, version }: policies.PolicyVersion) =>
    t('versionOne', { version, day: date(noon(effectiveFrom)) });
  return (
    <div className="mt-4 flex flex-wrap gap-4">
      <Field label={t('pick')}>
        <Select
          value={policy.version}
          onChange={(event) =>
            void navigate({
              to: '/policies/$policyId/$version',
              params: { policyId: policy.id, version: event.target.value },
              resetScroll: false,
            })
          }
        >
          {policy.versions.map((each) => (
            <option key={each.version} value={each.version}>
              {nameOf(each)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('compare')}>
        <Select
          value={against ?? ''}
          onChange={(event) => onAgainst(event.target.value === '' ? null : Number(event.target.value))}
        >
          <option value="">{t('compareNone')}</option>
          {policy.versions
            .filter(({ version }) => version !== policy.version)
            .map((each) => (
              <option key={each.version} value={each.version}>
                {nameOf(each)}
              </option>
            ))}
        </Select>
      </Field>
    </div>
  );
}

function Difference({ policy, against }: { policy: policies.Policy; against: number }): ReactNode {
  const { t } = useTranslation('policies');
  const other = usePolicyVersion(policy.id, against);
  if (other.isError) return <ErrorState error={other.error} onRetry={() => void other.refetch()} />;
  if (!other.data) return <SkeletonRows rows={4} />;
  // Always from the older to the newer one.
  const [before, after] = other.data.version < policy.version ? [other.data, policy] : [policy, other.data];
  return (
    <section className="mt-6" aria-label={t('compare')}>
      <h2 className="mb-3 text-21">{t('between', { from: before.version, to: after.version })}</h2>
      <PolicyChanges before={before} after={after} />
    </section>
  );
}
