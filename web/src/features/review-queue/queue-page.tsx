/**
 * The moderator's desk: the queue, one item in its moment, and the decision. Hands stay on the keys: after a decision
 * the next item is open, and for ten seconds the last one can be taken back.
 */
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { accounts, desk } from '@virgil/contract';
import clsx from 'clsx';
import { Scale } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Decision, useDesk, useQueue, useReviewItem } from '../../api/desk.ts';
import { useMe } from '../../api/me.ts';
import { ApiProblem } from '../../api/problem.ts';
import { itemsOf } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSearchWord } from '../../ui/use-search-word.ts';
import type { StripAct } from './act-strip.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import { DecisionBar, mayAct } from './decision-bar.tsx';
import { DeskHead } from './desk-head.tsx';
import { DecidedNote, ItemPanel } from './item-panel.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { QueueColumn } from './queue-column.tsx';
import { after, neighbour } from './queue-order.ts';
import { filterOf, type QueueSearch, queueSearch } from './queue-search.ts';
import { SettingsDialog } from './settings-dialog.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useClaim } from './use-claim.ts';
import { useDecisions } from './use-decisions.ts';
import { useDeskKeys } from './use-desk-keys.ts';
import { type Onlookers, useLiveQueue } from './use-live-queue.ts';

export function QueuePage(): ReactNode {
  const { t } = useTranslation(['queue', 'common']);
  const me = useMe();
  const setUp = useDesk();
  usePageTitle(t('pageTitle'));
  if (me === undefined) return <SkeletonRows />;
  if (me === null) {
    return (
      <div className="page">
        <h1 className="sr-only">{t('pageTitle')}</h1>
        <ErrorState error={new ApiProblem('sign_in_required', { status: 401 })}>
          <Button asChild look="main">
            <Link to="/sign-in" search={{ to: window.location.pathname }}>
              {t('common:signIn')}
            </Link>
          </Button>
        </ErrorState>
      </div>
    );
  }
  if (setUp.isError && !setUp.data) {
    return (
      <div className="page">
        <h1 className="sr-only">{t('pageTitle')}</h1>
        <ErrorState error={setUp.error} onRetry={() => void setUp.refetch()} />
      </div>
    );
  }
  if (setUp.data === undefined) return <SkeletonRows />;
  return <Desk me={me} setUp={setUp.data} />;
}

function Desk({ me, setUp }: { me: accounts.Me; setUp: desk.Desk }): ReactNode {
  const { t } = useTranslation('queue');
  const navigate = useNavigate();
  const { itemId } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as QueueSearch;
  const { preferences } = setUp;
  const word = useSearchWord();
  const sort = search.sort ?? preferences.sort;
  const query = useQueue(filterOf(search, preferences.sort), true);
  const items = itemsOf(query.data) as desk.ReviewItem[];
  const counts = query.data?.pages[0]?.counts ?? null;
  const onlookers = useLiveQueue(itemId, true);
  const decisions = useDecisions();
  const opened = useReviewItem(itemId);
  const details = opened.data?.item.id === itemId ? opened.data : undefined;
  const [strip, setStrip] = useState<StripAct | null>(null);
  const [dialog, setDialog] = useState<'settings' | 'keys' | 'bulk' | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const { clearProblem } = decisions;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another item begins with nothing chosen
  useEffect(() => {
    setStrip(null);
    clearProblem();
  }, [itemId, clearProblem]);

  function open(id: string | undefined): void {
    if (id === undefined) void navigate({ to: '/moderation/queue', search: queueSearch, replace: true });
    else {
      void navigate({
        to: '/moderation/queue/$itemId',
        params: { itemId: id },
        search: queueSearch,
        replace: itemId !== undefined,
        resetScroll: false,
      });
    }
  }
  const move = (step: 1 | -1) => {
    const to = neighbour(items, itemId, step);
    if (to !== undefined && to !== itemId) open(to);
  };
  const skip = () => {
    if (itemId === undefined) return open(items[0]?.id);
    const next = after(items, itemId);
    if (next !== undefined && next !== itemId) open(next);
  };
  const choose = (act: StripAct) => () => {
    if (details !== undefined && mayAct(act, details.mayDecide)) setStrip((now) => (now === act ? null : act));
  };
  async function carryOut(decision: Decision): Promise<void> {
    if (details === undefined) return;
    const below = after(items, details.item.id);
    if (!(await decisions.carryOut(details.item, decision))) return;
    setStrip(null);
    open(below === details.item.id ? undefined : below);
  }
  async function takeBack(): Promise<void> {
    const back = await decisions.takeBack();
    if (back !== null) open(back);
  }

  useDeskKeys(preferences, {
    approve: choose('approve'),
    reject: choose('reject'),
    timeout: choose('timeout'),
    punish: choose('punish'),
    escalate: choose('escalate'),
    next: skip,
    down: () => move(1),
    up: () => move(-1),
    undo: () => void takeBack(),
    search: () => searchField.current?.focus(),
    help: () => setDialog('keys'),
  });

  const changeSearch = (change: Partial<Record<keyof QueueSearch, string | undefined>>) =>
    void navigate({
      to: '.',
      search: (now: object) => {
        const next = { ...now, ...change } as Record<string, string | undefined>;
        if (next.status === 'pending') next.status = undefined;
        return next as never;
      },
      replace: true,
      resetScroll: false,
    });
  const keys = preferences.keysOn ? preferences.keys : null;
  const at = items.findIndex(({ id }) => id === itemId);

  return (
    <div
      data-density="compact"
      className="lg:grid lg:h-[calc(100dvh-var(--header-height,4rem))] lg:min-h-[34rem] lg:grid-cols-[19rem_minmax(0,1fr)]"
    >
      <nav
        aria-label={t('title')}
        className={clsx(
          'flex flex-col lg:min-h-0 lg:overflow-y-auto lg:border-r lg:border-line',
          itemId !== undefined && 'hidden lg:flex',
        )}
      >
        <QueueColumn
          query={query}
          items={items}
          counts={counts}
          open={itemId}
          search={search}
          sort={sort}
          words={word.text}
          setUp={setUp}
          myId={me.id}
          onlookers={onlookers}
          chosen={chosen}
          searchRef={searchField}
          onWords={word.setText}
          onSearch={changeSearch}
          onChoose={setChosen}
          onBulk={() => setDialog('bulk')}
          onShowAll={() => {
            word.setText('');
            void navigate({ to: '.', search: {} as never, replace: true });
          }}
        />
      </nav>
      <div className={clsx('flex min-w-0 flex-col lg:min-h-0', itemId === undefined && 'hidden lg:flex')}>
        {/* Beside the list its heading is the page's; alone the item needs one. */}
        <h1 className="sr-only lg:hidden">{t('itemTitle', { name: details?.item.author.displayName ?? '' })}</h1>
        <OpenItem
          key={itemId ?? ''}
          itemId={itemId}
          query={opened}
          details={details}
          me={me}
          setUp={setUp}
          onlookers={onlookers}
          at={at}
          total={counts?.all ?? items.length}
          onMove={move}
          onSettings={() => setDialog('settings')}
          onKeys={() => setDialog('keys')}
        />
        {details === undefined ? null : (
          <DecisionBar
            details={details}
            keys={keys}
            open={strip}
            busy={decisions.busy}
            problem={decisions.problem}
            holder={
              details.item.claim !== null && details.item.claim.by.id !== me.id
                ? details.item.claim.by.displayName
                : null
            }
            onOpen={(act) => {
              clearProblem();
              setStrip(act);
            }}
            onDecide={(decision) => void carryOut(decision)}
            onSkip={skip}
          />
        )}
      </div>
      {decisions.undoable === null ? null : (
        <UndoBar
          undoable={decisions.undoable}
          undoKey={keys?.undo ?? null}
          busy={decisions.busy}
          onUndo={() => void takeBack()}
          onOver={decisions.forget}
        />
      )}
      {dialog === 'settings' ? <SettingsDialog own={setUp} onClose={() => setDialog(null)} /> : null}
      {dialog === 'keys' ? <KeysDialog keys={preferences.keys} onClose={() => setDialog(null)} /> : null}
      {dialog === 'bulk' && chosen !== null ? (
        <BulkDialog
          items={items.filter(({ id }) => chosen.has(id))}
          onClose={() => {
            setDialog(null);
            setChosen(null);
          }}
          onDone={decisions.carriedOut}
        />
      ) : null}
    </div>
  );
}

interface OpenItemProps {
  readonly itemId: string | undefined;
  readonly query: ReturnType<typeof useReviewItem>;
  readonly details: desk.ReviewDetails | undefined;
  readonly me: accounts.Me;
  readonly setUp: desk.Desk;
  readonly onlookers: Onlookers;
  readonly at: number;
  readonly total: number;
  readonly onMove: (step: 1 | -1) => void;
  readonly onSettings: () => void;
  readonly onKeys: () => void;
}

function OpenItem(props: OpenItemProps): ReactNode {
  const { at, details, itemId, me, onKeys, onMove, onSettings, onlookers, query, setUp, total } = props;
  const { t } = useTranslation('queue');
  const claim = details?.item.claim ?? null;
  const isFree =
    details?.mayDecide.allowed === true &&
    details.item.status === 'pending' &&
    (claim === null || claim.by.id === me.id);
  const heldForMs = useClaim(itemId ?? '', itemId !== undefined && isFree);
  return (
    <>
      <DeskHead
        item={details?.item}
        myId={me.id}
        heldForMs={heldForMs}
        onlookers={onlookers.get(itemId ?? '') ?? []}
        at={at}
        total={total}
        rulesOnly={details?.rulesOnly ?? false}
        onMove={onMove}
        onSettings={onSettings}
        onKeys={onKeys}
      />
      {details === undefined ? null : <DecidedNote details={details} myId={me.id} />}
      <div className="min-h-0 grow max-lg:pb-2 lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(20rem,25rem)]">
        {itemId === undefined ? (
          <EmptyState icon={Scale} title={t('pick')} text={t('pickText')} className="px-7 py-16" />
        ) : details !== undefined ? (
          <ItemPanel details={details} preferences={setUp.preferences} />
        ) : query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} className="px-4 sm:px-7" />
        ) : (
          <div className="px-4 sm:px-7">
            <SkeletonRows rows={4} />
          </div>
        )}
      </div>
    </>
  );
}
