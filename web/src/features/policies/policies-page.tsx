import { Link } from '@tanstack/react-router';
import type { policies } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolicies } from '../../api/policies.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { useInLanguage } from '../../ui/in-language.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';

type Agent = NonNullable<ReturnType<typeof usePolicies>['data']>['designatedAgent'];

function DesignatedAgent({ agent }: { agent: Agent }): ReactNode {
  const { t } = useTranslation('policies');
  return (
    <section id="agent" aria-label={t('agentTitle')} className="mt-12">
      <h2 className="text-21">{t('agentTitle')}</h2>
      {agent === null ? (
        <p className="mt-1 max-w-[58ch] text-ink-2">
          {t('noAgent')} {t('noAgentText')}
        </p>
      ) : (
        <>
          <p className="mt-1 mb-3 max-w-[58ch] text-ink-2">{t('agentText')}</p>
          <Facts
            facts={[
              {
                name: t('agentName'),
                value: [agent.name, agent.organisation].filter((name) => name !== '').join('\n'),
              },
              { name: t('agentAddress'), value: agent.address },
              { name: t('agentPhone'), value: agent.phone },
              { name: t('agentEmail'), value: <a href={`mailto:${agent.email}`}>{agent.email}</a> },
              { name: t('agentNumber'), value: agent.registrationNumber === '' ? null : agent.registrationNumber },
            ]}
          />
        </>
      )}
      <Button asChild className="mt-4">
        <Link to="/dmca">{t('toForm')}</Link>
      </Button>
    </section>
  );
}

function Entry({ policy }: { policy: policies.Policy }): ReactNode {
  const { t } = useTranslation('policies');
  const { date } = useFormat();
  const say = useInLanguage();
  return (
    <li className="grid gap-1 py-4">
      <Link to="/policies/$policyId" params={{ policyId: policy.id }} className="justify-self-start font-[640] text-18">
        {say(policy.title)}
      </Link>
      <p className="max-w-[62ch] text-ink-2">{say(policy.summary)}</p>
      <p className="text-13 text-ink-3">
        {t('version', { version: policy.version, day: date(`${policy.effectiveFrom}T12:00:00Z`) })}
      </p>
    </li>
  );
}

export function PoliciesPage(): ReactNode {
  const { t } = useTranslation('policies');
  const query = usePolicies();
  usePageTitle(t('title'));
  return (
    <div className="page page-narrow sm:pt-10">
      <h1 className="text-27 sm:text-36">{t('title')}</h1>
      <p className="mt-2 mb-6 text-18 text-ink-2">{t('lead')}</p>
      {query.isPending ? <SkeletonRows rows={3} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? (
        <>
          <ul className="rows border-t border-line">
            {query.data.items.map((policy) => (
              <Entry key={policy.id} policy={policy} />
            ))}
          </ul>
          <DesignatedAgent agent={query.data.designatedAgent} />
        </>
      ) : null}
    </div>
  );
}
