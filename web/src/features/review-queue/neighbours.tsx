/** The lines before and after, by their distance in seconds. */
import type { desk } from '@virgil/contract';
import clsx from 'clsx';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { nameColourOf } from '../../ui/person-hue.ts';
import { RiskMark } from '../../ui/risk-mark.tsx';
import { VeiledLine } from '../../ui/veiled-line.tsx';

const SHOWN_EACH_SIDE = 4;

/** `−31 s`, and from three minutes on `−5 min`. */
export function distance(from: string, to: string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  const sign = seconds < 0 ? '−' : seconds > 0 ? '+' : '';
  const size = Math.abs(seconds);
  if (size < 180) return `${sign}${size} s`;
  return size < 10_800 ? `${sign}${Math.round(size / 60)} min` : `${sign}${Math.round(size / 3600)} h`;
}

function Line({
  line,
  at,
  holdKey,
  onShow,
  veils,
}: {
  line: desk.ReviewNeighbour;
  at: string;
  veils: boolean;
  holdKey: string | null;
  onShow: () => void;
}): ReactNode {
  const { t } = useTranslation('queue');
  const { dateTime } = useFormat();
  const text = (
    <bdi dir="auto" className={clsx(!line.isSubject && line.status !== 'published' && 'text-ink-3')}>
      {line.text}
    </bdi>
  );
  return (
    <li
      aria-current={line.isSubject ? 'true' : undefined}
      className={clsx(
        'grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-2 border-l-[3px] py-1 pr-4 pl-3 text-14 sm:grid-cols-[4.25rem_4.25rem_minmax(0,1fr)] sm:pr-7',
        line.isSubject ? 'border-l-(--risk-2-fill) bg-(--risk-2-soft)' : 'border-l-transparent',
      )}
    >
      <time dateTime={line.at} title={dateTime(line.at)} className="mono text-right text-13 text-ink-3">
        {distance(at, line.at)}
      </time>
      <span className="hidden sm:block">
        {line.riskScore === null ? null : <RiskMark score={line.riskScore} className="text-13!" />}
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <bdi className="mr-1.5 font-[640]" style={{ color: nameColourOf(line.author.id) }}>
          {line.author.displayName}
        </bdi>
        {line.veil === 'minors' || (veils && line.veil === 'harsh') ? (
          <VeiledLine why={t(line.veil === 'minors' ? 'hiddenMinors' : 'hidden')} holdKey={holdKey} onShow={onShow}>
            {text}
          </VeiledLine>
        ) : (
          text
        )}
        {line.isSubject || line.status === 'published' ? null : (
          <span className="ml-2 text-13 text-ink-3">({t(`line.${line.status}`)})</span>
        )}
      </span>
    </li>
  );
}

export function Neighbours({
  details,
  holdKey,
  onShow,
  veils,
}: {
  details: desk.ReviewDetails;
  /** Shows what is veiled while it is held. */
  holdKey: string | null;
  /** Each time a line is unveiled. */
  onShow: () => void;
  /** The reader wants harsh lines hidden. */
  veils: boolean;
}): ReactNode {
  const { t } = useTranslation('queue');
  const [all, setAll] = useState(false);
  const { item, neighbours } = details;
  if (item.source === 'inboxMessage') {
    return <p className="px-4 py-4 text-ink-2 sm:px-7">{t('moment.private')}</p>;
  }
  const at = neighbours.findIndex(({ isSubject }) => isSubject);
  const shown = all ? neighbours : neighbours.slice(Math.max(0, at - SHOWN_EACH_SIDE), at + SHOWN_EACH_SIDE + 1);
  return (
    <section aria-label={t('moment.lines')} className="py-2">
      <ol>
        {shown.map((line) => (
          <Line key={line.id} line={line} at={item.writtenAt} holdKey={holdKey} onShow={onShow} veils={veils} />
        ))}
      </ol>
      {shown.length < neighbours.length || all ? (
        <p className="px-4 pt-1 sm:px-7">
          <Button small look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'moment.fewer' : 'moment.more', { count: neighbours.length - 1 })}
          </Button>
        </p>
      ) : null}
      {neighbours.length === 1 ? <p className="px-4 py-1 text-14 text-ink-3 sm:px-7">{t('moment.alone')}</p> : null}
    </section>
  );
}
