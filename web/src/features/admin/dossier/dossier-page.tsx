/** Everything about one person: what happened on the left, how they stand and what can be decided on the right. */
import '../../../ui/voice.css';
import { Link, useParams } from '@tanstack/react-router';
import type { dossiers } from '@virgil/contract';
import { ChevronRight, Download, ScrollText, Tv } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dossierFile, useDossier } from '../../../api/standing.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { StrikePips } from '../../../ui/strike-pips.tsx';
import { AdminFrame } from '../admin-frame.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { DossierFacts } from './dossier-facts.tsx';
import { History } from './history.tsx';

export function DossierPage(): ReactNode {
  const { t } = useTranslation('standing');
  const { userId } = useParams({ from: '/admin/users/$userId' });
  const query = useDossier(userId);
  return (
    <AdminFrame title={query.data ? t('dossier.title', { name: query.data.user.displayName }) : t('dossier.crumb')}>
      <div className="page">
        {query.isPending ? <SkeletonRows rows={8} /> : null}
        {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} heading="h1" /> : null}
        {query.data ? <Dossier dossier={query.data} /> : null}
      </div>
    </AdminFrame>
  );
}

function Dossier({ dossier }: { dossier: dossiers.Dossier }): ReactNode {
  const { t } = useTranslation('standing');
  return (
    <>
      <nav className="mb-3 flex items-center gap-2 text-14">
        <Link to="/admin/users">{t('dossier.crumb')}</Link>
        <ChevronRight aria-hidden="true" size={14} strokeWidth={1.75} className="text-ink-3" />
        <span dir="auto">{dossier.user.displayName}</span>
      </nav>
      <Head dossier={dossier} />
      <div className="grid gap-x-12 gap-y-10 pt-6 lg:grid-cols-[minmax(0,1fr)_30rem]">
        <div className="grid content-start gap-8 lg:order-2">
          <DecisionBar dossier={dossier} />
          <DossierFacts dossier={dossier} />
        </div>
        <History userId={dossier.user.id} />
      </div>
    </>
  );
}

function Head({ dossier }: { dossier: dossiers.Dossier }): ReactNode {
  const { t } = useTranslation(['standing', 'common']);
  const { date } = useFormat();
  const { channels, messages, streams, user } = dossier;
  return (
    <header className="flex flex-wrap items-center gap-x-8 gap-y-4 border-b border-line pb-5">
      <div className="flex min-w-0 grow items-center gap-4">
        <Avatar person={user} size="l" />
        <div className="min-w-0">
          <h1 className="text-27 [overflow-wrap:anywhere]" dir="auto">
            {user.displayName}
          </h1>
          <p className="text-ink-2">
            {t('dossier.lead', {
              tier: t(`common:tier.${user.tier}`),
              role: t(`common:platformRole.${user.role}`),
              date: date(user.createdAt),
            })}{' '}
            {user.email}
          </p>
          <p className={user.standing === 'banned' ? 'font-[600] text-bad' : 'text-ink-2'}>
            {t(`of.${user.standing}`)}
          </p>
        </div>
      </div>
      <dl className="flex flex-wrap items-end gap-x-8 gap-y-3">
        <Figure value={streams.all} name={t('dossier.number.streams', { count: streams.all })} />
        <Figure value={messages.all} name={t('dossier.number.messages', { count: messages.all })} />
        <Figure value={messages.removed + streams.removed} name={t('dossier.number.removed')} />
        <Figure value={channels.timeouts} name={t('dossier.number.timeouts', { count: channels.timeouts })} />
        <Figure value={channels.bans} name={t('dossier.number.bans', { count: channels.bans })} />
      </dl>
      <div className="grid justify-items-start gap-2">
        <StrikePips active={user.activeStrikes} />
        <div className="flex flex-wrap gap-2">
          <Button look="quiet" asChild>
            <Link to="/c/$channelId" params={{ channelId: user.id }}>
              <Tv aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('dossier.channel')}
            </Link>
          </Button>
          <Button look="quiet" asChild>
            <Link to="/admin/audit" search={{ entity: 'profile', entityId: user.id }}>
              <ScrollText aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('dossier.audit')}
            </Link>
          </Button>
          <Button look="quiet" asChild>
            <a href={dossierFile(user.id)} download>
              <Download aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('dossier.export')}
            </a>
          </Button>
        </div>
      </div>
    </header>
  );
}

function Figure({ value, name }: { value: number; name: string }): ReactNode {
  const { number } = useFormat();
  return (
    <div className="flex flex-col-reverse text-right">
      <dt className="text-13 text-ink-3">{name}</dt>
      <dd className="mono text-21 font-[600]">{number(value)}</dd>
    </div>
  );
}
