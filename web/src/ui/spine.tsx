/** Everything that happened in one matter: when on the left, what on the right, joined by a line. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormat } from '../i18n/format.ts';

export interface SpineEntry {
  readonly key: string;
  readonly at: string;
  readonly icon: LucideIcon;
  readonly title: ReactNode;
  readonly text?: ReactNode;
}

export function Spine({ entries, label }: { entries: readonly SpineEntry[]; label: string }): ReactNode {
  const { dateTime } = useFormat();
  return (
    <ol aria-label={label}>
      {entries.map(({ at, icon: Icon, key, text, title }) => (
        <li
          key={key}
          className="group relative grid grid-cols-[5.5rem_1.25rem_minmax(0,1fr)] gap-x-2 py-1.5 sm:grid-cols-[8rem_1.25rem_minmax(0,1fr)]"
        >
          <span
            aria-hidden="true"
            className="absolute top-0 bottom-0 left-[calc(5.5rem+1.0625rem)] w-0.5 bg-line group-first:top-3 group-last:bottom-auto group-last:h-3 sm:left-[calc(8rem+1.0625rem)]"
          />
          <time dateTime={at} className="mono pt-px text-right text-13 text-ink-3">
            {dateTime(at)}
          </time>
          <span className="relative grid h-5 place-items-center bg-bg text-ink-2">
            <Icon aria-hidden="true" size={16} strokeWidth={1.75} />
          </span>
          <div className="min-w-0">
            <p className="[overflow-wrap:anywhere]">{title}</p>
            {text ? <div className="whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]">{text}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
