/** The rules of the house: which version holds, what is announced, and the draft of the next one. */
import { Link } from '@tanstack/react-router';
import type { policies } from '@virgil/contract';
import { BookText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAdminPolicies } from '../../../api/policies.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { useInLanguage } from '../../../ui/in-language.ts';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { AdminFrame } from '../admin-frame.tsx';

export function AdminPoliciesPage(): ReactNode {
  const { t } = useTranslation('policyDesk');
  const query = useAdminPolicies();
  return (
    <AdminFrame title={t('title')}>
      <div className="page">
        <h1 className="flex items-center gap-3 text-27">
          <BookText aria-hidden="true" size={24} strokeWidth={1.75} className="text-tone" />
          {t('title')}
        </h1>
        <p className="mt-1 mb-6 max-w-[66ch] text-ink-2">{t('text')}</p>
        {query.isPending ? <SkeletonRows rows={4} /> : null}
        {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data ? (
          <ul className="border-t border-line">
            {query.data.items.map((policy) => (
              <Row key={policy.id} policy={policy} />
            ))}
          </ul>
        ) : null}
      </div>
    </AdminFrame>
  );
}

function Row({ policy }: { policy: policies.AdminPolicy }): ReactNode {
  const { t } = useTranslation('policyDesk');
  const { date, dateTime } = useFormat();
  const say = useInLanguage();
  const { draft, id, inForce, versions } = policy;
  const announced = versions.filter(({ version }) => version > inForce);
  const holds = versions.find(({ version }) => version === inForce);
  return (
    <li className="grid items-start gap-x-6 gap-y-2 border-b border-line py-4 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <h2 className="text-18">
          <Link to="/policies/$policyId" params={{ policyId: id }}>
            {say(policy.title)}
          </Link>
        </h2>
        <p className="text-ink-2">
          {holds === undefined
            ? null
            : t('inForce', { version: inForce, day: date(`${holds.effectiveFrom}T12:00:00Z`) })}{' '}
          {announced.map(({ effectiveFrom, version }) => (
            <span key={version}>{t('announced', { version, day: date(`${effectiveFrom}T12:00:00Z`) })} </span>
          ))}
        </p>
        {draft === null ? null : (
          <p className="text-14 text-tone">
            {t('draft', { when: dateTime(draft.updatedAt), name: draft.updatedBy?.displayName ?? t('somebody') })}
          </p>
        )}
      </div>
      <Button asChild className="justify-self-start">
        <Link to="/admin/policies/$policyId" params={{ policyId: id }}>
          {t(draft === null ? 'begin' : 'goOn')}
        </Link>
      </Button>
    </li>
  );
}
