/** The queue of reports and the one that is open. J and K move, Enter opens, A and R decide. */
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReportReason, reportReason, reportSubject, type reports } from '@virgil/contract';
import clsx from 'clsx';
import { Flag, SearchX, VolumeX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf } from '../../../api/queries.ts';
import { type ReportFilter, useReports } from '../../../api/reports.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/field.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';
import { useRowKeys } from '../use-row-keys.ts';
import { ReportList } from './report-list.tsx';
import { ReportPanel } from './report-panel.tsx';

type Status = reports.AdminReport['status'];
type Filter = Omit<ReportFilter, 'q' | 'status'>;
const STATUSES: readonly Status[] = ['pending', 'approved', 'rejected'];
const SORTS = ['voices', 'oldest', 'newest'] as const;

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }): ReactNode {
  const { t } = useTranslation(['reportsDesk', 'watch']);
  return (
    <div className="grid grid-cols-2 gap-2">
      <Select
        aria-label={t('type.label')}
        value={filter.type ?? ''}
        onChange={(event) => onChange({ ...filter, type: (event.target.value || undefined) as Filter['type'] })}
      >
        <option value="">{t('type.any')}</option>
        {reportSubject.shape.type.options
          .filter((type) => type !== 'comment')
          .map((type) => (
            <option key={type} value={type}>
              {t(`type.${type}`)}
            </option>
          ))}
      </Select>
      <Select
        aria-label={t('reasonLabel')}
        value={filter.reason ?? ''}
        onChange={(event) =>
          onChange({ ...filter, reason: (event.target.value || undefined) as ReportReason | undefined })
        }
      >
        <option value="">{t('anyReason')}</option>
        {reportReason.options.map((reason) => (
          <option key={reason} value={reason}>
            {t(`watch:report.reasons.${reason}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('sort.label')}
        value={filter.sort ?? 'voices'}
        onChange={(event) => onChange({ ...filter, sort: event.target.value as NonNullable<Filter['sort']> })}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {t(`sort.${sort}`)}
          </option>
        ))}
      </Select>
      <Link to="/admin/reports/muted" className="inline-flex items-center gap-1.5 self-center text-14">
        <VolumeX aria-hidden="true" size={16} strokeWidth={1.75} />
        {t('muted')}
      </Link>
    </div>
  );
}

function Queue({ selected }: { selected: string | undefined }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { number } = useFormat();
  const navigate = useNavigate();
  const { text, setText, q } = useSearchWord();
  const [status, setStatus] = useState<Status>('pending');
  const [filter, setFilter] = useState<Filter>({});
  const isFiltered = q !== undefined || filter.type !== undefined || filter.reason !== undefined;
  const query = useReports({ ...filter, status, ...(q ? { q } : {}) });
  const items = itemsOf(query.data);
  const counts = query.data?.pages[0]?.counts;
  const at = items.findIndex(({ id }) => id === selected);

  function open(index: number): void {
    const report = items[index];
    if (!report) return;
    void navigate({
      to: '/admin/reports/$reportId',
      params: { reportId: report.id },
      search: (search) => search,
      replace: selected !== undefined,
      resetScroll: false,
    });
  }
  useRowKeys(items.length, at, open, selected !== undefined);

  return (
    <div className="lg:grid lg:min-h-[calc(100dvh-7rem)] lg:grid-cols-[26rem_minmax(0,1fr)]">
      <div
        className={clsx(
          'lg:sticky lg:top-0 lg:max-h-dvh lg:self-start lg:overflow-y-auto',
          selected === undefined ? '' : 'hidden lg:block',
        )}
      >
        <div className="grid gap-3 px-4 py-5">
          <h1 className="flex items-center gap-3 text-21">
            <Flag aria-hidden="true" size={20} strokeWidth={1.75} className="text-tone" />
            {t('title')}
          </h1>
          <ToggleGroup<Status>
            label={t('status.label')}
            value={status}
            onChange={setStatus}
            choices={STATUSES.map((value) => ({
              value,
              label: (
                <>
                  {t(`status.${value}`)}{' '}
                  <span className="num font-normal text-ink-3">{counts ? number(counts[value]) : ''}</span>
                </>
              ),
            }))}
          />
          <SearchField label={t('search')} value={text} onChange={setText} />
          <Filters filter={filter} onChange={setFilter} />
        </div>
        <div className={items.length > 0 ? '' : 'px-4'}>
          <ListStates
            query={query}
            count={items.length}
            empty={
              isFiltered ? (
                <EmptyState icon={SearchX} title={t('noMatch')} text={t('noMatchText')}>
                  <Button
                    onClick={() => {
                      setText('');
                      setFilter({});
                    }}
                  >
                    {t('showAll')}
                  </Button>
                </EmptyState>
              ) : (
                <EmptyState icon={Flag} title={t(`none.${status}`)} text={t('noneText')} />
              )
            }
          >
            <ReportList reports={items} selected={selected} />
          </ListStates>
        </div>
      </div>
      <div
        className={clsx('px-4 sm:px-6 lg:border-l lg:border-line lg:px-8', selected === undefined && 'hidden lg:block')}
      >
        {selected === undefined ? (
          <EmptyState icon={Flag} title={t('pick')} text={t('pickText')} className="py-16" />
        ) : (
          // After a decision the next one that waits is open, so that hands stay on the keys.
          <ReportPanel id={selected} onDecided={() => open(at + 1 < items.length ? at + 1 : at - 1)} />
        )}
      </div>
    </div>
  );
}

export function ReportsPage(): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { reportId } = useParams({ strict: false });
  return (
    <AdminFrame title={t('title')}>
      <Queue selected={reportId} />
    </AdminFrame>
  );
}
