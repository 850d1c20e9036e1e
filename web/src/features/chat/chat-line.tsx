import type { ChatMessage } from '@virgil/contract';
import { Flag, History, Hourglass } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Speaker } from './speaker.tsx';

export interface ChatLineProps {
  readonly message: ChatMessage;
  readonly isMine: boolean;
  readonly isLate: boolean;
  readonly onReport: ((message: ChatMessage) => void) | null;
}

/**
 * What a person wrote stands in <bdi>: a direction override inside it cannot reach the name or the next line.
 */
export const ChatLine = memo(function ChatLine({ message, isMine, isLate, onReport }: ChatLineProps): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const held = message.status === 'held';
  return (
    <li
      className={
        held
          ? 'mx-4 my-1.5 rounded-2 border border-dashed border-[var(--risk-2)] px-3 py-2'
          : 'group relative px-4 py-0.5 hover:bg-surface-2 focus-within:bg-surface-2'
      }
      title={format.time(message.createdAt)}
    >
      <span className="[overflow-wrap:anywhere]">
        <Speaker of={message} isMine={isMine} />
        <bdi dir="auto" className="whitespace-pre-line">
          {message.message}
        </bdi>
      </span>
      {isLate ? (
        <span className="ml-1.5 inline-flex items-center gap-1 text-13 text-ink-3">
          <History aria-hidden="true" size={14} strokeWidth={1.75} />
          {t('late')}
        </span>
      ) : null}
      {held ? (
        <p className="mt-1 flex gap-1.5 text-14 font-[540] text-[var(--risk-2)]">
          <Hourglass aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
          {isMine ? t('heldMine') : t('heldTheirs')}
        </p>
      ) : null}
      {onReport && !isMine && !held ? (
        <button
          type="button"
          className="absolute top-0 right-2 hidden min-h-6 min-w-6 items-center justify-center rounded-1 bg-surface-2 text-ink-2 group-focus-within:inline-flex group-hover:inline-flex hover:text-ink"
          aria-label={t('reportLine', { name: message.displayName })}
          title={t('reportLine', { name: message.displayName })}
          onClick={() => onReport(message)}
        >
          <Flag aria-hidden="true" size={14} strokeWidth={1.75} />
        </button>
      ) : null}
    </li>
  );
});
