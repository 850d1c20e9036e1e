/** What of the queue is shown. All of it stands in the address. */
import { CATEGORIES, desk } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Select } from '../../ui/field.tsx';
import type { QueueSearch } from './queue-search.ts';

export interface QueueFiltersProps {
  readonly search: QueueSearch;
  readonly sort: 'risk' | 'oldest';
  readonly streams: readonly { readonly id: string; readonly title: string }[];
  readonly counts: {
    readonly all: number;
    readonly category: Readonly<Record<string, number | undefined>>;
    readonly source: Readonly<Record<string, number | undefined>>;
  } | null;
  readonly onChange: (change: Partial<Record<keyof QueueSearch, string | undefined>>) => void;
}

export function QueueFilters({ search, sort, streams, counts, onChange }: QueueFiltersProps): ReactNode {
  const { t } = useTranslation(['queue', 'risk']);
  const { number } = useFormat();
  const counted = (words: string, count: number | undefined) =>
    counts === null || count === undefined ? words : `${words} (${number(count)})`;
  const select = (
    name: keyof QueueSearch,
    value: string | undefined,
    options: readonly (readonly [string, string])[],
    any?: string,
  ) => (
    <Select
      aria-label={t(`filter.${name as 'status'}`)}
      value={value ?? ''}
      onChange={(event) => onChange({ [name]: event.target.value || undefined })}
    >
      {any === undefined ? null : <option value="">{any}</option>}
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </Select>
  );
  return (
    <div className="grid grid-cols-2 gap-2 lg:grid-cols-1">
      {select(
        'category',
        search.category,
        CATEGORIES.filter((each) => counts === null || counts.category[each] || each === search.category).map(
          (each) => [each, counted(t(`risk:category.${each}`), counts?.category[each])],
        ),
        t('filter.anyCategory'),
      )}
      {streams.length === 0 && search.stream === undefined
        ? null
        : select(
            'stream',
            search.stream,
            [
              ...streams.map(({ id, title }) => [id, title] as const),
              // Nothing of it waits any more.
              ...(search.stream === undefined || streams.some(({ id }) => id === search.stream)
                ? []
                : [[search.stream, t('filter.thisStream')] as const]),
            ],
            t('filter.anyStream'),
          )}
      {select(
        'source',
        search.source,
        desk.reviewSource.options.map((each) => [each, counted(t(`source.${each}`), counts?.source[each])]),
        t('filter.anySource'),
      )}
      {select(
        'claim',
        search.claim,
        (['mine', 'free', 'others'] as const).map((each) => [each, t(`claim.${each}`)]),
        t('filter.anyClaim'),
      )}
      {select(
        'found',
        search.found,
        (['classifier', 'people'] as const).map((each) => [each, t(`found.${each}`)]),
        t('filter.anyFinder'),
      )}
      {select(
        'status',
        search.status ?? 'pending',
        desk.reviewStatus.options.map((each) => [each, t(`status.${each}`)]),
      )}
      {select(
        'sort',
        sort,
        (['risk', 'oldest'] as const).map((each) => [each, t(`sort.${each}`)]),
      )}
    </div>
  );
}
