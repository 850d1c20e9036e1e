/** What the lists of payments, disputes and payouts have in common. */
import { Link } from '@tanstack/react-router';
import type { Person } from '@virgil/contract';
import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/field.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates, type ListStatesProps } from '../../../ui/states.tsx';

export function PersonLink({ person }: { person: Person | null }): ReactNode {
  const { t } = useTranslation('payments');
  if (person === null) return <span className="text-ink-3">{t('desk.gone')}</span>;
  return (
    <Link to="/admin/users/$userId" params={{ userId: person.id }} className="text-ink" dir="auto">
      {person.displayName}
    </Link>
  );
}

export function DeskSearch<Status extends string>({
  text,
  setText,
  status,
  setStatus,
  choices,
  counts,
}: {
  text: string;
  setText: (text: string) => void;
  status: Status | undefined;
  setStatus: (status: Status | undefined) => void;
  choices: readonly { readonly value: Status; readonly label: string }[];
  /** Of all there are, by state. */
  counts: Readonly<Record<string, number>> | undefined;
}): ReactNode {
  const { t } = useTranslation('payments');
  const { number } = useFormat();
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3">
      <SearchField label={t('desk.search')} value={text} onChange={setText} className="min-w-0 grow sm:max-w-96" />
      <Select
        aria-label={t('desk.status')}
        className="w-auto"
        value={status ?? ''}
        onChange={(event) => setStatus((event.target.value || undefined) as Status | undefined)}
      >
        <option value="">{t('desk.anyStatus')}</option>
        {choices.map(({ label, value }) => (
          <option key={value} value={value}>
            {counts ? `${label} (${number(counts[value] ?? 0)})` : label}
          </option>
        ))}
      </Select>
      {counts ? (
        <p className="num text-14 text-ink-3 md:ml-auto">{t('desk.counts', { all: number(counts.all ?? 0) })}</p>
      ) : null}
    </div>
  );
}

/** `children`: the rows, drawn when there are any. */
export function DeskList({
  query,
  count,
  none,
  onShowAll,
  children,
}: {
  query: ListStatesProps['query'];
  count: number;
  none: { readonly title: string; readonly text: string };
  /** Null: nothing was searched for, so there is nothing to take away. */
  onShowAll: (() => void) | null;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation('payments');
  return (
    <ListStates
      query={query}
      count={count}
      empty={
        <EmptyState icon={SearchX} title={none.title} text={none.text}>
          {onShowAll ? <Button onClick={onShowAll}>{t('desk.showAll')}</Button> : null}
        </EmptyState>
      }
    >
      {children}
    </ListStates>
  );
}

/** The moment in mono on the left, then what it is, then the amount, then what can be done. */
export const DESK_ROW =
  'grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-b border-line py-2.5 md:grid-cols-[9.5rem_minmax(0,1fr)_auto_7.5rem]';

export function DeskMoment({ at }: { at: string }): ReactNode {
  const { dateTime } = useFormat();
  return (
    <time dateTime={at} className="mono col-span-2 text-13 text-ink-2 md:col-span-1">
      {dateTime(at)}
    </time>
  );
}
