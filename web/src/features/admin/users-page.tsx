import { type PlatformRole, platformRole, type Standing, standing, type Tier, tier as tiers } from '@virgil/contract';
import { SearchX, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UserFilter, useUsers } from '../../api/admin-users.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../ui/states.tsx';
import { useSearchWord } from '../../ui/use-search-word.ts';
import { AdminFrame } from './admin-frame.tsx';
import { UserTable } from './user-table.tsx';

function Filters({ filter, onChange }: { filter: UserFilter; onChange: (filter: UserFilter) => void }): ReactNode {
  const { t } = useTranslation(['admin', 'common', 'standing']);
  return (
    <>
      <Select
        aria-label={t('standing')}
        className="w-auto"
        value={filter.standing ?? ''}
        onChange={(event) =>
          onChange({ ...filter, standing: (event.target.value || undefined) as Standing | undefined })
        }
      >
        <option value="">{t('anyStanding')}</option>
        {standing.options.map((each) => (
          <option key={each} value={each}>
            {t(`standing:of.${each}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('tier')}
        className="w-auto"
        value={filter.tier ?? ''}
        onChange={(event) => onChange({ ...filter, tier: (event.target.value || undefined) as Tier | undefined })}
      >
        <option value="">{t('anyTier')}</option>
        {tiers.options.map((each) => (
          <option key={each} value={each}>
            {t(`common:tier.${each}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('role')}
        className="w-auto"
        value={filter.role ?? ''}
        onChange={(event) =>
          onChange({ ...filter, role: (event.target.value || undefined) as PlatformRole | undefined })
        }
      >
        <option value="">{t('anyRole')}</option>
        {platformRole.options.map((each) => (
          <option key={each} value={each}>
            {t(`common:platformRole.${each}`)}
          </option>
        ))}
      </Select>
    </>
  );
}

function People(): ReactNode {
  const { t } = useTranslation(['admin', 'common']);
  const { number } = useFormat();
  const { text, setText, q } = useSearchWord();
  const [filter, setFilter] = useState<UserFilter>({});
  const query = useUsers({ ...filter, q });
  const users = itemsOf(query.data);
  const counts = query.data?.pages[0]?.counts;
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-3">
        <SearchField label={t('search')} value={text} onChange={setText} className="min-w-0 grow sm:max-w-96" />
        <Filters filter={filter} onChange={setFilter} />
        {counts ? (
          <p className="num text-14 text-ink-3 md:ml-auto">
            {t('counts', {
              all: number(counts.all),
              free: number(counts.free),
              pro: number(counts.pro),
              premium: number(counts.premium),
            })}
            <br />
            {t('standingCounts', {
              active: number(counts.active),
              warned: number(counts.warned),
              banned: number(counts.banned),
            })}
          </p>
        ) : null}
      </div>
      <ListStates
        query={query}
        count={users.length}
        empty={
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
        }
      >
        <UserTable users={users} />
      </ListStates>
    </>
  );
}

export function UsersPage(): ReactNode {
  const { t } = useTranslation('admin');
  return (
    <AdminFrame title={t('title')}>
      <div className="page">
        <h1 className="mb-6 flex items-center gap-3 text-27">
          <Users aria-hidden="true" size={24} strokeWidth={1.75} className="text-tone" />
          {t('title')}
        </h1>
        <People />
      </div>
    </AdminFrame>
  );
}
