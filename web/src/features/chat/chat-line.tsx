import type { ChatMessage } from '@virgil/contract';
import { History, Hourglass } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { ReportLine, type Said } from './report-line.tsx';
import { Speaker } from './speaker.tsx';

export interface ChatLineProps {
  readonly message: ChatMessage;
  readonly isMine: boolean;
  readonly isLate: boolean;
  readonly onReport: ((said: Said) => void) | null;
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
        <Speaker of={message} isMine={isMine} onReport={onReport && !held ? () => onReport(message) : undefined} />
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
      {onReport && !isMine && !held ? <ReportLine said={message} onReport={onReport} /> : null}
    </li>
  );
});
