import { Link } from '@tanstack/react-router';
import type { comments, videos } from '@virgil/contract';
import { ArrowUp, MessageSquareOff, MessageSquareText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHiddenPeople } from '../../api/blocks.ts';
import { removeComment, useCommentCount, useComments, writeComment } from '../../api/comments.ts';
import { useMe } from '../../api/me.ts';
import { itemsOf } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { LetterComposer } from '../../ui/letter-composer.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { EmptyState, ListStates, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CommentRow } from './comment-row.tsx';

export interface CommentsSectionProps {
  readonly video: videos.Video;
  /** Opens the report of one comment; the page owns the dialog. */
  readonly onReport: (comment: comments.Comment) => void;
}

/** What was written under a recording, newest first; what is written meanwhile is announced and comes when asked for. */
export function CommentsSection({ video, onReport }: CommentsSectionProps): ReactNode {
  const { t } = useTranslation('letters');
  const me = useMe();
  const { isHidden } = useHiddenPeople();
  const query = useComments(video.id);
  const first = query.data?.pages[0];
  const items = itemsOf(query.data);
  const told = useCommentCount(video.id);
  const [removing, setRemoving] = useState<comments.Comment | null>(null);
  const count = told ?? first?.count ?? 0;
  // The list is from one moment, the number from another: what came since waits for the reader.
  const fresh = first === undefined || told === null ? 0 : told - first.count;
  const isOff = first?.open === false;

  return (
    <section aria-labelledby="comments" className="mt-10">
      <div className="head items-center">
        <h2 id="comments" className="grow py-1">
          {t('comments.title')}
        </h2>
        {isOff || first === undefined ? null : (
          <span className="num text-14 text-ink-2" data-testid="comment-count">
            {t('comments.count', { count })}
          </span>
        )}
      </div>
      {isOff ? (
        <EmptyState
          icon={MessageSquareOff}
          title={t(me?.id === video.creator.id ? 'comments.offOwner' : 'comments.off')}
          className="py-6"
        />
      ) : (
        <>
          <div className="max-w-[52rem] border-b border-line py-5">
            <Write video={video} mayWrite={first?.me.mayWrite} />
          </div>
          {fresh > 0 ? (
            <div className="flex justify-center py-3" role="status">
              <Button small busy={query.isFetching} onClick={() => void query.refetch()}>
                <ArrowUp aria-hidden="true" size={16} strokeWidth={1.75} />
                {t('comments.fresh', { count: fresh })}
              </Button>
            </div>
          ) : null}
          <ListStates
            query={query}
            count={items.length}
            skeleton={<SkeletonRows rows={3} />}
            empty={
              <EmptyState
                icon={MessageSquareText}
                title={t('comments.none')}
                text={t('comments.noneText')}
                className="py-6"
              />
            }
          >
            <ul className="rows max-w-[52rem]">
              {items.map((comment) => (
                <li key={comment.id}>
                  <Folded isFolded={isHidden(comment.author.id)}>
                    <CommentRow
                      comment={comment}
                      isMine={me?.id === comment.author.id}
                      mayRemove={first?.me.moderates ?? false}
                      onReport={me ? () => onReport(comment) : null}
                      onRemove={() => setRemoving(comment)}
                    />
                  </Folded>
                </li>
              ))}
            </ul>
          </ListStates>
        </>
      )}
      <RemoveDialog videoId={video.id} comment={removing} onClose={() => setRemoving(null)} />
    </section>
  );
}

/** Only whoever moderates gets these at all. */
function Folded({ isFolded, children }: { isFolded: boolean; children: ReactNode }): ReactNode {
  const { t } = useTranslation('letters');
  const [open, setOpen] = useState(false);
  if (!isFolded || open) return children;
  return (
    <button type="button" className="py-4 text-14 text-ink-3 italic underline" onClick={() => setOpen(true)}>
      {t('comments.hidden')}
    </button>
  );
}

function Write({ video, mayWrite }: { video: videos.Video; mayWrite: boolean | undefined }): ReactNode {
  const { t } = useTranslation('letters');
  const me = useMe();
  if (me === undefined || mayWrite === undefined) return <div className="h-24" />;
  if (me === null) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-ink-2">{t('comments.guest')}</p>
        <Button asChild look="main">
          <Link to="/sign-in" search={{ to: `/videos/${video.id}` }}>
            {t('comments.signIn')}
          </Link>
        </Button>
      </div>
    );
  }
  if (!mayWrite) return <p className="text-ink-2">{t('comments.cannot')}</p>;
  return (
    <LetterComposer
      label={t('comments.write')}
      draft={`comment ${me.id} ${video.id}`}
      act={t('comments.send')}
      refusal={t('comments.cannot')}
      onSend={async (text, clientId) => {
        const { status } = await writeComment(video.id, text, clientId);
        if (status === 'blocked') showToast(t('blocked'), { tone: 'bad' });
      }}
    />
  );
}

function RemoveDialog({
  videoId,
  comment,
  onClose,
}: {
  videoId: string;
  comment: comments.Comment | null;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('letters');
  const me = useMe();
  const problemText = useProblemText();
  const isMine = comment?.author.id === me?.id;
  const name = comment?.author.displayName ?? '';
  return (
    <ConfirmDialog
      open={comment !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={isMine ? t('comments.deleteTitle') : t('comments.removeTitle', { name })}
      description={isMine ? t('comments.deleteText') : t('comments.removeText', { name })}
      act={t(isMine ? 'comments.delete' : 'comments.remove')}
      dangerous
      problem={problemText}
      onConfirm={async () => {
        if (comment === null) return;
        await removeComment(videoId, comment.id);
        showToast(t(isMine ? 'comments.deleted' : 'comments.removed'));
      }}
    >
      <blockquote className="spine text-ink-2 [overflow-wrap:anywhere]">
        <bdi dir="auto">{comment?.message}</bdi>
      </blockquote>
    </ConfirmDialog>
  );
}
