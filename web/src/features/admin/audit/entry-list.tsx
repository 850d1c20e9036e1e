import { Link } from '@tanstack/react-router';
import type { audit } from '@virgil/contract';
import clsx from 'clsx';
import { Fragment, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { shortId } from './entry-words.ts';

type Entry = audit.AuditLogEntry;

/** Who, on what: names where there are some, else the kind of thing and the end of its id. */
export function useEntryLine(): (entry: Entry) => string {
  const { t } = useTranslation('audit');
  return (entry) => {
    const { actor, entity, entityId, entityName } = entry;
    const who = actor === null ? t('nobody') : actor.displayName || t('unnamed');
    if (entityId === null) return `${who}, ${t('erased')}`;
    if (actor !== null && entityId === actor.id) return who;
    const kind = t(`entity.${entity as 'strike'}`, { defaultValue: entity });
    return `${who}, ${kind} ${entityName || shortId(entityId)}`;
  };
}

/** To the second: entries of one minute are told apart by it. */
function useClock(): (instant: string) => string {
  const { i18n } = useTranslation();
  const { timeZone } = useFormat();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language === 'de' ? 'de-DE' : 'en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZone,
    });
    return (instant) => format.format(new Date(instant));
  }, [i18n.language, timeZone]);
}

export function EntryList({ entries, open }: { entries: readonly Entry[]; open: string | undefined }): ReactNode {
  const { t } = useTranslation('audit');
  const { number, date } = useFormat();
  const clock = useClock();
  const lineOf = useEntryLine();
  const columns = 'md:grid md:grid-cols-[4.75rem_5rem_minmax(11rem,15.5rem)_minmax(0,1fr)] md:gap-3';
  return (
    <>
      <div aria-hidden="true" className={clsx('hidden border-b border-line px-6 py-1.5 text-13 text-ink-3', columns)}>
        <span className="text-right">{t('column.entry')}</span>
        <span>{t('column.time')}</span>
        <span>{t('column.kind')}</span>
        <span>{t('column.what')}</span>
      </div>
      <ol>
        {entries.map((entry, n) => {
          const day = date(entry.at);
          const before = entries[n - 1];
          const isOpen = entry.eventId === open;
          return (
            <Fragment key={entry.eventId}>
              {before === undefined || date(before.at) !== day ? (
                <li className="bg-surface-2 px-4 py-1.5 text-13 text-ink-3 md:px-6">{day}</li>
              ) : null}
              <li>
                <Link
                  to="."
                  search={(search: object) => ({ ...search, entry: entry.eventId })}
                  resetScroll={false}
                  aria-current={isOpen || undefined}
                  className={clsx(
                    'grid grid-cols-[auto_auto_minmax(0,1fr)] items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-2 text-14 text-ink no-underline hover:bg-surface-2 md:px-6 md:py-[0.4375rem]',
                    columns,
                    isOpen && 'bg-tone-soft shadow-[inset_3px_0_0_var(--focus)]',
                  )}
                >
                  <span className="mono text-right text-13 text-ink-3">{number(entry.seq)}</span>
                  <time dateTime={entry.at} className="mono text-13 text-ink-2">
                    {clock(entry.at)}
                  </time>
                  <code
                    className={clsx(
                      'mono truncate text-right text-13 md:text-left',
                      isOpen ? 'font-[700]' : 'font-[480]',
                    )}
                    title={entry.type}
                  >
                    {entry.type}
                  </code>
                  <span className="col-span-3 truncate md:col-span-1" dir="auto">
                    {lineOf(entry)}
                  </span>
                </Link>
              </li>
            </Fragment>
          );
        })}
      </ol>
    </>
  );
}
