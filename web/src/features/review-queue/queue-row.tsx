/** One line of the queue: how sure, what, who works on it. */
import { Link } from '@tanstack/react-router';
import type { desk, Person } from '@virgil/contract';
import clsx from 'clsx';
import { EyeOff, Flag, Hand } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { RiskMark } from '../../ui/risk-mark.tsx';
import { queueSearch } from './queue-search.ts';

const HATCH = 'repeating-linear-gradient(135deg, var(--surface-3) 0 3px, transparent 3px 7px)';

export interface QueueRowProps {
  readonly item: desk.ReviewItem;
  readonly isOpen: boolean;
  readonly isVeiled: boolean;
  readonly myId: string;
  readonly onlookers: readonly Person[];
  /** Null while nothing is being chosen. */
  readonly chosen: boolean | null;
  readonly onChoose: (chosen: boolean) => void;
}

function Text({ item, isVeiled }: Pick<QueueRowProps, 'item' | 'isVeiled'>): ReactNode {
  const { t } = useTranslation('queue');
  if (isVeiled) {
    return (
      <span className="inline-flex items-center gap-1.5 px-1.5 text-ink-2" style={{ backgroundImage: HATCH }}>
        <EyeOff aria-hidden="true" size={14} strokeWidth={1.75} />
        <span className="bg-bg px-0.5">{t(item.headsQueue ? 'hiddenMinors' : 'hidden')}</span>
      </span>
    );
  }
  return (
    <bdi dir="auto" className="block truncate">
      {item.preview}
    </bdi>
  );
}

export function QueueRow(props: QueueRowProps): ReactNode {
  const { item, isOpen, isVeiled, myId, onlookers, chosen, onChoose } = props;
  const { t } = useTranslation(['queue', 'risk']);
  const { dateTime, moment } = useFormat();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const others = onlookers.filter(({ id }) => id !== myId);
  const holder = item.claim?.by;
  const who = holder ?? others[0];
  return (
    <li
      ref={row}
      className={clsx(
        'relative flex items-start border-t border-l-[3px] border-t-line',
        isOpen ? 'border-l-focus bg-surface-3' : 'border-l-transparent',
      )}
    >
      {chosen === null ? null : (
        <input
          type="checkbox"
          className="mt-2.5 ml-3 size-5 flex-none accent-[var(--ink)]"
          aria-label={t('bulk.choose', { text: isVeiled ? t('hidden') : item.preview })}
          checked={chosen}
          onChange={(event) => onChoose(event.target.checked)}
        />
      )}
      <Link
        to="/moderation/queue/$itemId"
        params={{ itemId: item.id }}
        search={queueSearch}
        resetScroll={false}
        aria-current={isOpen ? 'true' : undefined}
        className="grid min-w-0 grow grid-cols-[4.25rem_minmax(0,1fr)] gap-x-2 py-2 pr-4 pl-[0.8125rem] text-ink no-underline hover:bg-surface-2 focus-visible:-outline-offset-2"
      >
        <RiskMark score={item.riskScore} {...(item.thresholds ? { thresholds: item.thresholds } : {})} />
        <span className="min-w-0 text-14">
          <Text item={item} isVeiled={isVeiled} />
        </span>
        <span className="col-start-2 flex min-w-0 justify-between gap-2 text-13 text-ink-3">
          <span className="flex min-w-0 items-center gap-1 truncate">
            {item.foundByClassifier ? null : (
              <span className="inline-flex flex-none items-center gap-0.5" title={t('voices', { count: item.voices })}>
                <Flag aria-hidden="true" size={13} strokeWidth={1.75} />
                <span className="sr-only">{t('voices', { count: item.voices })}</span>
                <span aria-hidden="true" className="mono">
                  {item.voices}
                </span>
              </span>
            )}
            <span className="truncate">{t(`risk:category.${item.category}`)}</span>
          </span>
          {who ? (
            <span className="flex min-w-0 flex-none items-center gap-1 text-ink-2">
              {holder ? <Hand aria-hidden="true" size={13} strokeWidth={1.75} /> : null}
              <span className="sr-only">{t(holder ? 'heldBy' : 'lookedAtBy')} </span>
              <span className="max-w-20 truncate">{who.id === myId ? t('you') : <bdi>{who.displayName}</bdi>}</span>
            </span>
          ) : (
            <time dateTime={item.createdAt} title={dateTime(item.createdAt)} className="mono flex-none">
              {moment(item.createdAt)}
            </time>
          )}
        </span>
      </Link>
    </li>
  );
}
