import { Ban, BellOff, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type HiddenKind, setHidden, useHiddenList } from '../../api/blocks.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates, SkeletonRows } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { Part } from './part.tsx';

const KINDS = {
  block: { icon: Ban, tab: 'people.blocked', text: 'people.blockedText', none: 'people.noBlocked' },
  mute: { icon: BellOff, tab: 'people.muted', text: 'people.mutedText', none: 'people.noMuted' },
} as const;

function Hidden({ kind }: { kind: HiddenKind }): ReactNode {
  const { t } = useTranslation('letters');
  const { date } = useFormat();
  const problemText = useProblemText();
  const [text, setText] = useState('');
  const q = useDebounced(text.trim()) || undefined;
  const query = useHiddenList(kind, q);
  const items = itemsOf(query.data);
  const act = kind === 'block' ? 'people.unblock' : 'people.unmute';

  function change(person: { id: string; displayName: string }, isHidden: boolean): void {
    const name = person.displayName;
    setHidden(kind, person.id, isHidden).then(
      () =>
        showToast(t(isHidden ? `${kind}.done` : `${kind}.undone`, { name }), {
          undo: () => change(person, !isHidden),
        }),
      (error: unknown) => showToast(problemText(error), { tone: 'bad' }),
    );
  }

  return (
    <>
      <p className="mb-4 max-w-[60ch] text-ink-2">{t(KINDS[kind].text)}</p>
      <SearchField label={t('people.search')} value={text} onChange={setText} />
      <ListStates
        query={query}
        count={items.length}
        skeleton={<SkeletonRows rows={3} />}
        empty={
          <EmptyState
            icon={q ? SearchX : KINDS[kind].icon}
            title={q ? t('people.noMatch', { q }) : t(KINDS[kind].none)}
            text={q ? undefined : t('people.noneText')}
            className="py-6"
          />
        }
      >
        <ul className="rows mt-2">
          {items.map(({ person, since }) => (
            <li key={person.id} className="flex items-center gap-3 py-3">
              <Avatar person={person} size="s" />
              <div className="min-w-0 grow">
                <p className="truncate font-[560]" dir="auto">
                  {person.displayName}
                </p>
                <p className="text-14 text-ink-3">{t('people.since', { date: date(since) })}</p>
              </div>
              <Button
                small
                aria-label={t(kind === 'block' ? 'people.unblockOf' : 'people.unmuteOf', { name: person.displayName })}
                onClick={() => change(person, false)}
              >
                {t(act)}
              </Button>
            </li>
          ))}
        </ul>
      </ListStates>
    </>
  );
}

/** People one has blocked or muted, and the way back. */
export function PeopleSection(): ReactNode {
  const { t } = useTranslation('letters');
  const [kind, setKind] = useState<HiddenKind>('block');
  return (
    <Part title={t('people.title')} text={t('people.text')}>
      <Tabs<HiddenKind>
        label={t('people.title')}
        value={kind}
        onChange={setKind}
        className="-mt-4"
        tabs={(['block', 'mute'] as const).map((value) => {
          const Icon = KINDS[value].icon;
          return {
            value,
            label: (
              <>
                <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
                {t(KINDS[value].tab)}
              </>
            ),
            content: <Hidden kind={value} />,
          };
        })}
      />
    </Part>
  );
}
