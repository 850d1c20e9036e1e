/** What one handed in, and the answer. */
import type { appeals as contract } from '@virgil/contract';
import { Check, Clock, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';

const ICONS = { pending: Clock, approved: Check, denied: X } as const;

export function OwnAppeal({ appeal }: { appeal: contract.Appeal }): ReactNode {
  const { t } = useTranslation('appeals');
  const { dateTime } = useFormat();
  const Icon = ICONS[appeal.status];
  return (
    <section className="mt-8">
      <div className="head items-center">
        <h3 className="grow">{t('yours')}</h3>
        <p className="flex items-center gap-1.5 text-14 text-ink-2" role="status">
          <Icon aria-hidden="true" size={16} strokeWidth={1.75} />
          {t(`status.${appeal.status}`)}
        </p>
      </div>
      <time dateTime={appeal.createdAt} className="mono mt-3 block text-14 text-ink-3">
        {dateTime(appeal.createdAt)}
      </time>
      {appeal.reason === '' ? (
        <p className="mt-1 text-ink-2">{t('byLetter')}</p>
      ) : (
        <p className="voice mt-1 max-w-[60ch] text-18 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
          {appeal.reason}
        </p>
      )}
      {appeal.screenshotUrl === null ? null : (
        <a href={appeal.screenshotUrl} className="mt-3 inline-block" download>
          <img
            src={appeal.screenshotUrl}
            alt={t('shot.yours')}
            loading="lazy"
            className="max-h-56 max-w-full rounded-1 border border-line"
          />
        </a>
      )}
      {appeal.resolution === null || appeal.reviewedAt === null ? null : (
        <div className="mt-4 border-l-2 border-ink-3 pl-4">
          <p className="text-14 text-ink-3">
            {t('answer')},{' '}
            <time dateTime={appeal.reviewedAt} className="mono">
              {dateTime(appeal.reviewedAt)}
            </time>
          </p>
          <p className="voice mt-1 max-w-[60ch] text-18 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
            {appeal.resolution}
          </p>
        </div>
      )}
    </section>
  );
}
