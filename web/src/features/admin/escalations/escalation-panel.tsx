/** One matter: the text in its moment, its scores, what was decided before, who it is about, and the decision. */
import '../../../ui/voice.css';
import { Link } from '@tanstack/react-router';
import type { escalations } from '@virgil/contract';
import clsx from 'clsx';
import { Eye, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEscalation, useLiveEscalations } from '../../../api/escalations.ts';
import { useMe } from '../../../api/me.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { StrikePips } from '../../../ui/strike-pips.tsx';
import { DeskPanel } from '../desk-panel.tsx';
import { HistoryPanel } from '../history-panel.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { Due } from './due.tsx';
import { causeOf } from './escalation-list.tsx';
import { Blocked, Score, Strikes, TextInPlace } from './matter-parts.tsx';

export function EscalationPanel({ id, onNext }: { id: string; onNext: () => void }): ReactNode {
  const { t } = useTranslation('escalations');
  const query = useEscalation(id);
  // Only a text can be looked at together; strikes have no place at the moderators' desk.
  useLiveEscalations(query.data?.review == null ? null : id);
  return (
    <DeskPanel
      label={t('title')}
      title={t('title')}
      backTo="/admin/escalations"
      back={t('back')}
      query={query}
      className="pb-56"
    >
      {(details) => <Matter key={id} details={details} onNext={onNext} />}
    </DeskPanel>
  );
}

function Matter({ details, onNext }: { details: escalations.EscalationDetails; onNext: () => void }): ReactNode {
  const { escalation, review } = details;
  return (
    <>
      <Head details={details} />
      <div className="grid gap-x-10 gap-y-8 pt-5 min-[86rem]:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="grid content-start gap-8">
          {review === null ? <Strikes details={details} /> : <TextInPlace details={details} review={review} />}
          {details.blocked.length > 0 ? <Blocked blocked={details.blocked} /> : null}
        </div>
        <div className="grid content-start gap-8 min-[86rem]:border-l min-[86rem]:border-line min-[86rem]:pl-8">
          {review === null ? null : <Score details={details} review={review} />}
          <HistoryPanel userId={escalation.author.id} />
        </div>
      </div>
      {escalation.resolution === null ? <DecisionBar details={details} onNext={onNext} /> : null}
    </>
  );
}

function Head({ details }: { details: escalations.EscalationDetails }): ReactNode {
  const { t } = useTranslation('escalations');
  const { dateTime } = useFormat();
  const me = useMe();
  const { escalation, isBanned, strikes } = details;
  const { author, channel, claim, escalatedBy, note, resolution, urgency } = escalation;
  const onlooker = claim !== null && claim.by.id !== me?.id ? claim.by.displayName : null;
  return (
    <header className="border-b border-line py-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Avatar person={author} size="s" />
        <h2 className="text-21">
          <Link
            to="/admin/users/$userId"
            params={{ userId: author.id }}
            className="no-underline hover:underline"
            dir="auto"
          >
            {author.displayName}
          </Link>
        </h2>
        <StrikePips active={strikes.length} />
        {isBanned ? <span className="font-[600] text-bad">{t('banned')}</span> : null}
        <span className="sm:ml-auto">{resolution === null ? <Due escalation={escalation} long /> : null}</span>
      </div>
      <p className="mt-2 flex flex-wrap items-center gap-x-2 text-ink-2">
        {urgency === 'normal' ? null : (
          <span className="inline-flex items-center gap-1 font-[620] text-bad">
            <TriangleAlert aria-hidden="true" size={16} strokeWidth={1.75} />
            {t(`urgency.${urgency}`)}
          </span>
        )}
        <span className="font-[600] text-ink">{t(`cause.${causeOf(escalation)}`)}</span>
        {channel === null ? null : <span>{t('inChannel', { name: channel.name })}</span>}
      </p>
      <p className="mt-1 text-14 text-ink-2">
        {escalatedBy === null ? (
          t('passedOnByRule')
        ) : (
          <Link to="/admin/users/$userId" params={{ userId: escalatedBy.id }}>
            {t('passedOn', { name: escalatedBy.displayName })}
          </Link>
        )}{' '}
        <time dateTime={escalation.since}>
          {t('since')} {dateTime(escalation.since)}
        </time>
      </p>
      {note === null ? null : (
        // A person's words in the serif; what a rule says is no person's.
        <p
          className={clsx(
            'mt-2 max-w-[60ch] whitespace-pre-line [overflow-wrap:anywhere]',
            escalatedBy === null ? 'text-ink-2' : 'voice text-18',
          )}
          dir="auto"
        >
          {note}
        </p>
      )}
      {onlooker === null ? null : (
        <p className="mt-2 flex items-center gap-1.5 text-14 text-tone" role="status">
          <Eye aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('looking', { name: onlooker })}
        </p>
      )}
      {resolution === null ? null : (
        <div className="mt-3 border-l-[3px] border-ink pl-3" role="status">
          <p className="font-[620]">
            {t(`decidedAs.${resolution.decision}`, { name: resolution.by?.displayName ?? t('somebody') })},{' '}
            <time dateTime={resolution.at}>{dateTime(resolution.at)}</time>
          </p>
          <p className="voice max-w-[60ch] text-18 whitespace-pre-line" dir="auto">
            {resolution.reason}
          </p>
        </div>
      )}
    </header>
  );
}
