import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolicies } from '../../api/policies.ts';
import { useFormat } from '../../i18n/format.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useInLanguage } from './in-language.ts';

const noon = (day: string): string => `${day}T12:00:00Z`;

export function PolicyPage(): ReactNode {
  const { t } = useTranslation('policies');
  const { policyId } = useParams({ from: '/policies/$policyId' });
  const { date, list } = useFormat();
  const say = useInLanguage();
  const query = usePolicies();
  const policy = query.data?.items.find(({ id }) => id === policyId);
  usePageTitle(policy ? say(policy.title) : t('title'));
  const earlier = policy?.earlier.map(({ effectiveFrom, version }) =>
    t('earlierOne', { version, day: date(noon(effectiveFrom)) }),
  );

  return (
    <div className="page page-narrow sm:pt-10">
      <p className="mb-4 text-14">
        <Link to="/policies" className="inline-flex items-center gap-1.5">
          <ArrowLeft aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('back')}
        </Link>
      </p>
      {query.isPending ? <SkeletonRows rows={6} /> : null}
      {query.isError ? <ErrorState heading="h1" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && !policy ? <EmptyState heading="h1" title={t('notFound')} /> : null}
      {policy ? (
        <article>
          <h1 className="text-27 sm:text-36">{say(policy.title)}</h1>
          <p className="mt-3 max-w-[58ch] text-18 text-ink-2">{say(policy.summary)}</p>
          <p className="mt-3 border-b-[3px] border-ink pb-3 text-13 text-ink-3">
            {t('version', { version: policy.version, day: date(noon(policy.effectiveFrom)) })}
            {earlier && earlier.length > 0 ? ` ${t('earlier', { list: list(earlier) })}` : null}
          </p>
          {policy.sections.map((section) => (
            <section key={section.title.en} className="mt-8">
              <h2 className="mb-2 text-21">{say(section.title)}</h2>
              {section.paragraphs.map((paragraph) => (
                <p key={paragraph.en} className="mb-3 max-w-[66ch]">
                  {say(paragraph)}
                </p>
              ))}
            </section>
          ))}
        </article>
      ) : null}
    </div>
  );
}
