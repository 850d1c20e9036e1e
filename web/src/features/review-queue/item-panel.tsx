/** One item: who wrote what, the moment around it, and why it is here. */
import { Link } from '@tanstack/react-router';
import type { desk } from '@virgil/contract';
import clsx from 'clsx';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { noteLook } from '../../api/desk.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { riskLevel } from '../../ui/risk-score.ts';
import { useNow } from '../../ui/use-now.ts';
import { Veil } from '../../ui/veil.tsx';
import { MomentLine } from './moment-line.tsx';
import { MomentVideo } from './moment-video.tsx';
import { Neighbours } from './neighbours.tsx';
import { WhyColumn } from './why-column.tsx';

export interface ItemPanelProps {
  readonly details: desk.ReviewDetails;
  readonly preferences: desk.DeskPreferences;
}

const SPINES = ['border-line-strong', 'border-(--risk-1)', 'border-(--risk-2-fill)', 'border-(--risk-3-fill)'] as const;

export function ItemPanel({ details, preferences }: ItemPanelProps): ReactNode {
  const { t } = useTranslation('queue');
  const { item } = details;
  const isVeiled = item.headsQueue || (item.isHarsh && preferences.veil);
  const holdKey = preferences.keysOn ? preferences.keys.look : null;
  const isDone = item.status !== 'pending';
  // A count that is lost harms nobody; the next look brings it again. The server counts an item once.
  const look = () => void noteLook(item.id).catch(() => undefined);
  const seen = () => {
    if (item.isHarsh) look();
  };
  return (
    <>
      <article className={clsx('min-w-0 lg:overflow-y-auto', isDone && '[&_blockquote]:text-ink-3')}>
        <Author details={details} />
        {isVeiled ? (
          <Veil
            key={item.id}
            why={t(item.headsQueue ? 'hiddenMinors' : 'hidden')}
            className="px-4 pb-4 sm:px-7"
            holdKey={holdKey}
            onShow={seen}
          >
            <Quote details={details} />
          </Veil>
        ) : (
          <>
            <div className="px-4 pb-4 sm:px-7">
              <Quote details={details} />
            </div>
            {item.isHarsh ? <Seen key={item.id} onSeen={seen} /> : null}
          </>
        )}
        <Moment details={details} preferences={preferences} isVeiled={isVeiled} holdKey={holdKey} />
        <MomentLine lines={details.surroundings.linesEach2s} at={item.writtenAt} />
        <Neighbours details={details} veils={preferences.veil} holdKey={holdKey} onShow={look} />
      </article>
      <WhyColumn details={details} holdKey={holdKey} veiled={isVeiled} />
    </>
  );
}

/** Shown without a veil, by the reader's own choice: it counts all the same. */
function Seen({ onSeen }: { onSeen: () => void }): ReactNode {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each item that is opened
  useEffect(onSeen, []);
  return null;
}

function Author({ details }: { details: desk.ReviewDetails }): ReactNode {
  const { t } = useTranslation('queue');
  const { date } = useFormat();
  const { author, item } = details;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 px-4 pt-4 pb-3 sm:px-7">
      <Avatar person={item.author} size="s" />
      <Link
        to="/c/$channelId"
        params={{ channelId: item.author.id }}
        className="font-[640] text-ink no-underline hover:underline"
      >
        <bdi>{item.author.displayName}</bdi>
      </Link>
      <span className="text-14 text-ink-2">{t('standing.since', { date: date(author.memberSince) })}</span>
      {item.foundByClassifier ? null : (
        <span className="text-14 text-ink-2">{t('voices', { count: item.voices })}</span>
      )}
    </div>
  );
}

function Quote({ details }: { details: desk.ReviewDetails }): ReactNode {
  const { item, text } = details;
  return (
    <blockquote
      dir="auto"
      className={clsx(
        'max-w-[36ch] border-l-[3px] pl-4 text-21 font-[560] tracking-[-0.012em] text-pretty whitespace-pre-line [overflow-wrap:anywhere] sm:text-27 sm:leading-[1.25]',
        // A long comment in the size of a line of chat would fill the page.
        text.length > 200 && 'max-w-[60ch]! text-18! leading-normal!',
        SPINES[riskLevel(item.riskScore, item.thresholds ?? undefined)],
      )}
    >
      {text}
    </blockquote>
  );
}

function Moment({
  details,
  preferences,
  isVeiled,
  holdKey,
}: ItemPanelProps & { isVeiled: boolean; holdKey: string | null }): ReactNode {
  const { t } = useTranslation('queue');
  const { duration } = useFormat();
  const { item, moment, surroundings } = details;
  const video =
    moment.kind === 'none' ? null : (
      <MomentVideo
        key={item.id}
        moment={moment}
        writtenAt={item.writtenAt}
        muted={preferences.muted}
        greyscale={preferences.greyscale}
      />
    );
  const hasVideo = moment.kind !== 'none';
  const why = moment.kind === 'none' && moment.because !== 'not_live' ? t(`moment.none.${moment.because}`) : null;
  const facts = [
    ...(surroundings.secondsIn === null ? [] : [t('moment.in', { duration: duration(surroundings.secondsIn) })]),
    ...(item.video === null ? [] : [t('moment.under')]),
  ];
  return (
    <div className="border-t border-b border-line">
      {hasVideo && isVeiled ? (
        <Veil why={t('moment.veiled')} className="px-4 py-3 sm:px-7" holdKey={holdKey}>
          {video}
        </Veil>
      ) : hasVideo ? (
        video
      ) : null}
      {facts.length === 0 && item.video === null && why === null ? null : (
        <p className="border-t border-line px-4 py-2.5 text-14 text-ink-2 first:border-0 sm:px-7">
          {[...facts, why].join(' ')}{' '}
          {item.video === null ? null : (
            <Link to="/videos/$videoId" params={{ videoId: item.video.id }}>
              {item.video.title || t('moment.openVideo')}
            </Link>
          )}
        </p>
      )}
    </div>
  );
}

/** “Ana approved this 2 s ago.” */
export function DecidedNote({ details, myId }: { details: desk.ReviewDetails; myId: string }): ReactNode {
  const { t } = useTranslation('queue');
  const { dateTime, duration } = useFormat();
  const now = useNow(1000);
  const { item } = details;
  const done = item.status === 'escalated' ? item.escalated : item.decided;
  if (item.status === 'pending' || done === null) return null;
  const seconds = Math.max(0, Math.floor((now - Date.parse(done.at)) / 1000));
  const when = seconds < 3600 ? t('ago', { duration: duration(seconds) }) : dateTime(done.at);
  const name = done.by === null ? t('system') : done.by.id === myId ? t('youCapital') : done.by.displayName;
  return (
    <p role="status" className="border-b border-line bg-note-soft px-4 py-2 text-note sm:px-7">
      {t(`done.${lastKind(details)}`, { name, when })}
    </p>
  );
}

const KINDS = ['approve', 'reject', 'timeout', 'warning', 'strike', 'ban', 'escalate', 'penalty'] as const;
const OF_STATUS = { approved: 'approve', rejected: 'reject', escalated: 'escalate', pending: 'escalate' } as const;

/** What was done, where it is known; a rejected item may have been a timeout. */
function lastKind({ decisions, item }: desk.ReviewDetails): (typeof KINDS)[number] {
  const last = decisions.findLast(({ undoneAt }) => undoneAt === null);
  return KINDS.find((kind) => kind === last?.kind) ?? OF_STATUS[item.status];
}
