/** One report: what it is about in its place, who said so, what was decided before, and the decision. */
import '../../../ui/voice.css';
import { Link } from '@tanstack/react-router';
import type { reports } from '@virgil/contract';
import { Check, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/me.ts';
import { useReport } from '../../../api/reports.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { useKey } from '../../../ui/keys.ts';
import { showToast } from '../../../ui/toast.tsx';
import { DeskPanel } from '../desk-panel.tsx';
import { type Decision, DecisionDialog } from './decision-dialog.tsx';
import { ReportContextPart } from './report-context.tsx';
import { SubjectIcon } from './report-list.tsx';

export function ReportPanel({ id, onDecided }: { id: string; onDecided: () => void }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const query = useReport(id);
  return (
    <DeskPanel label={t('title')} title={t('title')} backTo="/admin/reports" back={t('back')} query={query}>
      {(details) => <Details key={id} details={details} onDecided={onDecided} />}
    </DeskPanel>
  );
}

function Details({ details, onDecided }: { details: reports.ReportDetails; onDecided: () => void }): ReactNode {
  const { t } = useTranslation(['reportsDesk', 'watch']);
  const { dateTime } = useFormat();
  const { context, report } = details;
  return (
    <>
      <header className="border-b border-line py-5">
        <p className="flex flex-wrap items-center gap-x-2 text-14 text-ink-2">
          <SubjectIcon type={report.subject.type} />
          {t(`type.${report.subject.type}`)}
          {report.subject.type === 'user' ? null : (
            <span>{t('by', { name: report.owner?.displayName ?? t('goneOwner') })}</span>
          )}
        </p>
        <h2 className="mt-1 max-w-[60ch] border-l-[3px] border-ink pl-3 text-21 [overflow-wrap:anywhere]" dir="auto">
          {report.hidePreview ? t('hidden') : (report.title ?? t('gone'))}
        </h2>
        <p className="mt-2 text-ink-2">
          {t(`watch:report.reasons.${report.reason}`)}, {t('voices', { count: report.voices })}, {t('reportedAt')}{' '}
          <time dateTime={report.createdAt}>{dateTime(report.createdAt)}</time>
        </p>
      </header>
      {report.resolution === null ? null : <Resolution report={report} />}
      <section className="mt-5">
        <div className="head">
          <h3>{t('contextTitle')}</h3>
        </div>
        <ReportContextPart context={context} report={report} />
      </section>
      <Voices details={details} />
      {report.owner === null ? null : <Earlier details={details} name={report.owner.displayName} />}
      {details.related.length === 0 ? null : <Related details={details} />}
      {report.resolution === null ? <DecisionBar details={details} onDecided={onDecided} /> : null}
    </>
  );
}

function Resolution({ report }: { report: reports.AdminReport }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { dateTime } = useFormat();
  const { resolution, status } = report;
  if (resolution === null || status === 'pending') return null;
  return (
    <section className="border-b border-line py-4" role="status">
      <p className="font-[620]">
        {t(`resolved.${status}`, { name: resolution.by?.displayName ?? t('resolved.somebody') })},{' '}
        <time dateTime={resolution.at}>{dateTime(resolution.at)}</time>
      </p>
      <p className="voice mt-1 max-w-[60ch] text-18 whitespace-pre-line" dir="auto">
        {resolution.reason}
      </p>
      {resolution.abusive ? <p className="text-14 text-ink-2">{t('resolved.abusive')}</p> : null}
    </section>
  );
}

function Voices({ details }: { details: reports.ReportDetails }): ReactNode {
  const { t } = useTranslation(['reportsDesk', 'watch']);
  const { moment, dateTime } = useFormat();
  return (
    <section className="mt-6">
      <div className="head">
        <h3>{t('voicesTitle')}</h3>
        <p className="text-14 text-ink-3">{t('voicesText')}</p>
      </div>
      <ul>
        {details.voices.map((voice) => (
          <li
            key={`${voice.reporter?.id} ${voice.createdAt}`}
            className="grid grid-cols-[4rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2"
          >
            <time
              dateTime={voice.createdAt}
              title={dateTime(voice.createdAt)}
              className="mono pt-px text-13 whitespace-nowrap text-ink-3"
            >
              {moment(voice.createdAt)}
            </time>
            <div className="min-w-0">
              <p>
                <bdi className="font-[560]">{voice.reporter?.displayName ?? t('goneReporter')}</bdi>
                {': '}
                {t(`watch:report.reasons.${voice.reason}`)}
              </p>
              {voice.description === '' ? (
                <p className="text-ink-3">{t('noWords')}</p>
              ) : (
                <p className="voice max-w-[60ch] text-18 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
                  {voice.description}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Earlier({ details, name }: { details: reports.ReportDetails; name: string }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { moment, dateTime } = useFormat();
  return (
    <section className="mt-6">
      <div className="head">
        <h3>{t('earlier', { name })}</h3>
      </div>
      {details.earlier.length === 0 ? <p className="py-2 text-ink-2">{t('noEarlier')}</p> : null}
      <ul>
        {details.earlier.map((each) => (
          <li key={each.statementId} className="grid grid-cols-[4rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2">
            <time
              dateTime={each.at}
              title={dateTime(each.at)}
              className="mono pt-px text-13 whitespace-nowrap text-ink-3"
            >
              {moment(each.at)}
            </time>
            <div className="min-w-0">
              <p>
                <Link
                  to="/statements/$statementId"
                  params={{ statementId: each.statementId }}
                  className={each.reversedAt === null ? '' : 'line-through'}
                >
                  {t(`restriction.${each.restriction}`)}
                </Link>
                , {t(`category.${each.category}`)}
                {each.reversedAt === null ? null : (
                  <span className="text-ink-2">, {t('takenBack', { when: moment(each.reversedAt) })}</span>
                )}
              </p>
              <p className="voice max-w-[60ch] text-18 [overflow-wrap:anywhere]" dir="auto">
                {each.reason}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Related({ details }: { details: reports.ReportDetails }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  return (
    <section className="mt-6">
      <div className="head">
        <h3>{t('related')}</h3>
      </div>
      <ul>
        {details.related.map((each) => (
          <li key={each.id} className="border-b border-line py-2">
            <Link to="/admin/reports/$reportId" params={{ reportId: each.id }} search={(search) => search}>
              {t(`type.${each.subject.type}`)}, {t('voices', { count: each.voices })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DecisionBar({ details, onDecided }: { details: reports.ReportDetails; onDecided: () => void }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const me = useMe();
  const [asked, setAsked] = useState<Decision | null>(null);
  const isOwn = me != null && details.report.owner?.id === me.id;
  const name = details.report.owner?.displayName ?? t('goneOwner');
  useKey('a', () => setAsked('approved'), !isOwn);
  useKey('r', () => setAsked('rejected'), !isOwn);
  return (
    <div className="fixed inset-x-0 bottom-0 z-10 border-t border-ink-3 bg-surface-1 px-4 py-3 sm:px-6 lg:left-[26rem]">
      {isOwn ? (
        <p className="text-ink-2">{t('decide.own')}</p>
      ) : (
        <fieldset className="flex flex-wrap items-center gap-3">
          <legend className="sr-only">{t('decide.label')}</legend>
          <Button look="main" onClick={() => setAsked('approved')}>
            <Check aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('decide.approve')}
            <KeyHint>A</KeyHint>
          </Button>
          <Button onClick={() => setAsked('rejected')}>
            <X aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('decide.reject')}
            <KeyHint>R</KeyHint>
          </Button>
        </fieldset>
      )}
      {asked === null ? null : (
        <DecisionDialog
          details={details}
          decision={asked}
          onClose={() => setAsked(null)}
          onDone={(result) => {
            showToast(
              asked === 'approved'
                ? t(result.banned ? 'decide.approvedBanned' : 'decide.approved', { name })
                : result.muted > 0
                  ? t('decide.rejectedMuted', { count: result.muted })
                  : t('decide.rejected'),
            );
            onDecided();
          }}
        />
      )}
    </div>
  );
}
