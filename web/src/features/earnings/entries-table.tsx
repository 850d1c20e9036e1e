import { type EarningsEntry, type EarningsKind, ledger } from '@virgil/contract';
import clsx from 'clsx';
import { SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEarningsEntries } from '../../api/earnings.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Select } from '../../ui/field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../ui/states.tsx';
import { useSearchWord } from '../../ui/use-search-word.ts';
import { EntryWords } from './entry-words.tsx';

function Row({ entry }: { entry: EarningsEntry }): ReactNode {
  const { dateTime, money } = useFormat();
  const { at, paid, platform, yours } = entry;
  const isTaken = yours.amount < 0;
  return (
    <tr className={clsx('[&>td]:border-b [&>td]:border-line [&>td]:py-2.5 [&>td]:align-top', isTaken && 'text-ink-2')}>
      <td className="num w-20 pr-3 text-14 leading-6 text-ink-2 sm:w-36 sm:whitespace-nowrap">
        <time dateTime={at}>{dateTime(at)}</time>
      </td>
      <td className="min-w-0 pr-4 [overflow-wrap:anywhere]">
        <EntryWords entry={entry} />
      </td>
      <td className="num hidden pl-4 text-right whitespace-nowrap md:table-cell">{paid ? money(paid) : ''}</td>
      <td className="num hidden pl-4 text-right whitespace-nowrap md:table-cell">
        {platform && platform.amount !== 0 ? money(platform) : ''}
      </td>
      <td className="num pl-4 text-right font-[620] whitespace-nowrap">{yours.amount === 0 ? '' : money(yours)}</td>
    </tr>
  );
}

/** Every entry, newest first: what was paid, what the platform kept, what is one's own. */
export function EntriesTable(): ReactNode {
  const { t } = useTranslation(['earnings', 'common']);
  const { text, setText, q } = useSearchWord();
  const [kind, setKind] = useState<EarningsKind | undefined>();
  const query = useEarningsEntries({ kind, q });
  const entries = itemsOf(query.data);
  return (
    <section className="mt-12" aria-labelledby="every-entry">
      <div className="head items-center">
        <h2 id="every-entry">{t('entries.title')}</h2>
        <span className="text-14 text-ink-2">{t('entries.note')}</span>
        <div className="flex w-full flex-wrap gap-3 py-1 lg:ml-auto lg:w-auto">
          <SearchField
            label={t('entries.search')}
            value={text}
            onChange={setText}
            className="min-w-0 grow basis-52 lg:w-64"
          />
          <Select
            aria-label={t('entries.kind')}
            className="w-auto"
            value={kind ?? ''}
            onChange={(event) => setKind((event.target.value || undefined) as EarningsKind | undefined)}
          >
            <option value="">{t('entries.allKinds')}</option>
            {ledger.earningsKind.options.map((each) => (
              <option key={each} value={each}>
                {t(`kind.${each}`)}
              </option>
            ))}
          </Select>
        </div>
      </div>
      <ListStates
        query={query}
        count={entries.length}
        empty={<EmptyState icon={SearchX} title={t('entries.noMatch')} text={t('entries.noMatchText')} />}
      >
        <table className="w-full">
          <thead>
            <tr className="text-14 text-ink-3 [&>th]:border-b [&>th]:border-line [&>th]:py-2 [&>th]:font-[560]">
              <th scope="col">{t('entries.when')}</th>
              <th scope="col">{t('entries.what')}</th>
              <th scope="col" className="hidden pl-4 text-right md:table-cell">
                {t('entries.paid')}
              </th>
              <th scope="col" className="hidden pl-4 text-right md:table-cell">
                {t('entries.platform')}
              </th>
              <th scope="col" className="pl-4 text-right">
                {t('entries.yours')}
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Row key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      </ListStates>
    </section>
  );
}
