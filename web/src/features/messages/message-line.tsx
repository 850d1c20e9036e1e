import type { messages } from '@virgil/contract';
import clsx from 'clsx';
import { Ellipsis, Flag, History, Hourglass, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';

const icon = { 'aria-hidden': true, size: 18, strokeWidth: 1.75 } as const;

export interface MessageLineProps {
  readonly message: messages.DirectMessage;
  readonly from: string;
  /** Before this one somebody else wrote, or nobody. */
  readonly isFirstOfTurn: boolean;
  readonly onReport: (() => void) | null;
  readonly onDelete: () => void;
}

/** When on the left, what on the right; whose it is stands once a turn. */
export function MessageLine({ message, from, isFirstOfTurn, onReport, onDelete }: MessageLineProps): ReactNode {
  const { t } = useTranslation(['letters', 'chat']);
  const { dateTime, time } = useFormat();
  const held = message.status === 'held';
  return (
    <li
      className={clsx(
        'group grid grid-cols-[3.5rem_minmax(0,1fr)_auto] items-start gap-x-3 px-4 sm:px-0',
        isFirstOfTurn ? 'pt-4' : 'pt-1',
      )}
    >
      <time
        dateTime={message.createdAt}
        title={dateTime(message.createdAt)}
        className={clsx('mono text-13 text-ink-3', isFirstOfTurn ? 'pt-7' : 'pt-1')}
      >
        {time(message.createdAt)}
      </time>
      <div className="min-w-0">
        {isFirstOfTurn ? (
          <p className={clsx('font-[640]', message.mine && 'text-tone')} dir="auto">
            {message.mine ? t('chat:you') : from}
          </p>
        ) : null}
        <div className={held ? 'rounded-2 border border-dashed border-[var(--risk-2)] px-3 py-2' : undefined}>
          <p className="max-w-[66ch] whitespace-pre-line [overflow-wrap:anywhere]">
            <bdi dir="auto">{message.message}</bdi>
          </p>
          {message.approvedAt === null ? null : (
            <p className="inline-flex items-center gap-1 text-13 text-ink-3">
              <History aria-hidden="true" size={14} strokeWidth={1.75} />
              {t('late')}
            </p>
          )}
          {held ? (
            <p className="mt-1 flex gap-1.5 text-14 font-[540] text-[var(--risk-2)]">
              <Hourglass aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
              {t('held')}
            </p>
          ) : null}
        </div>
      </div>
      <Menu
        trigger={
          <IconButton
            small
            label={t('messages.more', { when: dateTime(message.createdAt) })}
            className={clsx(
              'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100',
              isFirstOfTurn && 'mt-5',
            )}
          >
            <Ellipsis aria-hidden="true" size={16} strokeWidth={1.75} />
          </IconButton>
        }
      >
        {onReport ? (
          <MenuItem icon={<Flag {...icon} />} onSelect={onReport}>
            {t('messages.report')}
          </MenuItem>
        ) : null}
        <MenuItem icon={<Trash2 {...icon} />} onSelect={onDelete}>
          {t('messages.delete')}
        </MenuItem>
      </Menu>
    </li>
  );
}
