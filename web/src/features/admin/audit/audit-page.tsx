import { useNavigate, useSearch } from '@tanstack/react-router';
import { AUDIT_TYPES, type AuditType, type UserId } from '@virgil/contract';
import { Download, SearchX, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditFilter, auditFile, useAuditLog } from '../../../api/audit.ts';
import { itemsOf } from '../../../api/queries.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/field.tsx';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';
import type { AuditSearch } from './audit-search.ts';
import { EntryList } from './entry-list.tsx';
import { EntryProof } from './entry-proof.tsx';
import { shortId } from './entry-words.ts';
import { LogHead } from './log-head.tsx';

type Change = { readonly [K in keyof AuditSearch]?: AuditSearch[K] | undefined };

const SORTED_TYPES = [...AUDIT_TYPES].sort();

/** Days are the browser's own: from the first moment of one to the last of the other. */
function filterOf({ entry: _, from, to, actorId, ...search }: AuditSearch): AuditFilter {
  const startOf = (day: string, plus = 0) => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    return new Date(year, month - 1, date + plus).toISOString();
  };
  return {
    ...search,
    actorId: actorId as UserId | undefined,
    from: from && startOf(from),
    until: to && startOf(to, 1),
  };
}

function Filters({ search, onChange }: { search: AuditSearch; onChange: (change: Change) => void }) {
  const { t } = useTranslation('audit');
  return (
    <>
      <Select
        aria-label={t('filter.kind')}
        className="w-auto max-w-full"
        value={search.type ?? ''}
        onChange={(event) => onChange({ type: (event.target.value || undefined) as AuditType })}
      >
        <option value="">{t('filter.anyKind')}</option>
        {SORTED_TYPES.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </Select>
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="flex items-center gap-2 text-14 text-ink-2">
          {t(`filter.${name}`)}
          <input
            type="date"
            className="input w-auto"
            value={search[name] ?? ''}
            onChange={(event) => onChange({ [name]: event.target.value || undefined })}
          />
        </label>
      ))}
    </>
  );
}

/** What narrows the list and has no field of its own: one thing's history, one person's acts. */
function Narrowed({ search, onChange }: { search: AuditSearch; onChange: (change: Change) => void }) {
  const { t } = useTranslation('audit');
  const { entity, entityId, actorId } = search;
  const chips = [
    ...(entityId === undefined
      ? []
      : [
          {
            key: 'entityId',
            text: t('historyOf', {
              what: `${entity ? t(`entity.${entity as 'strike'}`, { defaultValue: entity }) : ''} ${shortId(entityId)}`.trim(),
            }),
            clear: { entity: undefined, entityId: undefined },
          },
        ]),
    ...(actorId === undefined
      ? []
      : [{ key: 'actorId', text: t('actsOf', { who: shortId(actorId) }), clear: { actorId: undefined } }]),
  ];
  return chips.map(({ key, text, clear }) => (
    <Button key={key} small onClick={() => onChange(clear)} aria-label={t('filter.clear', { what: text })}>
      {text}
      <X aria-hidden="true" size={16} strokeWidth={1.75} />
    </Button>
  ));
}

function Log({ search }: { search: AuditSearch }): ReactNode {
  const { t } = useTranslation('audit');
  const navigate = useNavigate();
  const { text, setText, q } = useSearchWord();
  const { q: _, ...rest } = search;
  const filter = filterOf({ ...rest, ...(q === undefined ? {} : { q }) });
  const query = useAuditLog(filter);
  const entries = itemsOf(query.data);
  const change = (next: Change) =>
    void navigate({
      to: '.',
      search: (now) =>
        Object.fromEntries(Object.entries({ ...now, ...next }).filter(([, value]) => value !== undefined)),
      replace: true,
      resetScroll: false,
    });
  return (
    <section aria-label={t('entries')} className="min-w-0">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 md:px-6">
        <SearchField label={t('filter.search')} value={text} onChange={setText} className="min-w-48 grow sm:max-w-72" />
        <Filters search={search} onChange={change} />
        <Narrowed search={search} onChange={change} />
        <div className="ml-auto">
          <Menu
            trigger={
              <Button small look="quiet">
                <Download aria-hidden="true" size={16} strokeWidth={1.75} />
                {t('export')}
              </Button>
            }
          >
            <MenuItem asChild>
              <a href={auditFile(filter, 'csv')} download>
                {t('exportCsv')}
              </a>
            </MenuItem>
            <MenuItem asChild>
              <a href={auditFile(filter, 'json')} download>
                {t('exportJson')}
              </a>
            </MenuItem>
          </Menu>
        </div>
      </div>
      <div className={entries.length > 0 ? 'pb-8' : 'px-4 md:px-6'}>
        <ListStates
          query={query}
          count={entries.length}
          empty={
            <EmptyState icon={SearchX} title={t('none')} text={t('noneText')}>
              <Button
                onClick={() => {
                  setText('');
                  void navigate({ to: '.', search: {}, replace: true });
                }}
              >
                {t('showAll')}
              </Button>
            </EmptyState>
          }
        >
          <EntryList entries={entries} open={search.entry} />
        </ListStates>
      </div>
    </section>
  );
}

export function AuditPage(): ReactNode {
  const { t } = useTranslation('audit');
  const search: AuditSearch = useSearch({ strict: false });
  return (
    <AdminFrame title={t('title')}>
      <LogHead />
      <div className={search.entry === undefined ? 'grid' : 'grid lg:grid-cols-[minmax(0,1fr)_minmax(0,35rem)]'}>
        <Log search={search} />
        {search.entry === undefined ? null : <EntryProof key={search.entry} eventId={search.entry} />}
      </div>
    </AdminFrame>
  );
}
