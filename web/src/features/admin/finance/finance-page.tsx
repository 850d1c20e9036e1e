import { currency as currencies, ledger, type Money, type TransferKind } from '@virgil/contract';
import { Download, Landmark, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BooksFilter, booksFile, useBooks } from '../../../api/books.ts';
import { itemsOf } from '../../../api/queries.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/field.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ErrorState, MoreButton, SkeletonRows } from '../../../ui/states.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';
import { Balances, Volume } from './balances.tsx';
import { BooksCheckPart } from './books-check.tsx';
import { DisputesPart } from './disputes-part.tsx';
import { PaymentSettings } from './payment-settings.tsx';
import { PaymentsPart } from './payments-part.tsx';
import { PayoutsPart } from './payouts-part.tsx';
import { TierPrices } from './tier-prices.tsx';
import { TransfersTable } from './transfers-table.tsx';
import '../../../ui/voice.css';

type Filter = Omit<BooksFilter, 'q'>;

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }): ReactNode {
  const { t } = useTranslation('finance');
  const day = (name: 'from' | 'to') => (
    <label className="flex items-center gap-2 text-ink-2">
      {t(`transfers.${name}`)}
      <input
        type="date"
        className="input w-auto"
        value={filter[name] ?? ''}
        onChange={(event) => onChange({ ...filter, [name]: event.target.value || undefined })}
      />
    </label>
  );
  return (
    <>
      <Select
        aria-label={t('transfers.kind')}
        className="w-auto"
        value={filter.kind ?? ''}
        onChange={(event) =>
          onChange({ ...filter, kind: (event.target.value || undefined) as TransferKind | undefined })
        }
      >
        <option value="">{t('transfers.anyKind')}</option>
        {ledger.transferKind.options.map((each) => (
          <option key={each} value={each}>
            {t(`kind.${each}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('transfers.currency')}
        className="w-auto"
        value={filter.currency ?? ''}
        onChange={(event) =>
          onChange({ ...filter, currency: (event.target.value || undefined) as Money['currency'] | undefined })
        }
      >
        <option value="">{t('transfers.anyCurrency')}</option>
        {currencies.options.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </Select>
      {day('from')}
      {day('to')}
    </>
  );
}

function Books(): ReactNode {
  const { t } = useTranslation('finance');
  const { text, setText, q } = useSearchWord();
  const [filter, setFilter] = useState<Filter>({});
  const query = useBooks({ ...filter, q });
  const transfers = itemsOf(query.data);
  const overview = query.data?.pages[0]?.overview;
  if (query.isPending) return <SkeletonRows rows={8} />;
  if (query.isError && !query.data) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      {overview ? (
        <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
          <BooksCheckPart check={overview.check} />
          <div className="grid content-start gap-10">
            <Balances overview={overview} />
            <Volume overview={overview} />
          </div>
        </div>
      ) : null}
      <section className="mt-12">
        <div className="head items-center">
          <h2 className="grow py-1">{t('transfers.title')}</h2>
          <Button small asChild>
            <a href={booksFile({ ...filter, q })} download>
              <Download aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('transfers.export')}
            </a>
          </Button>
        </div>
        <div className="my-4 flex flex-wrap items-center gap-3">
          <SearchField
            label={t('transfers.search')}
            value={text}
            onChange={setText}
            className="min-w-0 grow sm:max-w-96"
          />
          <Filters filter={filter} onChange={setFilter} />
        </div>
        {transfers.length === 0 ? (
          <EmptyState icon={SearchX} title={t('transfers.none')} text={t('transfers.noneText')}>
            <Button
              onClick={() => {
                setText('');
                setFilter({});
              }}
            >
              {t('transfers.showAll')}
            </Button>
          </EmptyState>
        ) : (
          <TransfersTable transfers={transfers} />
        )}
        <MoreButton query={query} />
      </section>
    </>
  );
}

type Part = 'books' | 'payments' | 'disputes' | 'payouts' | 'settings';

export function FinancePage(): ReactNode {
  const { t } = useTranslation(['finance', 'payments']);
  const [part, setPart] = useState<Part>('books');
  return (
    <AdminFrame title={t('title')}>
      <div className="page">
        <h1 className="flex items-center gap-3 text-27">
          <Landmark aria-hidden="true" size={24} strokeWidth={1.75} className="text-tone" />
          {t('title')}
        </h1>
        <p className="mt-2 mb-8 max-w-[66ch] text-ink-2">{t('intro')}</p>
        <Tabs<Part>
          label={t('payments:desk.tabs')}
          value={part}
          onChange={setPart}
          tabs={[
            { value: 'books', label: t('payments:desk.books'), content: <Books /> },
            { value: 'payments', label: t('payments:desk.payments'), content: <PaymentsPart /> },
            { value: 'disputes', label: t('payments:desk.disputes'), content: <DisputesPart /> },
            { value: 'payouts', label: t('payments:desk.payouts'), content: <PayoutsPart /> },
            {
              value: 'settings',
              label: t('payments:desk.settings'),
              content: (
                <>
                  <PaymentSettings />
                  <TierPrices />
                </>
              ),
            },
          ]}
        />
      </div>
    </AdminFrame>
  );
}
