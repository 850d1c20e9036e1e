/** The left column: how many, which, and the list. */
import type { desk, Person } from '@virgil/contract';
import { Inbox, ListChecks, SearchX, SlidersHorizontal } from 'lucide-react';
import { type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates, type ListStatesProps } from '../../ui/states.tsx';
import { ExposureNote } from './exposure-note.tsx';
import { QueueFilters, type QueueFiltersProps } from './queue-filters.tsx';
import { QueueRow } from './queue-row.tsx';
import { isNarrowed, type QueueSearch, streamsOf } from './queue-search.ts';
import type { Onlookers } from './use-live-queue.ts';

const NOBODY: readonly Person[] = [];

export interface QueueColumnProps {
  readonly query: ListStatesProps['query'];
  readonly items: readonly desk.ReviewItem[];
  readonly counts: QueueFiltersProps['counts'];
  readonly open: string | undefined;
  readonly search: QueueSearch;
  readonly sort: 'risk' | 'oldest';
  readonly words: string;
  readonly setUp: desk.Desk | undefined;
  readonly myId: string;
  readonly onlookers: Onlookers;
  readonly chosen: ReadonlySet<string> | null;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onWords: (words: string) => void;
  readonly onSearch: QueueFiltersProps['onChange'];
  readonly onChoose: (chosen: ReadonlySet<string> | null) => void;
  readonly onBulk: () => void;
  readonly onShowAll: () => void;
}

export function QueueColumn(props: QueueColumnProps): ReactNode {
  const { chosen, counts, items, onChoose, open, query, search, setUp, sort } = props;
  const { t } = useTranslation('queue');
  const { number } = useFormat();
  const narrowed = isNarrowed(search);
  const [filtering, setFiltering] = useState(narrowed || search.status !== undefined);
  const isVeiled = (item: desk.ReviewItem) => item.headsQueue || (item.isHarsh && setUp?.preferences.veil !== false);
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  return (
    <>
      <div className="grid gap-2.5 px-4 pt-3 pb-3">
        <div className="flex items-center gap-2">
          <h1 className="text-16">{t('title')}</h1>
          {counts === null ? null : <span className="count">{number(counts.all)}</span>}
          <span className="ml-auto text-13 text-ink-3">{t(`sortShort.${sort}`)}</span>
          <IconButton
            small
            label={t('filter.label')}
            aria-expanded={filtering}
            className="-mr-1 aria-expanded:bg-surface-3"
            onClick={() => setFiltering(!filtering)}
          >
            <SlidersHorizontal aria-hidden="true" size={16} strokeWidth={1.75} />
          </IconButton>
          <IconButton
            small
            label={t(chosen === null ? 'bulk.start' : 'bulk.stop')}
            aria-pressed={chosen !== null}
            className="-mr-2 aria-pressed:bg-surface-3"
            onClick={() => onChoose(chosen === null ? new Set() : null)}
          >
            <ListChecks aria-hidden="true" size={16} strokeWidth={1.75} />
          </IconButton>
        </div>
        <SearchField ref={props.searchRef} label={t('filter.q')} value={props.words} onChange={props.onWords} />
        {filtering ? (
          <QueueFilters
            search={search}
            sort={sort}
            streams={streamsOf(items)}
            counts={counts}
            onChange={props.onSearch}
          />
        ) : null}
      </div>
      <div className={items.length > 0 ? '' : 'px-4'}>
        <ListStates
          query={query}
          count={items.length}
          empty={
            narrowed ? (
              <EmptyState icon={SearchX} title={t('empty.noMatch')} text={t('empty.noMatchText')}>
                <Button onClick={props.onShowAll}>{t('empty.showAll')}</Button>
              </EmptyState>
            ) : (
              <EmptyState
                icon={Inbox}
                title={t(`empty.${search.status ?? 'pending'}`)}
                text={search.status === undefined ? t('empty.text') : undefined}
              />
            )
          }
        >
          <ol aria-label={t('title')}>
            {items.map((item) => (
              <QueueRow
                key={item.id}
                item={item}
                isOpen={item.id === open}
                isVeiled={isVeiled(item)}
                myId={props.myId}
                onlookers={props.onlookers.get(item.id) ?? NOBODY}
                chosen={chosen === null ? null : chosen.has(item.id)}
                onChoose={(on) => choose(item.id, on)}
              />
            ))}
          </ol>
        </ListStates>
      </div>
      {chosen === null ? null : (
        <div className="sticky bottom-0 flex flex-wrap items-center gap-2 border-t border-line-strong bg-surface-1 px-4 py-2.5">
          <span className="grow text-14">{t('bulk.chosen', { count: chosen.size })}</span>
          <Button
            small
            onClick={() => onChoose(new Set(items.filter((item) => item.status === 'pending').map(({ id }) => id)))}
          >
            {t('bulk.all')}
          </Button>
          <Button small look="main" disabled={chosen.size === 0} onClick={props.onBulk}>
            {t('bulk.decide')}
          </Button>
        </div>
      )}
      {setUp === undefined ? null : <ExposureNote exposure={setUp.exposure} />}
    </>
  );
}
