import type { comments } from '@virgil/contract';
import { Flag, History, Hourglass, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { BadgeMarks } from '../../ui/badge-marks.tsx';
import { IconButton } from '../../ui/button.tsx';
import { PersonMenu } from '../../ui/person-menu.tsx';

export interface CommentRowProps {
  readonly comment: comments.Comment;
  readonly isMine: boolean;
  readonly mayRemove: boolean;
  /** Null for whoever is not signed in. */
  readonly onReport: (() => void) | null;
  readonly onRemove: () => void;
}

/** When on the left, who and what on the right. What a person wrote stands in <bdi>. */
export function CommentRow({ comment, isMine, mayRemove, onReport, onRemove }: CommentRowProps): ReactNode {
  const { t } = useTranslation('letters');
  const { dateTime, moment } = useFormat();
  const held = comment.status === 'held';
  const { author } = comment;
  const remove = t(isMine ? 'comments.delete' : 'comments.remove');
  return (
    <article
      aria-label={t('comments.ofName', { name: author.displayName, when: dateTime(comment.createdAt) })}
      className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-start gap-x-4 py-4 sm:grid-cols-[7rem_minmax(0,1fr)_auto]"
    >
      <time dateTime={comment.createdAt} title={dateTime(comment.createdAt)} className="mono pt-0.5 text-14 text-ink-3">
        {moment(comment.createdAt)}
      </time>
      <div className={held ? 'rounded-2 border border-dashed border-[var(--risk-2)] px-3 py-2' : undefined}>
        <p>
          <BadgeMarks badges={comment.badges} />
          <PersonMenu
            person={author}
            onReport={onReport ?? undefined}
            reportWord={t('comments.report')}
            trigger={(opener) => (
              <button
                type="button"
                className="max-w-full truncate rounded-1 font-[640] hover:underline"
                aria-label={t('menu.of', { name: author.displayName })}
                dir="auto"
                {...opener}
              >
                {author.displayName}
              </button>
            )}
          />
          {comment.approvedAt === null ? null : (
            <span className="ml-2 inline-flex items-center gap-1 text-13 text-ink-3">
              <History aria-hidden="true" size={14} strokeWidth={1.75} />
              {t('late')}
            </span>
          )}
        </p>
        <p className="mt-0.5 max-w-[66ch] whitespace-pre-line [overflow-wrap:anywhere]">
          <bdi dir="auto">{comment.message}</bdi>
        </p>
        {held ? (
          <p className="mt-1 flex gap-1.5 text-14 font-[540] text-[var(--risk-2)]">
            <Hourglass aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
            {t(isMine ? 'held' : 'heldTheirs')}
          </p>
        ) : null}
      </div>
      <div className="flex">
        {onReport && !isMine && !held ? (
          <IconButton small label={t('comments.report')} onClick={onReport}>
            <Flag aria-hidden="true" size={16} strokeWidth={1.75} />
          </IconButton>
        ) : null}
        {isMine || mayRemove ? (
          <IconButton small label={remove} onClick={onRemove}>
            <Trash2 aria-hidden="true" size={16} strokeWidth={1.75} />
          </IconButton>
        ) : null}
      </div>
    </article>
  );
}
