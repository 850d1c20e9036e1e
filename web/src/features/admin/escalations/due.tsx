/** By when a matter is due: how long is left, or for how long its time has been over. */
import type { escalations } from '@virgil/contract';
import clsx from 'clsx';
import { Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { useNow } from '../../../ui/use-now.ts';

const MINUTE_MS = 60_000;

export function Due({ escalation, long }: { escalation: escalations.Escalation; long?: boolean }): ReactNode {
  const { t } = useTranslation('escalations');
  const { dateTime, duration } = useFormat();
  const now = useNow(20_000);
  const left = Date.parse(escalation.dueAt) - now;
  // The server's clock has the say; this page's only counts down.
  const isOver = escalation.overdue || left <= 0;
  const time = duration((Math.max(1, Math.round(Math.abs(left) / MINUTE_MS)) * MINUTE_MS) / 1000);
  const words = t(isOver ? 'overdue' : 'due', { time });
  return (
    <time
      dateTime={escalation.dueAt}
      title={`${words}, ${dateTime(escalation.dueAt)}`}
      className={clsx('mono text-13', isOver ? 'font-[600] text-bad' : 'text-ink-2')}
    >
      {long ? (
        words
      ) : (
        <>
          <span className="sr-only">{words}</span>
          <span aria-hidden="true" className="inline-flex items-start gap-1">
            {isOver ? <Clock size={14} strokeWidth={1.75} className="mt-0.5 flex-none" /> : null}
            {isOver ? t('overdueShort', { time }) : time}
          </span>
        </>
      )}
    </time>
  );
}
