import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { DmcaListItem, DmcaStatus } from '@virgil/contract';
import { FilePlus, Scale, SearchX, Settings2, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotices } from '../../../api/dmca.ts';
import { itemsOf } from '../../../api/queries.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';
import { StatusMark } from './status-mark.tsx';

/** What asks for somebody first; what is closed last. */
const ORDER: readonly DmcaStatus[] = [
  'valid',
  'incomplete',
  'chased',
  'counter_noticed',
  'in_court',
  'approved',
  'restored',
  'rejected',
  'retracted',
  'void',
];

function Filter({ counts }: { counts: Record<DmcaStatus, number> | undefined }): ReactNode {
  const { t } = useTranslation(['dmcaDesk', 'dmca']);
  const { status: chosen } = useSearch({ from: '/admin/dmca' });
  const navigate = useNavigate({ from: '/admin/dmca' });
  const choose = (status: DmcaStatus | undefined) =>
    void navigate({ search: ({ status: _, ...rest }) => (status ? { ...rest, status } : rest), replace: true });
  const item = (status: DmcaStatus | undefined, word: string, count: number | undefined) => (
    <button
      key={word}
      type="button"
      aria-pressed={chosen === status}
      onClick={() => choose(status)}
      className="strip-item min-h-11"
    >
      {word}
      {count === undefined ? null : <span className="num text-13 font-normal text-ink-3">{count}</span>}
    </button>
  );
  return (
    <div role="toolbar" aria-label={t('filter')} className="strip mb-4 gap-5">
      {item(undefined, t('all'), undefined)}
      {ORDER.filter((status) => status === chosen || status === 'valid' || (counts?.[status] ?? 0) > 0).map((status) =>
        item(status, t(`dmca:status.${status}`), counts?.[status]),
      )}
    </div>
  );
}

function Clock({ item }: { item: DmcaListItem }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { dateTime } = useFormat();
  if (item.alarm !== null) {
    return (
      <p className="flex items-start gap-1.5 font-[620] text-bad">
        <TriangleAlert aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
        {t(`overdue.${item.alarm}`)}
      </p>
    );
  }
  return item.putBackAt === null ? null : (
    <p className="text-ink-2">{t('putBackOn', { when: dateTime(item.putBackAt) })}</p>
  );
}

function Row({ item }: { item: DmcaListItem }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { dateTime, moment } = useFormat();
  const { claimantName, claimedWork, creator, receivedAt, source, status, target } = item;
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-4 gap-y-1 py-3 md:grid-cols-[6.5rem_minmax(0,1.4fr)_minmax(0,1.4fr)_minmax(0,1fr)]">
      <div className="text-13 text-ink-3">
        <time dateTime={receivedAt} title={dateTime(receivedAt)} className="mono">
          {moment(receivedAt)}
        </time>
        <p>{t(`source.${source}`)}</p>
      </div>
      <div className="min-w-0">
        <Link
          to="/admin/dmca/$noticeId"
          params={{ noticeId: item.id }}
          className="font-[620] [overflow-wrap:anywhere]"
          dir="auto"
        >
          {target?.title || t('noTarget')}
        </Link>
        {target ? <p className="truncate text-ink-2">{t('by', { name: creator?.displayName ?? t('gone') })}</p> : null}
      </div>
      <div className="col-start-2 min-w-0 md:col-auto">
        <p className="truncate font-[560]" dir="auto">
          {claimantName || t('dossier.nameless')}
        </p>
        <p className="line-clamp-2 text-ink-2 [overflow-wrap:anywhere]" dir="auto">
          {claimedWork}
        </p>
      </div>
      <div className="col-start-2 md:col-auto">
        <StatusMark status={status} />
        <Clock item={item} />
      </div>
    </li>
  );
}

function Notices(): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { text, setText, q } = useSearchWord();
  const { status } = useSearch({ from: '/admin/dmca' });
  const query = useNotices({ q, status });
  const items = itemsOf(query.data);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <SearchField label={t('search')} value={text} onChange={setText} className="min-w-0 grow sm:max-w-96" />
        <div className="flex flex-wrap gap-3 md:ml-auto">
          <Button asChild>
            <Link to="/admin/dmca/enter">
              <FilePlus aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('enter')}
            </Link>
          </Button>
          <Button look="quiet" asChild>
            <Link to="/admin/dmca/settings">
              <Settings2 aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('settings')}
            </Link>
          </Button>
        </div>
      </div>
      <Filter counts={query.data?.pages[0]?.counts} />
      <ListStates
        query={query}
        count={items.length}
        empty={
          q ? (
            <EmptyState icon={SearchX} title={t('noMatch', { q })} />
          ) : (
            <EmptyState icon={Scale} title={t(status ? 'noneOf' : 'none')} text={t('noneText')} />
          )
        }
      >
        <ul className="rows" aria-label={t('title')}>
          {items.map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </ul>
      </ListStates>
    </>
  );
}

export function NoticesPage(): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  return (
    <AdminFrame title={t('title')}>
      <div className="page">
        <h1 className="mb-4 text-27">{t('title')}</h1>
        <Notices />
      </div>
    </AdminFrame>
  );
}
