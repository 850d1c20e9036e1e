import type { UserId } from '@virgil/contract';
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHiddenPeople } from '../../api/blocks.ts';
import { Button } from '../../ui/button.tsx';
import { ChatLine } from './chat-line.tsx';
import { type Fold, withoutHidden } from './hidden-lines.ts';
import { OutgoingLine } from './outgoing-line.tsx';
import type { Said } from './report-line.tsx';
import { keyOf, type Line, type Room } from './room-state.ts';
import { TipLine } from './tip-line.tsx';

/** Pixels from the end within which a reader counts as being at the end. */
const NEAR_END = 40;

export interface ChatFeedProps {
  readonly room: Room;
  readonly myId: UserId | null;
  /** Sees that something stands where people write whom they blocked or muted. */
  readonly moderates: boolean;
  readonly onAgain: (clientId: string) => void;
  readonly onWithdraw: (clientId: string) => void;
  readonly onReport: ((said: Said) => void) | null;
  readonly onEarlier: () => Promise<boolean>;
}

/** Follows the newest line, but holds still while the pointer is on it or the reader has scrolled up. */
export function ChatFeed({
  room,
  myId,
  moderates,
  onAgain,
  onWithdraw,
  onReport,
  onEarlier,
}: ChatFeedProps): ReactNode {
  const { t } = useTranslation('chat');
  const scroller = useRef<HTMLElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [hovered, setHovered] = useState(false);
  const [seen, setSeen] = useState(0);
  const [earlier, setEarlier] = useState<'idle' | 'loading' | 'none'>('idle');
  const following = atEnd && !hovered;
  const { isHidden } = useHiddenPeople();
  const lines = useMemo(() => withoutHidden(room.lines, isHidden, { moderates }), [room.lines, isHidden, moderates]);
  const newest = newestSeq(room.lines);
  const last = room.lines.at(-1);
  const lastKey = last ? keyOf(last) : '';
  const mine = room.outgoing.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line, own or not, is what moves the feed
  useLayoutEffect(() => {
    if (!following) return;
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    setSeen(newest);
  }, [following, newest, lastKey, mine]);

  // What one has just written oneself is always shown.
  useEffect(() => {
    if (mine > 0) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [mine]);

  const unseen = following ? 0 : lines.filter((line) => line.kind === 'message' && line.message.seq > seen).length;

  const toEnd = () => {
    setHovered(false);
    setAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  const loadEarlier = async () => {
    setEarlier('loading');
    const before = scroller.current?.scrollHeight ?? 0;
    const more = await onEarlier().catch(() => true);
    setEarlier(more ? 'idle' : 'none');
    // The reader stays at the line they were on; the older ones grow above it.
    requestAnimationFrame(() => {
      if (scroller.current) scroller.current.scrollTop += scroller.current.scrollHeight - before;
    });
  };

  return (
    <div
      className="relative min-h-0 grow"
      // The button to the end belongs to it: on the section alone, reaching for the button would make it vanish.
      onPointerEnter={(event) => event.pointerType === 'mouse' && setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('feed')}
        className="absolute inset-0 overflow-y-auto overscroll-contain py-2 text-[0.9375rem] leading-[1.375rem]"
        onScroll={({ currentTarget: el }) => setAtEnd(el.scrollHeight - el.scrollTop - el.clientHeight < NEAR_END)}
      >
        <div className="flex min-h-full flex-col justify-end">
          {room.lines.length >= 50 && earlier !== 'none' ? (
            <Button
              small
              look="quiet"
              className="mx-4 mb-2 self-center"
              busy={earlier === 'loading'}
              onClick={loadEarlier}
            >
              {t('earlier')}
            </Button>
          ) : null}
          {/* The role on the list itself would take the list away from its items. */}
          <div role="log" aria-live="polite" aria-label={t('lines')}>
            <ol>
              {lines.map((line) =>
                line.kind === 'hidden' ? (
                  <FoldedLines key={line.key} fold={line} myId={myId} onReport={onReport} />
                ) : (
                  <FeedLine key={keyOf(line)} line={line} myId={myId} onReport={onReport} />
                ),
              )}
              {room.outgoing.map((line) => (
                <OutgoingLine key={line.clientId} line={line} onAgain={onAgain} onWithdraw={onWithdraw} />
              ))}
            </ol>
          </div>
        </div>
      </section>
      {unseen > 0 ? (
        <div className="pointer-events-none absolute inset-x-0 bottom-2 flex justify-center">
          <Button small className="pointer-events-auto bg-surface-1 shadow-float" onClick={toEnd}>
            <ArrowDown aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('newMessages', { count: unseen })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function FeedLine({
  line,
  myId,
  onReport,
}: {
  line: Line;
  myId: UserId | null;
  onReport: ChatFeedProps['onReport'];
}): ReactNode {
  const { t } = useTranslation('chat');
  if (line.kind === 'gap') return <li className="px-4 py-1 text-14 text-ink-3">{t('gap')}</li>;
  if (line.kind === 'removed') return <li className="px-4 py-0.5 text-ink-3 italic">{t('removed')}</li>;
  if (line.kind === 'tip') {
    return <TipLine tip={line.tip} isMine={myId !== null && line.tip.userId === myId} onReport={onReport} />;
  }
  return (
    <ChatLine message={line.message} isMine={line.message.userId === myId} isLate={line.late} onReport={onReport} />
  );
}

function FoldedLines({
  fold,
  myId,
  onReport,
}: {
  fold: Fold;
  myId: UserId | null;
  onReport: ChatFeedProps['onReport'];
}): ReactNode {
  const { t } = useTranslation('letters');
  const [open, setOpen] = useState(false);
  if (open) return fold.lines.map((line) => <FeedLine key={keyOf(line)} line={line} myId={myId} onReport={onReport} />);
  return (
    <li className="px-4 py-0.5">
      <button type="button" className="rounded-1 text-14 text-ink-3 italic underline" onClick={() => setOpen(true)}>
        {t('chat.hidden', { count: fold.lines.length })}
      </button>
    </li>
  );
}

function newestSeq(lines: readonly Line[]): number {
  const last = lines.findLast((line) => line.kind !== 'tip');
  if (!last) return 0;
  return last.kind === 'message' ? last.message.seq : last.seq;
}
