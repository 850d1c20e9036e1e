/**
 * How somebody has behaved and what was decided about them, beside the matter that is decided now: what they wrote last
 * with its scores and what became of it, and every earlier decision with who made it and where it can be read.
 */
import { Link } from '@tanstack/react-router';
import { type dossiers, veilOf } from '@virgil/contract';
import clsx from 'clsx';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf } from '../../api/queries.ts';
import { useUserHistory } from '../../api/standing.ts';
import { useFormat } from '../../i18n/format.ts';
import { RiskMark } from '../../ui/risk-mark.tsx';
import { ListStates } from '../../ui/states.tsx';
import { VeiledLine } from '../../ui/veiled-line.tsx';

type Entry = dossiers.HistoryEntry;

/** The last twenty of each; more of the decisions on request. */
export function HistoryPanel({ userId, className }: { userId: string; className?: string }): ReactNode {
  const { t } = useTranslation('escalations');
  return (
    <div className={clsx('grid content-start gap-8', className)}>
      <Part userId={userId} of="decisions" title={t('history.decisions')} empty={t('history.noDecisions')} />
      <Part userId={userId} of="messages" title={t('history.messages')} empty={t('history.noMessages')} />
      <p>
        <Link to="/admin/users/$userId" params={{ userId }}>
          {t('history.dossier')}
        </Link>
      </p>
    </div>
  );
}

function Part({
  empty,
  of,
  title,
  userId,
}: {
  userId: string;
  of: 'messages' | 'decisions';
  title: string;
  empty: string;
}): ReactNode {
  const heading = useId();
  const query = useUserHistory(userId, of);
  const entries = itemsOf(query.data);
  // More of what somebody wrote is in the rooms where it was written.
  const shown = of === 'messages' ? { ...query, hasNextPage: false } : query;
  return (
    <section aria-labelledby={heading}>
      <div className="head">
        <h3 id={heading}>{title}</h3>
      </div>
      <ListStates query={shown} count={entries.length} empty={<p className="py-2 text-14 text-ink-2">{empty}</p>}>
        <ol>
          {entries.map((entry) => (
            <Line key={`${entry.kind} ${entry.id}`} entry={entry} />
          ))}
        </ol>
      </ListStates>
    </section>
  );
}

function Line({ entry }: { entry: Entry }): ReactNode {
  const { t } = useTranslation('escalations');
  const { moment, dateTime } = useFormat();
  const { at, score, words } = entry;
  return (
    <li className="grid grid-cols-[4rem_minmax(0,1fr)] gap-x-3 border-b border-line py-1.5">
      <time dateTime={at} title={dateTime(at)} className="mono pt-px text-13 whitespace-nowrap text-ink-3">
        {moment(at)}
      </time>
      <div className="min-w-0">
        {entry.kind === 'message' ? (
          <p className="flex flex-wrap items-baseline gap-x-2">
            {score === null ? null : <RiskMark score={score.riskScore} />}
            <span className="min-w-0 [overflow-wrap:anywhere]" dir="auto">
              {score === null || veilOf(score) === 'none' ? words : <VeiledLine why={t('hidden')}>{words}</VeiledLine>}
            </span>
          </p>
        ) : null}
        <What entry={entry} />
        {entry.kind === 'message' || words === null ? null : (
          <p className="voice text-16 text-ink-2 [overflow-wrap:anywhere]" dir="auto">
            {words}
          </p>
        )}
      </div>
    </li>
  );
}

const BECAME = ['published', 'held', 'blocked', 'removed', 'rejected', 'cleared', 'deleted'] as const;
const RESOLVED = ['approved', 'appeal', 'decision', 'warned', 'struck', 'reported'] as const;

/** What it was or what became of it, linked to where it can be read, and who acted. */
function What({ entry }: { entry: Entry }): ReactNode {
  const { t } = useTranslation(['escalations', 'standing']);
  const { by, byId, kind, note } = entry;
  const became = [...BECAME, ...RESOLVED].find((each) => each === note);
  const name =
    kind === 'message'
      ? became === undefined
        ? ''
        : t(`history.became.${became}`)
      : kind === 'review_decision' && (note === 'approve' || note === 'reject' || note === 'escalate')
        ? t(`history.review.${note}`)
        : t(`standing:dossier.kind.${kind}`);
  return (
    <p className="text-14 text-ink-2">
      <Goal goal={entry.goal}>{name}</Goal>
      {by === null ? null : (
        <>
          {', '}
          {byId === null ? (
            <bdi>{by}</bdi>
          ) : (
            <Link to="/admin/users/$userId" params={{ userId: byId }}>
              <bdi>{by}</bdi>
            </Link>
          )}
        </>
      )}
    </p>
  );
}

function Goal({ goal, children }: { goal: Entry['goal']; children: ReactNode }): ReactNode {
  if (goal === null) return children;
  const { id } = goal;
  switch (goal.type) {
    case 'statement':
      return (
        <Link to="/statements/$statementId" params={{ statementId: id }}>
          {children}
        </Link>
      );
    case 'report':
      return (
        <Link to="/admin/reports/$reportId" params={{ reportId: id }}>
          {children}
        </Link>
      );
    case 'dmca':
      return (
        <Link to="/admin/dmca/$noticeId" params={{ noticeId: id }}>
          {children}
        </Link>
      );
    case 'appeal':
      return (
        <Link to="/admin/appeals/$appealId" params={{ appealId: id }}>
          {children}
        </Link>
      );
    case 'item':
      return (
        <Link to="/moderation/queue/$itemId" params={{ itemId: id }}>
          {children}
        </Link>
      );
    case 'escalation':
      return (
        <Link to="/admin/escalations/$escalationId" params={{ escalationId: id }}>
          {children}
        </Link>
      );
    case 'stream':
      return (
        <Link to="/watch/$streamId" params={{ streamId: id }}>
          {children}
        </Link>
      );
    case 'video':
      return (
        <Link to="/videos/$videoId" params={{ videoId: id }}>
          {children}
        </Link>
      );
  }
}
