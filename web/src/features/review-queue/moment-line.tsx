/** How lively the chat was around the moment: a column each two seconds, from 30 s before to 10 s after. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';

const COLUMN = 35;
const BEFORE = 15;

export function MomentLine({ lines, at }: { lines: readonly number[]; at: string }): ReactNode {
  const { t } = useTranslation('queue');
  const { list, number } = useFormat();
  const clock = useClockText();
  if (lines.length === 0) return null;
  const most = Math.max(3, ...lines);
  const before = lines.slice(0, BEFORE).reduce((sum, count) => sum + count, 0);
  const after = lines.slice(BEFORE).reduce((sum, count) => sum + count, 0);
  return (
    <figure className="border-b border-line px-4 pt-2 pb-2.5 sm:px-7">
      <svg
        viewBox="0 0 700 50"
        preserveAspectRatio="none"
        role="img"
        aria-label={list([
          t('moment.before', { count: before, lines: number(before) }),
          t('moment.after', { count: after, lines: number(after) }),
        ])}
        className="block h-12 w-full"
      >
        <path d="M0 46H700" stroke="var(--line-strong)" />
        {lines.map((count, index) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            key={index}
            x={index * COLUMN + 2}
            width={COLUMN - 4}
            y={46 - (count / most) * 40}
            height={(count / most) * 40}
            fill={index === BEFORE ? 'var(--risk-2-fill)' : 'var(--surface-3)'}
          />
        ))}
        <path d={`M${BEFORE * COLUMN} 4V50`} stroke="var(--ink)" strokeWidth="2" vectorEffect="non-scaling-stroke" />
      </svg>
      <div aria-hidden="true" className="mono relative h-4.5 text-13 text-ink-3">
        <span className="absolute left-0">−30 s</span>
        <span className="absolute left-1/4 hidden -translate-x-1/2 sm:inline">−20 s</span>
        <span className="absolute left-1/2 hidden -translate-x-1/2 sm:inline">−10 s</span>
        <b className="absolute left-3/4 -translate-x-1/2 font-[600] text-ink">{clock(at)}</b>
        <span className="absolute right-0">+10 s</span>
      </div>
    </figure>
  );
}

/** 21:04:02 in the person's own time. */
export function useClockText(): (instant: string | number) => string {
  const { i18n } = useTranslation();
  const { timeZone } = useFormat();
  const format = new Intl.DateTimeFormat(i18n.language === 'de' ? 'de-DE' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
  });
  return (instant) => format.format(new Date(instant));
}
