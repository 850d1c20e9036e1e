/** Decisions that stand, each with its way to an appeal; and those that once did, without. */
import type { appeals as contract, PenaltyItem } from '@virgil/contract';
import { Check, Clock, Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { useDecisionWords, useEarlierName } from './decision-words.ts';
import { roughly } from './roughly.ts';

type AppealOf = (item: PenaltyItem) => contract.Appeal | undefined;

export function ActiveDecisions({
  items,
  chosen,
  appealOf,
  onChoose,
  onAppeal,
}: {
  items: readonly PenaltyItem[];
  chosen: string | null;
  appealOf: AppealOf;
  onChoose: (id: string) => void;
  onAppeal: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('appeals');
  const { dateTime, moment } = useFormat();
  const wordsOf = useDecisionWords();
  return (
    <section className="mb-8">
      <div className="head">
        <h2>{t('list')}</h2>
      </div>
      <ul>
        {items.map((item) => {
          const { heading } = wordsOf(item);
          const appeal = appealOf(item);
          return (
            <li
              key={item.id}
              className="flex flex-wrap items-center gap-x-4 border-b border-line has-aria-pressed:bg-surface-3 sm:flex-nowrap sm:pr-3"
            >
              <button
                type="button"
                aria-pressed={item.id === chosen}
                onClick={() => onChoose(item.id)}
                className="grid min-h-11 min-w-0 grow grid-cols-[4.5rem_minmax(0,1fr)] items-baseline gap-x-3 border-l-[3px] border-transparent py-2 pl-3 text-left hover:bg-surface-2 aria-pressed:border-focus aria-pressed:bg-surface-3 sm:grid-cols-[8.5rem_minmax(0,1fr)]"
              >
                <time dateTime={item.issuedAt} className="mono text-14 text-ink-3">
                  <span className="sm:hidden">{moment(item.issuedAt)}</span>
                  <span className="hidden sm:inline">{dateTime(item.issuedAt)}</span>
                </time>
                <span className="min-w-0">
                  {heading}
                  <span className="block truncate text-14 text-ink-2" dir="auto">
                    {item.automatic && item.kind === 'penalty'
                      ? t('letter.strikes')
                      : (item.about?.text ?? item.reason)}
                  </span>
                </span>
              </button>
              {item.appealable ? (
                <Button
                  small
                  className="flex-none max-sm:mb-2 max-sm:ml-[5.25rem]"
                  onClick={() => onAppeal(item.id)}
                  aria-label={t('appealThis', { decision: heading })}
                >
                  <Scale aria-hidden="true" size={16} strokeWidth={1.75} />
                  {t('appealDecision')}
                </Button>
              ) : (
                <span className="flex-none text-14 text-ink-2 max-sm:mb-2 max-sm:ml-[5.25rem]">
                  {appeal === undefined ? t('noAppeal') : t(`status.${appeal.status}`)}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const SHOWN = 10;

export function EarlierDecisions({
  items,
  appealOf,
  onChoose,
}: {
  items: readonly PenaltyItem[];
  appealOf: AppealOf;
  onChoose: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('appeals');
  const { date } = useFormat();
  const nameOf = useEarlierName();
  return (
    <section>
      <div className="head">
        <h2>{t('earlier')}</h2>
      </div>
      <ul>
        {items.slice(0, SHOWN).map((item) => (
          <li key={item.id} className="border-b border-line py-2.5">
            <button
              type="button"
              className="text-left font-[620] underline decoration-line-strong underline-offset-4 hover:decoration-ink"
              onClick={() => onChoose(item.id)}
            >
              {nameOf(item)}
            </button>
            <p className="text-14 text-ink-2">{date(item.issuedAt)}</p>
            <Outcome item={item} appeal={appealOf(item)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ item, appeal }: { item: PenaltyItem; appeal: contract.Appeal | undefined }): ReactNode {
  const { t, i18n } = useTranslation('appeals');
  const { date } = useFormat();
  const end = item.endedAt ?? item.expiresAt;
  const isGood = item.endedBecause === 'approved' || item.endedBecause === 'appeal';
  const Icon = isGood ? Check : Clock;
  const words =
    item.endedBecause === 'approved' && item.endedAt !== undefined
      ? t('earlierEnd.published', {
          time: roughly(
            (Date.parse(item.endedAt) - Date.parse(item.about?.createdAt ?? item.issuedAt)) / 1000,
            i18n.language,
          ),
        })
      : item.endedBecause === 'appeal'
        ? t('earlierEnd.appeal', { date: end === undefined ? '' : date(end) })
        : `${t(item.endedBecause === undefined ? 'earlierEnd.ended' : 'earlierEnd.lifted', { date: end === undefined ? '' : date(end) })} ${
            appeal === undefined ? t('earlierEnd.noAppeal') : t(`earlierEnd.was.${appeal.status}`)
          }`;
  return (
    <p className="mt-0.5 flex items-start gap-1.5 text-14 text-ink-2">
      <Icon aria-hidden="true" size={14} strokeWidth={1.75} className="mt-1 flex-none" />
      {words}
    </p>
  );
}
