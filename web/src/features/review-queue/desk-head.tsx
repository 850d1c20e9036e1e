/** The line above the item: where it stands, whose it is for how long, and the way to the next. */
import { Link } from '@tanstack/react-router';
import type { desk, Person } from '@virgil/contract';
import { ArrowLeft, ChevronLeft, ChevronRight, Eye, Hourglass, Keyboard, Settings2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf, useFormat } from '../../i18n/format.ts';
import { IconButton } from '../../ui/button.tsx';
import { RealmMark } from '../../ui/realm-mark.tsx';
import { queueSearch } from './queue-search.ts';

const icon = { 'aria-hidden': true, size: 16, strokeWidth: 1.75 } as const;

export interface DeskHeadProps {
  readonly item: desk.ReviewItem | undefined;
  readonly myId: string;
  /** Milliseconds; null while it is not one's own. */
  readonly heldForMs: number | null;
  readonly onlookers: readonly Person[];
  readonly at: number;
  readonly total: number;
  readonly rulesOnly: boolean;
  readonly onMove: (step: 1 | -1) => void;
  readonly onSettings: () => void;
  readonly onKeys: () => void;
}

function Place({ item }: { item: desk.ReviewItem }): ReactNode {
  const { t } = useTranslation('queue');
  return (
    <p className="hidden min-w-0 items-center gap-3 text-14 text-ink-2 sm:flex">
      <span className="flex-none">{t(`place.${item.source}`)}</span>
      {item.stream === null ? null : (
        <>
          <Link to="/watch/$streamId" params={{ streamId: item.stream.id }} className="min-w-0 truncate" dir="auto">
            {item.stream.title}
            {item.channel === null ? null : `, ${item.channel.name}`}
          </Link>
          <RealmMark realm={item.stream.realm} className="hidden md:inline-flex" />
        </>
      )}
    </p>
  );
}

function Holding({
  item,
  heldForMs,
  myId,
  onlookers,
}: Pick<DeskHeadProps, 'heldForMs' | 'myId' | 'onlookers'> & { item: desk.ReviewItem }): ReactNode {
  const { t } = useTranslation('queue');
  const { list } = useFormat();
  const others = onlookers.filter(({ id }) => id !== myId).map(({ displayName }) => displayName);
  const holder = item.claim !== null && item.claim.by.id !== myId ? item.claim.by.displayName : null;
  if (item.status !== 'pending') return null;
  return (
    <>
      {others.length === 0 ? null : (
        <span className="hidden min-w-0 items-center gap-1.5 text-14 text-ink-2 md:inline-flex">
          <Eye {...icon} className="flex-none" />
          <span className="truncate">{t('alsoLooking', { count: others.length, names: list(others) })}</span>
        </span>
      )}
      {holder !== null ? (
        <span className="inline-flex items-center gap-1.5 text-14 text-warn">
          <Hourglass {...icon} />
          {t('worksOnIt', { name: holder })}
        </span>
      ) : heldForMs === null ? null : (
        <span className="inline-flex items-center gap-1.5 text-14">
          <Hourglass {...icon} />
          {heldForMs > 0 ? (
            <span>
              {t('yoursFor')} <b className="mono">{clockOf(heldForMs / 1000)}</b>{' '}
              <span className="hidden sm:inline">{t('yoursForMore')}</span>
            </span>
          ) : (
            t('yoursNoMore')
          )}
        </span>
      )}
    </>
  );
}

export function DeskHead(props: DeskHeadProps): ReactNode {
  const { at, heldForMs, item, myId, onKeys, onMove, onlookers, onSettings, rulesOnly, total } = props;
  const { t } = useTranslation('queue');
  const { number } = useFormat();
  return (
    <div className="border-b border-line">
      <div className="flex min-h-11 items-center gap-x-4 gap-y-1 px-4 sm:px-5">
        {item === undefined ? (
          <span className="grow text-14 text-ink-2">{t('pickHint')}</span>
        ) : (
          <>
            <Link
              to="/moderation/queue"
              search={queueSearch}
              className="inline-flex flex-none items-center gap-1 text-14 lg:hidden"
            >
              <ArrowLeft {...icon} />
              {t('title')}
            </Link>
            <Place item={item} />
            <span className="grow" />
            <Holding item={item} heldForMs={heldForMs} myId={myId} onlookers={onlookers} />
          </>
        )}
        {item === undefined ? null : (
          <span className="flex flex-none items-center text-14 text-ink-2">
            {at === -1 ? null : (
              <span className="mr-1 hidden sm:inline">
                {t('place.of', { at: number(at + 1), total: number(total) })}
              </span>
            )}
            <IconButton small label={t('keyOf.up')} onClick={() => onMove(-1)}>
              <ChevronLeft {...icon} />
            </IconButton>
            <IconButton small label={t('keyOf.down')} onClick={() => onMove(1)}>
              <ChevronRight {...icon} />
            </IconButton>
          </span>
        )}
        <span className="-ml-3 flex flex-none">
          <IconButton small label={t('keysTitle')} className="max-sm:hidden" onClick={onKeys}>
            <Keyboard {...icon} />
          </IconButton>
          <IconButton small label={t('settings.title')} onClick={onSettings}>
            <Settings2 {...icon} />
          </IconButton>
        </span>
      </div>
      {rulesOnly ? (
        <p role="status" className="border-t border-line bg-warn-soft px-4 py-1.5 text-14 text-warn sm:px-5">
          {t('rulesOnly')}
        </p>
      ) : null}
    </div>
  );
}
