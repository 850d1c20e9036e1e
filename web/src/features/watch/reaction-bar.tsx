import { chat, type livestreams, type StreamId } from '@virgil/contract';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { useBroadcast } from '../../api/socket.ts';
import { useFormat } from '../../i18n/format.ts';
import { useProblemText } from '../../ui/problem-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { addReactions } from '../chat/room-state.ts';
import { REACTION_ICONS } from './reaction-icons.ts';

export interface ReactionBarProps {
  readonly streamId: StreamId;
  readonly totals: livestreams.ReactionCounts;
  readonly onReact: (type: chat.ReactionType) => Promise<void>;
  readonly disabled: boolean;
}

/** How long a button stays marked as one's own after pressing it. */
const MARKED_MS = 4000;

export function ReactionBar({ streamId, totals, onReact, disabled }: ReactionBarProps): ReactNode {
  const { t } = useTranslation('watch');
  const format = useFormat();
  const textOf = useProblemText();
  const [counts, setCounts] = useState<Record<chat.ReactionType, number>>(totals);
  const [marked, setMarked] = useState<chat.ReactionType | null>(null);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => setCounts(totals), [totals]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useBroadcast(
    chat.reactionsCounted,
    useCallback(
      (payload) => {
        if (payload.streamId === streamId) setCounts((now) => addReactions(now, payload.counts));
      },
      [streamId],
    ),
  );
  const press = async (type: chat.ReactionType) => {
    try {
      await onReact(type);
      setMarked(type);
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => setMarked(null), MARKED_MS);
    } catch (error) {
      if (asProblem(error).code !== 'rate_limited') showToast(textOf(error), { tone: 'bad' });
    }
  };
  return (
    <fieldset
      aria-label={t('reactions')}
      className="m-0 flex min-w-0 border-0 p-0 gap-1.5 overflow-x-auto py-1 sm:flex-wrap"
    >
      {chat.REACTION_TYPES.map((type) => {
        const Icon = REACTION_ICONS[type];
        return (
          <button
            key={type}
            type="button"
            className="btn flex-none border-line px-3 font-[500] aria-pressed:border-tone aria-pressed:bg-tone-soft"
            aria-pressed={marked === type}
            aria-disabled={disabled || undefined}
            onClick={disabled ? undefined : () => void press(type)}
          >
            <Icon aria-hidden="true" size={18} strokeWidth={1.75} className="text-tone" />
            <span className="max-sm:sr-only">{t(`reaction.${type}`)}</span>
            <span className="num text-ink-2">{format.number(counts[type])}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
