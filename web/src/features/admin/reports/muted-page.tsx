/** Whose reports are set aside, since when and until when; an admin ends that sooner. */
import { Link } from '@tanstack/react-router';
import type { reports } from '@virgil/contract';
import { ArrowLeft, SearchX, VolumeX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf } from '../../../api/queries.ts';
import { liftReportMute, useReportMutes } from '../../../api/reports.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Field, Textarea } from '../../../ui/field.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';

function Muted(): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { text, setText, q } = useSearchWord();
  const query = useReportMutes(q);
  const mutes = itemsOf(query.data);
  const [lifting, setLifting] = useState<reports.ReportMute | null>(null);
  return (
    <>
      <SearchField label={t('mutes.search')} value={text} onChange={setText} className="mb-4 sm:max-w-80" />
      <ListStates
        query={query}
        count={mutes.length}
        empty={
          q ? (
            <EmptyState icon={SearchX} title={t('mutes.noMatch', { q })} />
          ) : (
            <EmptyState icon={VolumeX} title={t('mutes.none')} text={t('mutes.noneText')} />
          )
        }
      >
        <Rows mutes={mutes} onLift={setLifting} />
      </ListStates>
      {lifting === null ? null : <LiftDialog mute={lifting} onClose={() => setLifting(null)} />}
    </>
  );
}

function Rows({
  mutes,
  onLift,
}: {
  mutes: readonly reports.ReportMute[];
  onLift: (mute: reports.ReportMute) => void;
}): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { date, number } = useFormat();
  return (
    <ul className="rows border-t border-line">
      {mutes.map((mute) => (
        <li key={mute.user.id} className="grid items-center gap-x-6 gap-y-2 py-3 sm:grid-cols-[minmax(0,1fr)_auto]">
          <div className="min-w-0">
            <p className="font-[620]">
              <bdi>{mute.user.displayName}</bdi>
            </p>
            <p className="text-ink-2">
              {t('mutes.span', { since: date(mute.since), until: date(mute.until) })}{' '}
              {t('mutes.figures', { abusive: number(mute.abusiveReports), setAside: number(mute.setAside) })}
            </p>
          </div>
          <Button small className="justify-self-start" onClick={() => onLift(mute)}>
            {t('mutes.lift')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function LiftDialog({ mute, onClose }: { mute: reports.ReportMute; onClose: () => void }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const textOf = useProblemText();
  const [reason, setReason] = useState('');
  const name = mute.user.displayName;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('mutes.liftTitle', { name })}
      description={t('mutes.liftText')}
      act={t('mutes.lift')}
      onConfirm={async () => {
        if (reason.trim() === '') throw new Error('no reason');
        await liftReportMute(mute.user.id, reason);
        showToast(t('mutes.lifted', { name }));
      }}
      problem={(error) =>
        error instanceof Error && error.message === 'no reason' ? t('decide.needReason') : textOf(error)
      }
    >
      <Field label={t('mutes.liftReason')}>
        <Textarea autoFocus required rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}

export function MutedPage(): ReactNode {
  const { t } = useTranslation('reportsDesk');
  return (
    <AdminFrame title={t('mutes.title')}>
      <div className="page">
        <p className="mb-2">
          <Link to="/admin/reports" className="text-14">
            <ArrowLeft aria-hidden="true" size={16} strokeWidth={1.75} className="mr-1 inline" />
            {t('back')}
          </Link>
        </p>
        <h1 className="mb-2 text-27">{t('mutes.title')}</h1>
        <p className="mb-6 max-w-[66ch] text-ink-2">{t('mutes.text')}</p>
        <Muted />
      </div>
    </AdminFrame>
  );
}
