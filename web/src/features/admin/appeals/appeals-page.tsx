/** Objections that wait for an admin, and those that were decided. */
import '../../../ui/voice.css';
import { type AppealStatus, appealStatus } from '@virgil/contract';
import { Scale, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppeals } from '../../../api/appeals.ts';
import { itemsOf } from '../../../api/queries.ts';
import { useFormat } from '../../../i18n/format.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';
import { AppealEntry } from './appeal-entry.tsx';

export function AdminAppealsPage(): ReactNode {
  const { t } = useTranslation('standing');
  return (
    <AdminFrame title={t('appeals.title')}>
      <div className="page">
        <h1 className="flex items-center gap-3 text-27">
          <Scale aria-hidden="true" size={24} strokeWidth={1.75} className="text-tone" />
          {t('appeals.title')}
        </h1>
        <p className="mt-1 mb-6 text-ink-2">{t('appeals.text')}</p>
        <List />
      </div>
    </AdminFrame>
  );
}

function List(): ReactNode {
  const { t } = useTranslation('standing');
  const { number } = useFormat();
  const { text, setText, q } = useSearchWord();
  const [status, setStatus] = useState<AppealStatus>('pending');
  const query = useAppeals({ status, q });
  const items = itemsOf(query.data);
  const counts = query.data?.pages[0]?.counts;
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-3">
        <SearchField label={t('appeals.search')} value={text} onChange={setText} className="min-w-0 grow sm:max-w-80" />
        <ToggleGroup<AppealStatus>
          label={t('appeals.filter')}
          value={status}
          onChange={setStatus}
          choices={appealStatus.options.map((value) => ({
            value,
            label: (
              <>
                {t(`appeals.${value}`)}
                {counts ? <span className="num font-normal text-ink-3">{number(counts[value])}</span> : null}
              </>
            ),
          }))}
        />
      </div>
      <ListStates
        query={query}
        count={items.length}
        empty={<Nothing isSearch={q !== undefined} isOpen={status === 'pending'} />}
      >
        <ul className="border-t border-line">
          {items.map((item) => (
            <AppealEntry key={item.id} appeal={item} />
          ))}
        </ul>
      </ListStates>
    </>
  );
}

function Nothing({ isSearch, isOpen }: { isSearch: boolean; isOpen: boolean }): ReactNode {
  const { t } = useTranslation('standing');
  if (isSearch) return <EmptyState icon={SearchX} title={t('strikes.noMatch')} text={t('strikes.noMatchText')} />;
  return isOpen ? (
    <EmptyState icon={Scale} title={t('appeals.empty')} text={t('appeals.emptyText')} />
  ) : (
    <EmptyState icon={Scale} title={t('appeals.emptyDecided')} text={t('appeals.emptyDecidedText')} />
  );
}
