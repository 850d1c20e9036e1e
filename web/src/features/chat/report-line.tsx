import { Flag } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What somebody wrote in a chat, as a line or with a tip. */
export interface Said {
  readonly id: string;
  readonly displayName: string;
  readonly message: string;
}

/** Shows itself when the line it stands in (a `group`) is pointed at or focused. */
export function ReportLine({ said, onReport }: { said: Said; onReport: (said: Said) => void }): ReactNode {
  const { t } = useTranslation('chat');
  const label = t('reportLine', { name: said.displayName });
  return (
    <button
      type="button"
      className="absolute top-0 right-2 hidden min-h-6 min-w-6 items-center justify-center rounded-1 bg-surface-2 text-ink-2 group-focus-within:inline-flex group-hover:inline-flex hover:text-ink"
      aria-label={label}
      title={label}
      onClick={() => onReport(said)}
    >
      <Flag aria-hidden="true" size={14} strokeWidth={1.75} />
    </button>
  );
}
