/** Objections in order of arrival, and the one that is open. J and K move, Enter opens, A and D decide. */
import '../../../ui/voice.css';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type AppealStatus, appealStatus } from '@virgil/contract';
import clsx from 'clsx';
import { ChartColumn, Scale, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppealDesk, useAppeals } from '../../../api/appeal-desk.ts';
import { itemsOf } from '../../../api/queries.ts';
import { useFormat } from '../../../i18n/format.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';
import { useRowKeys } from '../use-row-keys.ts';
import { AppealPanel } from './appeal-panel.tsx';
import { AppealRow } from './appeal-row.tsx';

export function AdminAppealsPage(): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { appealId } = useParams({ strict: false });
  return (
    <AdminFrame title={t('title')}>
      <Desk selected={appealId} />
    </AdminFrame>
  );
}

function Desk({ selected }: { selected: string | undefined }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { number } = useFormat();
  const navigate = useNavigate();
  const { text, setText, q } = useSearchWord();
  const [status, setStatus] = useState<AppealStatus>('pending');
  const query = useAppeals({ status, q });
  useAppealDesk();
  const items = itemsOf(query.data);
  const counts = query.data?.pages[0]?.counts;
  const at = items.findIndex(({ id }) => id === selected);

  function open(index: number): void {
    const appeal = items[index];
    if (!appeal) return;
    void navigate({
      to: '/admin/appeals/$appealId',
      params: { appealId: appeal.id },
      search: (search) => search,
      replace: selected !== undefined,
      resetScroll: false,
    });
  }
  useRowKeys(items.length, at, open, selected !== undefined);

  return (
    <div className="lg:grid lg:min-h-[calc(100dvh-7rem)] lg:grid-cols-[23rem_minmax(0,1fr)]">
      <div
        className={clsx(
          'lg:sticky lg:top-0 lg:max-h-dvh lg:self-start lg:overflow-y-auto',
          selected === undefined ? '' : 'hidden lg:block',
        )}
      >
        <div className="grid grid-cols-1 gap-3 px-4 py-5">
          <h1 className="flex items-center gap-3 text-21">
            <Scale aria-hidden="true" size={20} strokeWidth={1.75} className="text-tone" />
            {t('title')}
          </h1>
          <p className="text-14 text-ink-2">{t('text')}</p>
          <ToggleGroup<AppealStatus>
            label={t('filter')}
            value={status}
            onChange={setStatus}
            choices={appealStatus.options.map((value) => ({
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
          <Link to="/admin/appeals/rates" className="inline-flex items-center gap-1.5 text-14">
            <ChartColumn aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('rates.link')}
          </Link>
        </div>
        <div className={items.length > 0 ? '' : 'px-4'}>
          <ListStates query={query} count={items.length} empty={<Nothing isSearch={q !== undefined} status={status} />}>
            <ol className="border-t border-line">
              {items.map((appeal) => (
                <li key={appeal.id} className="border-b border-line">
                  <AppealRow appeal={appeal} isSelected={appeal.id === selected} />
                </li>
              ))}
            </ol>
          </ListStates>
        </div>
      </div>
      <div
        className={clsx('px-4 sm:px-6 lg:border-l lg:border-line lg:px-8', selected === undefined && 'hidden lg:block')}
      >
        {selected === undefined ? (
          <EmptyState icon={Scale} title={t('pick')} text={t('pickText')} className="py-16" />
        ) : (
          // After a decision the next one that waits is open, so that hands stay on the keys.
          <AppealPanel key={selected} id={selected} onNext={() => open(at + 1 < items.length ? at + 1 : at - 1)} />
        )}
      </div>
    </div>
  );
}

function Nothing({ isSearch, status }: { isSearch: boolean; status: AppealStatus }): ReactNode {
  const { t } = useTranslation('appealDesk');
  if (isSearch) return <EmptyState icon={SearchX} title={t('noMatch')} text={t('noMatchText')} />;
  return status === 'pending' ? (
    <EmptyState icon={Scale} title={t('empty')} text={t('emptyText')} />
  ) : (
    <EmptyState icon={Scale} title={t('emptyDecided')} text={t('emptyDecidedText')} />
  );
}
