/** The queue: by when it is due, how it scored, what it says, why it is here. */
import { Link } from '@tanstack/react-router';
import { type escalations, HARSH } from '@virgil/contract';
import clsx from 'clsx';
import { EyeOff, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { RiskMark } from '../../../ui/risk-mark.tsx';
import { StrikePips } from '../../../ui/strike-pips.tsx';
import { Due } from './due.tsx';

type Escalation = escalations.Escalation;

export const causeOf = ({ kind, trigger }: Escalation): escalations.EscalationCause =>
  trigger ?? (kind === 'strikes' ? 'strikes' : 'unassigned');

function Words({ escalation }: { escalation: Escalation }): ReactNode {
  const { t } = useTranslation('escalations');
  const { activeStrikes, category, hidePreview, preview } = escalation;
  if (activeStrikes !== null) return <span>{t('strikesOf', { count: activeStrikes })}</span>;
  if (hidePreview || (category !== null && HARSH.has(category))) {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-2">
        <EyeOff aria-hidden="true" size={16} strokeWidth={1.75} />
        {t('hidden')}
      </span>
    );
  }
  return (
    <span className="line-clamp-2 [overflow-wrap:anywhere]" dir="auto">
      {preview}
    </span>
  );
}

function Row({ escalation, isSelected }: { escalation: Escalation; isSelected: boolean }): ReactNode {
  const { t } = useTranslation('escalations');
  const { moment, dateTime } = useFormat();
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const { author, claim, resolution, riskScore, thresholds, urgency } = escalation;
  return (
    <Link
      ref={row}
      to="/admin/escalations/$escalationId"
      params={{ escalationId: escalation.id }}
      search={(search) => search}
      resetScroll={false}
      aria-current={isSelected ? 'true' : undefined}
      className={clsx(
        'grid grid-cols-[5.25rem_minmax(0,1fr)] gap-x-2.5 border-l-[3px] px-3 py-2.5 text-ink no-underline hover:bg-surface-2',
        isSelected ? 'border-l-focus bg-surface-3!' : 'border-l-transparent',
      )}
    >
      {resolution === null ? (
        <Due escalation={escalation} />
      ) : (
        <time dateTime={resolution.at} title={dateTime(resolution.at)} className="mono text-13 text-ink-3">
          {moment(resolution.at)}
        </time>
      )}
      <span className="min-w-0">
        <span className="flex items-start gap-2">
          {riskScore === null ? (
            <StrikePips active={escalation.activeStrikes ?? 0} words={false} />
          ) : (
            <RiskMark score={riskScore} {...(thresholds === null ? {} : { thresholds })} className="flex-none" />
          )}
          <span className="min-w-0 font-[560]">
            <Words escalation={escalation} />
          </span>
        </span>
        <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-13 text-ink-2">
          {urgency === 'normal' ? null : (
            <span className="inline-flex items-center gap-1 font-[620] text-bad">
              <TriangleAlert aria-hidden="true" size={14} strokeWidth={1.75} />
              {t(`urgency.${urgency}`)}
            </span>
          )}
          <span>{t(`cause.${causeOf(escalation)}`)}</span>
          <bdi>{author.displayName}</bdi>
          {claim === null ? null : <span className="text-tone">{claim.by.displayName}</span>}
        </span>
        {resolution === null ? null : (
          <span className="block text-13 text-ink-2">
            {t(`decidedAs.${resolution.decision}`, { name: resolution.by?.displayName ?? t('somebody') })}
          </span>
        )}
      </span>
    </Link>
  );
}

export function EscalationList({
  items,
  selected,
}: {
  items: readonly Escalation[];
  selected: string | undefined;
}): ReactNode {
  const { t } = useTranslation('escalations');
  return (
    <ul className="rows" aria-label={t('title')}>
      {items.map((escalation) => (
        <li key={escalation.id}>
          <Row escalation={escalation} isSelected={escalation.id === selected} />
        </li>
      ))}
    </ul>
  );
}
