import { Link } from '@tanstack/react-router';
import { livestreams, type StreamId } from '@virgil/contract';
import { ExternalLink, Pencil, Radio, Square } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useLivestream } from '../../api/livestreams.ts';
import { refresh } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { useFieldProblem, useProblemText } from '../../ui/problem-text.ts';
import { RealmMark } from '../../ui/realm-mark.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { ConnectionHealth } from './connection-health.tsx';
import type { Tracks } from './publisher.ts';
import { type Draft, StreamForm } from './stream-form.tsx';
import { StudioChat } from './studio-chat.tsx';
import type { BroadcastSession } from './use-broadcast-session.ts';

export interface LiveDeskProps {
  readonly streamId: StreamId;
  readonly session: BroadcastSession;
  readonly tracks: Tracks | null;
}

/** While the stream runs: state, figures, chat, the end. */
export function LiveDesk({ streamId, session, tracks }: LiveDeskProps): ReactNode {
  const { t } = useTranslation('studio');
  const query = useLivestream(streamId);
  if (query.data) return <Desk stream={query.data} session={session} tracks={tracks} />;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div>
      <p className="sr-only">{t('page')}</p>
      <SkeletonRows rows={4} />
    </div>
  );
}

function Desk({
  stream,
  session,
  tracks,
}: {
  stream: livestreams.Livestream;
  session: BroadcastSession;
  tracks: Tracks | null;
}): ReactNode {
  const { t } = useTranslation('studio');
  const format = useFormat();
  const textOf = useProblemText();
  const [ending, setEnding] = useState(false);
  const [editing, setEditing] = useState(false);
  const now = useNow(1000);
  const { phase } = session.publisher;
  const end = useCallback(async () => {
    const bonus = await session.end();
    showToast(bonus ? t('endedBonusToast', { bonus: format.money(bonus) }) : t('endedToast'));
  }, [session, t, format]);
  return (
    <div className="grid gap-8" data-realm={stream.danteRealm}>
      <section aria-label={t('state')} className="border-t-(length:--rule) border-tone pt-4">
        <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <div className="min-w-0 grow">
            <p role="status" className="flex items-center gap-2 font-[600]">
              {stream.mediaState === 'live' ? <span className="live-dot" /> : null}
              {t(`mediaState.${stream.mediaState}`)}
              <span className="num font-normal text-ink-2">
                {format.clock((now - Date.parse(stream.startedAt)) / 1000)}
              </span>
            </p>
            <h2 className="mt-1 text-21 [overflow-wrap:anywhere]">
              <bdi>{stream.title}</bdi>
            </h2>
            <p className="mt-1 flex flex-wrap gap-x-4 text-14">
              <RealmMark realm={stream.danteRealm} />
              <span className="text-ink-2">{stream.patronOnly ? t('patrons') : t('everyone')}</span>
              <span className="num text-ink-2">{t('viewers', { count: stream.viewers })}</span>
            </p>
          </div>
          <Button small onClick={() => setEditing(true)}>
            <Pencil aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('edit')}
          </Button>
          <Button asChild small>
            <Link to="/watch/$streamId" params={{ streamId: stream.id }} target="_blank">
              <ExternalLink aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('watchPage')}
            </Link>
          </Button>
        </div>
        {phase === 'reconnecting' ? (
          <p role="status" className="mt-3 text-warn">
            {t('reconnecting')}
          </p>
        ) : null}
        {phase === 'refused' ? (
          <p role="alert" className="mt-3 text-bad">
            {t('refused')}
          </p>
        ) : null}
        {session.publisher.limitedBy ? (
          <p role="status" className="mt-3 text-14 text-warn">
            {t(`limited.${session.publisher.limitedBy}`)}
          </p>
        ) : null}
        <div className="mt-4 flex flex-wrap justify-between gap-6">
          {phase === 'idle' || phase === 'refused' ? (
            <Button look="main" disabled={!tracks} onClick={() => tracks && session.send(tracks)}>
              <Radio aria-hidden="true" size={18} strokeWidth={1.75} />
              {t('sendFromHere')}
            </Button>
          ) : (
            <Button onClick={() => void session.stopSending()}>{t('stopSending')}</Button>
          )}
          <Button look="bad" onClick={() => setEnding(true)}>
            <Square aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('end')}
          </Button>
        </div>
      </section>
      <ConnectionHealth streamId={stream.id as StreamId} />
      <StudioChat stream={stream} />
      <ConfirmDialog
        open={ending}
        onOpenChange={setEnding}
        title={t('endTitle')}
        description={t('endConsequence', { count: stream.viewers })}
        act={t('end')}
        dangerous
        onConfirm={end}
        problem={textOf}
      />
      {editing ? <EditDialog stream={stream} onClose={() => setEditing(false)} /> : null}
    </div>
  );
}

function EditDialog({ stream, onClose }: { stream: livestreams.Livestream; onClose: () => void }): ReactNode {
  const { t } = useTranslation('studio');
  const textOf = useProblemText();
  const fieldProblem = useFieldProblem();
  const [draft, setDraft] = useState<Draft>(stream);
  const { submit, busy, error } = useSubmit(async () => {
    const { title, description, category, danteRealm } = draft;
    await call(livestreams.updateLivestream, {
      params: { id: stream.id },
      body: { title, description, category, danteRealm },
    });
    await refresh(livestreams.getLivestream, livestreams.listActive);
    onClose();
  });
  const titleError = fieldProblem(error, 'title');
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('editTitle')}
      foot={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="main" busy={busy} onClick={() => void submit()}>
            {t('save')}
          </Button>
        </>
      }
    >
      <StreamForm draft={draft} onChange={setDraft} titleError={titleError} live />
      {error && !titleError ? (
        <p role="alert" className="mt-4 text-bad">
          {textOf(error)}
        </p>
      ) : null}
    </Dialog>
  );
}
