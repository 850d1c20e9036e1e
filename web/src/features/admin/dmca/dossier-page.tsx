/** Everything about one notice on one page: what was said, what it is about, what was decided, what happened. */
import '../../../ui/voice.css';
import { Link, useParams } from '@tanstack/react-router';
import type { DmcaDossier } from '@virgil/contract';
import { ArrowLeft, Download, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { exportToLumen, useDmcaSettings, useDossier } from '../../../api/dmca.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { AdminFrame } from '../admin-frame.tsx';
import { ByLetter } from './by-letter.tsx';
import { Decision } from './decision.tsx';
import { Elements } from './elements.tsx';
import { Evidence } from './evidence.tsx';
import { History } from './history.tsx';
import { StatusMark } from './status-mark.tsx';
import { TargetView } from './target-view.tsx';

function Clock({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { dateTime } = useFormat();
  const { alarm, putBackAt, putBackLatest } = dossier;
  if (putBackAt === null || putBackLatest === null) return null;
  return (
    <div className="grid gap-1">
      {alarm ? (
        <p role="alert" className="flex items-start gap-2 font-[620] text-bad">
          <TriangleAlert aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
          {t(`overdue.${alarm}`)}
        </p>
      ) : null}
      <p>{t('dossier.clock', { when: dateTime(putBackAt), latest: dateTime(putBackLatest) })}</p>
    </div>
  );
}

function Counter({ counter }: { counter: NonNullable<DmcaDossier['counterNotice']> }): ReactNode {
  const { t } = useTranslation(['dmcaDesk', 'dmca']);
  const { address, email, materialLocation, name, phone, signature } = counter;
  return (
    <section aria-label={t('dossier.counter')}>
      <div className="head">
        <h2>{t('dossier.counter')}</h2>
      </div>
      <Facts
        className="border-t-0"
        facts={[
          { name: t('dmca:counter.name'), value: name },
          { name: t('dmca:counter.address'), value: address },
          { name: t('dmca:counter.phone'), value: phone },
          { name: t('dmca:counter.email'), value: email },
          { name: t('dossier.place'), value: materialLocation },
          { name: t('dmca:matter.signature'), value: <span className="voice text-18">{signature}</span> },
        ]}
      />
    </section>
  );
}

function Related({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { moment } = useFormat();
  if (dossier.related.length === 0) return null;
  return (
    <section aria-label={t('dossier.sameWork')}>
      <h2 className="text-18">{t('dossier.sameWork')}</h2>
      <p className="mb-2 text-ink-2">{t('dossier.sameWorkText')}</p>
      <ul className="rows border-t border-line">
        {dossier.related.map(({ id, receivedAt, status }) => (
          <li key={id} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-3 py-1.5">
            <Link to="/admin/dmca/$noticeId" params={{ noticeId: id }} className="mono text-13">
              {moment(receivedAt)}
            </Link>
            <StatusMark status={status} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LumenDocument({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const problemText = useProblemText();
  const settings = useDmcaSettings().data;
  if (!settings?.lumenExport || dossier.target === null) return null;

  async function download(): Promise<void> {
    try {
      const document_ = await exportToLumen(dossier.id);
      const address = URL.createObjectURL(new Blob([JSON.stringify(document_, null, 2)], { type: 'application/json' }));
      const link = document.createElement('a');
      link.href = address;
      link.download = `lumen-${dossier.id}.json`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      showToast(problemText(error), { tone: 'bad' });
    }
  }

  return (
    <section aria-label={t('dossier.lumen')} className="grid gap-2">
      <h2 className="text-18">{t('dossier.lumen')}</h2>
      <p className="text-ink-2">{t('dossier.lumenText')}</p>
      <div>
        <Button onClick={() => void download()}>
          <Download aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('dossier.lumenDownload')}
        </Button>
      </div>
    </section>
  );
}

function Page({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { dateTime } = useFormat();
  return (
    <>
      <header className="mb-6 grid gap-2 border-b border-line pb-4">
        <h1 className="text-27 [overflow-wrap:anywhere]">
          {t('dossier.title', { name: dossier.claimantName || t('dossier.nameless') })}
        </h1>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
          <StatusMark status={dossier.status} />
          <span>{t(`source.${dossier.source}`)}</span>
          <time dateTime={dossier.receivedAt}>{dateTime(dossier.receivedAt)}</time>
        </p>
        {dossier.sender.notices > 1 ? (
          <p className={dossier.sender.misrepresentations > 0 ? 'text-warn' : 'text-ink-2'}>
            {t('dossier.sender', { ...dossier.sender })}
          </p>
        ) : null}
        <Clock dossier={dossier} />
      </header>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_30rem]">
        <div className="grid content-start gap-8">
          <Elements dossier={dossier} />
          {dossier.counterNotice ? <Counter counter={dossier.counterNotice} /> : null}
          <History dossier={dossier} />
        </div>
        <aside className="grid content-start gap-8 max-lg:order-first">
          <TargetView dossier={dossier} />
          <Decision dossier={dossier} />
          <ByLetter dossier={dossier} />
          <Evidence dossier={dossier} />
          <Related dossier={dossier} />
          <LumenDocument dossier={dossier} />
        </aside>
      </div>
    </>
  );
}

function Loaded(): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { noticeId } = useParams({ from: '/admin/dmca/$noticeId' });
  const query = useDossier(noticeId);
  return (
    <div className="page">
      <p className="mb-3">
        <Link to="/admin/dmca" className="inline-flex items-center gap-1.5">
          <ArrowLeft aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('title')}
        </Link>
      </p>
      {query.isPending ? <SkeletonRows rows={8} /> : null}
      {query.isError && !query.data ? (
        <ErrorState heading="h1" error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data ? <Page dossier={query.data} /> : null}
    </div>
  );
}

export function DossierPage(): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  return (
    <AdminFrame title={t('title')}>
      <Loaded />
    </AdminFrame>
  );
}
