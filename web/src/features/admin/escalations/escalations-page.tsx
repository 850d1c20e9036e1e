/** What waits for an admin: the queue on the left, one matter with everything it stands on beside it. */
import { useNavigate, useParams } from '@tanstack/react-router';
import { desk, escalations } from '@virgil/contract';
import clsx from 'clsx';
import { Clock, SearchX, Siren, Timer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EscalationFilter, useEscalations } from '../../../api/escalations.ts';
import { itemsOf } from '../../../api/queries.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/field.tsx';
import { useKey } from '../../../ui/keys.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';
import { useRowKeys } from '../use-row-keys.ts';
import { EscalationList } from './escalation-list.tsx';
import { EscalationPanel } from './escalation-panel.tsx';
import { TimesDialog } from './times-dialog.tsx';

type State = 'open' | 'decided';
type Filter = Pick<EscalationFilter, 'trigger' | 'source' | 'overdue'>;

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }): ReactNode {
  const { t } = useTranslation('escalations');
  const isOverdue = filter.overdue === 'true';
  return (
    <div className="grid grid-cols-2 gap-2">
      <Select
        aria-label={t('causeLabel')}
        value={filter.trigger ?? ''}
        onChange={(event) => onChange({ ...filter, trigger: (event.target.value || undefined) as Filter['trigger'] })}
      >
        <option value="">{t('anyCause')}</option>
        {escalations.escalationCause.options.map((cause) => (
          <option key={cause} value={cause}>
            {t(`cause.${cause}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('sourceLabel')}
        value={filter.source ?? ''}
        onChange={(event) => onChange({ ...filter, source: (event.target.value || undefined) as Filter['source'] })}
      >
        <option value="">{t('anySource')}</option>
        {desk.reviewSource.options.map((source) => (
          <option key={source} value={source}>
            {t(`source.${source}`)}
          </option>
        ))}
      </Select>
      <Button
        small
        aria-pressed={isOverdue}
        className={clsx('justify-self-start', isOverdue && 'bg-surface-3')}
        onClick={() => onChange({ ...filter, overdue: isOverdue ? undefined : 'true' })}
      >
        <Clock aria-hidden="true" size={16} strokeWidth={1.75} />
        {t('overdueOnly')}
      </Button>
    </div>
  );
}

function Desk({ selected }: { selected: string | undefined }): ReactNode {
  const { t } = useTranslation('escalations');
  const { number } = useFormat();
  const navigate = useNavigate();
  const { text, setText, q } = useSearchWord();
  const [state, setState] = useState<State>('open');
  const [filter, setFilter] = useState<Filter>({});
  const [asksTimes, setAsksTimes] = useState(false);
  const isFiltered = q !== undefined || Object.values(filter).some((value) => value !== undefined);
  const query = useEscalations({ ...filter, state, ...(q ? { q } : {}) });
  const items = itemsOf(query.data);
  const counts = query.data?.pages[0]?.counts;
  const at = items.findIndex(({ id }) => id === selected);

  function open(index: number): void {
    const escalation = items[index];
    if (!escalation) return;
    void navigate({
      to: '/admin/escalations/$escalationId',
      params: { escalationId: escalation.id },
      search: (search) => search,
      replace: selected !== undefined,
      resetScroll: false,
    });
  }
  const next = () => open(at === -1 ? 0 : at + 1 < items.length ? at + 1 : at - 1);
  useRowKeys(items.length, at, open, selected !== undefined);
  useKey('n', next, selected !== undefined);

  return (
    <div className="lg:grid lg:min-h-[calc(100dvh-7rem)] lg:grid-cols-[24rem_minmax(0,1fr)]">
      <div
        className={clsx(
          'lg:sticky lg:top-0 lg:max-h-dvh lg:self-start lg:overflow-y-auto',
          selected === undefined ? '' : 'hidden lg:block',
        )}
      >
        <div className="grid gap-3 px-4 py-5">
          <div className="flex items-center gap-3">
            <h1 className="flex grow items-center gap-3 text-21">
              <Siren aria-hidden="true" size={20} strokeWidth={1.75} className="text-tone" />
              {t('title')}
            </h1>
            <Button look="quiet" small onClick={() => setAsksTimes(true)}>
              <Timer aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('times.open')}
            </Button>
          </div>
          <p className="text-14 text-ink-2">{t('text')}</p>
          <ToggleGroup<State>
            label={t('state.label')}
            value={state}
            onChange={setState}
            choices={(['open', 'decided'] as const).map((value) => ({
              value,
              label: (
                <>
                  {t(`state.${value}`)}{' '}
                  <span className="num font-normal text-ink-3">{counts ? number(counts[value]) : ''}</span>
                </>
              ),
            }))}
          />
          <SearchField label={t('search')} value={text} onChange={setText} />
          <Filters filter={filter} onChange={setFilter} />
          {counts && counts.open > 0 ? (
            <p className="num text-13 text-ink-3" role="status">
              {t('counts', {
                open: number(counts.open),
                urgent: number(counts.urgent),
                overdue: number(counts.overdue),
              })}
            </p>
          ) : null}
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
                <EmptyState
                  icon={Siren}
                  title={t(state === 'open' ? 'empty' : 'emptyDecided')}
                  text={state === 'open' ? t('emptyText') : undefined}
                />
              )
            }
          >
            <EscalationList items={items} selected={selected} />
          </ListStates>
        </div>
      </div>
      <div
        className={clsx('px-4 sm:px-6 lg:border-l lg:border-line lg:px-8', selected === undefined && 'hidden lg:block')}
      >
        {selected === undefined ? (
          <EmptyState icon={Siren} title={t('pick')} text={t('pickText')} className="py-16" />
        ) : (
          // After a decision the next one that waits is open, so that hands stay on the keys.
          <EscalationPanel id={selected} onNext={next} />
        )}
      </div>
      {asksTimes ? <TimesDialog onClose={() => setAsksTimes(false)} /> : null}
    </div>
  );
}

export function EscalationsPage(): ReactNode {
  const { t } = useTranslation('escalations');
  const { escalationId } = useParams({ strict: false });
  return (
    <AdminFrame title={t('title')}>
      <Desk selected={escalationId} />
    </AdminFrame>
  );
}
