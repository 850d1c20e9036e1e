/** Words of a decision that depend on when it ends and what it is about. */
import type { PenaltyItem } from '@virgil/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { type Heading, headingOf } from './decision-heading.ts';

const MINUTE_MS = 60_000;
const BY_DAY: ReadonlySet<PenaltyItem['kind']> = new Set(['strike', 'penalty']);

export interface DecisionWords {
  readonly heading: string;
  /** When it ends by itself: today as a time. Empty without an end. */
  readonly until: string;
  /** What was done, in one sentence; empty where the heading has said it. */
  readonly done: string;
}

export function useDecisionWords(): (item: PenaltyItem) => DecisionWords {
  const { t } = useTranslation('appeals');
  const { date, dateTime, time } = useFormat();
  return (item) => {
    const isToday = item.expiresAt !== undefined && date(item.expiresAt) === date(new Date());
    const until =
      item.expiresAt === undefined
        ? ''
        : isToday
          ? time(item.expiresAt)
          : (BY_DAY.has(item.kind) ? date : dateTime)(item.expiresAt);
    const key: Heading = headingOf(item);
    const channel = item.channel?.displayName ?? '';
    return {
      until,
      heading: t(`heading.${key}`, { date: until, channel }),
      done: doneTo(item, { t, channel, at: item.about === undefined ? '' : textTime(item, { date, time, dateTime }) }),
    };
  };
}

function textTime(
  { about }: PenaltyItem,
  format: Pick<ReturnType<typeof useFormat>, 'date' | 'time' | 'dateTime'>,
): string {
  if (about === undefined) return '';
  const isToday = format.date(about.createdAt) === format.date(new Date());
  return isToday ? format.time(about.createdAt) : format.dateTime(about.createdAt);
}

type Translate = ReturnType<typeof useTranslation<'appeals'>>['t'];

function doneTo(
  item: PenaltyItem,
  { at, channel, t }: { readonly t: Translate; readonly at: string; readonly channel: string },
): string {
  const { about, action, kind } = item;
  // What is over is told by its facts: nobody sits out anything any more.
  if (!item.active) return '';
  const text = about === undefined ? '' : t(`done.text.${about.source}`, { at });
  switch (kind) {
    case 'timeout': {
      const minutes = Math.round((Date.parse(item.expiresAt ?? item.issuedAt) - Date.parse(item.issuedAt)) / MINUTE_MS);
      return `${text} ${t('done.timeout', { count: minutes, channel })}`.trim();
    }
    case 'ban':
      return `${text} ${t('done.ban', { channel })}`.trim();
    case 'violation':
      return `${text} ${action === 'warned' ? t('done.warned') : ''}`.trim();
    case 'strike':
    case 'penalty':
      return text;
  }
}

/** What an earlier decision is called in the margin. */
export function useEarlierName(): (item: PenaltyItem) => string {
  const { t } = useTranslation('appeals');
  return (item) => {
    if (item.kind === 'timeout' && item.expiresAt !== undefined) {
      const minutes = Math.round((Date.parse(item.expiresAt) - Date.parse(item.issuedAt)) / MINUTE_MS);
      return t('earlierTimeout', { count: minutes });
    }
    if (item.kind === 'violation') return t(item.action === 'held' ? 'earlierHeld' : 'earlierKind.violation');
    return t(`earlierKind.${item.kind}`);
  };
}
