import { Link, useParams } from '@tanstack/react-router';
import {
  type LivestreamSummary,
  livestreams,
  type MediaState,
  type ReportSubject,
  type StreamId,
} from '@virgil/contract';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstance } from '../../api/instance.ts';
import { useActiveLivestreams, useLivestream } from '../../api/livestreams.ts';
import { useMe } from '../../api/me.ts';
import { asProblem } from '../../api/problem.ts';
import { itemsOf, refresh } from '../../api/queries.ts';
import { useBroadcast } from '../../api/socket.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Block, ErrorState, Skeleton } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useRealm } from '../../ui/use-realm.ts';
import { ChatPanel } from '../chat/chat-panel.tsx';
import type { Said } from '../chat/report-line.tsx';
import { useChatRoom } from '../chat/use-chat-room.ts';
import { ReportDialog, type ReportDialogProps } from '../report/report-dialog.tsx';
import { TipDialog } from '../tip/tip-dialog.tsx';
import { LockedStream } from './locked-stream.tsx';
import { PlayerView } from './player-view.tsx';
import { StreamInfo } from './stream-info.tsx';
import './watch.css';

export function WatchPage(): ReactNode {
  const { streamId } = useParams({ from: '/watch/$streamId' });
  const query = useLivestream(streamId);
  const locked = query.error && asProblem(query.error).code === 'patron_required';
  // Also for who was let in before: a patron lapses while the page is open.
  if (locked) return <Locked streamId={streamId} known={query.data} />;
  if (query.data) return <Watch key={streamId} stream={query.data} />;
  if (query.error)
    return (
      <div className="page">
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  return (
    <Skeleton>
      <div className="watch-room">
        <div>
          <Block className="aspect-video max-h-[calc(100dvh-13rem)] w-full" />
          <div className="flex gap-5 px-10 py-6">
            <Block className="size-14 rounded-person" />
            <div className="grid grow gap-3">
              <Block className="h-7 w-1/2" />
              <Block className="h-4 w-1/3" />
            </div>
          </div>
        </div>
        <Block className="hidden md:block" />
      </div>
    </Skeleton>
  );
}

function Locked({ streamId, known }: { streamId: string; known: LivestreamSummary | undefined }): ReactNode {
  const active = useActiveLivestreams({});
  const summary = itemsOf(active.data).find((each) => each.id === streamId) ?? known;
  useRealm(summary?.danteRealm);
  usePageTitle(summary?.title);
  return <LockedStream summary={summary} />;
}

function Watch({ stream }: { stream: livestreams.Livestream }): ReactNode {
  const { t } = useTranslation('watch');
  const me = useMe();
  const id = stream.id as StreamId;
  const [mediaState, setMediaState] = useState<MediaState>(stream.mediaState);
  const [mediaEpoch, setMediaEpoch] = useState(0);
  const [report, setReport] = useState<ReportDialogProps['target']>(null);
  const [tipping, setTipping] = useState(false);
  const takesMoney = useInstance()?.payments ?? false;
  const mayTip = takesMoney && stream.me.role !== 'owner';
  const ended = !stream.isActive || mediaState === 'ended';
  const chat = useChatRoom(id, !ended);
  useRealm(stream.danteRealm);
  usePageTitle(stream.title);
  useEffect(() => setMediaState(stream.mediaState), [stream.mediaState]);

  useBroadcast(
    livestreams.streamState,
    useCallback(
      (state) => {
        if (state.streamId !== id) return;
        setMediaState(state.isActive ? state.mediaState : 'ended');
        if (state.reconnectMedia) setMediaEpoch((epoch) => epoch + 1);
        void refresh(livestreams.getLivestream);
      },
      [id],
    ),
  );

  const reportLine = useCallback((words: Said) => {
    const subject: ReportSubject = { type: 'message', id: words.id };
    setReport({ subject, quote: `${words.displayName}: ${words.message}` });
  }, []);
  return (
    <div className="watch-room">
      <div className="min-w-0 md:overflow-y-auto">
        {ended ? (
          <Ended stream={stream} />
        ) : (
          <PlayerView stream={stream} mediaState={mediaState} mediaEpoch={mediaEpoch} />
        )}
        <StreamInfo
          stream={stream}
          onReact={chat.react}
          canReact={Boolean(me) && !ended && chat.connection === 'joined'}
          onReport={() => setReport({ subject: { type: 'livestream', id: stream.id }, quote: stream.title })}
        />
      </div>
      <div className="watch-chat">
        <ChatPanel
          chat={chat}
          creatorName={stream.creator.displayName}
          ended={ended}
          onReport={reportLine}
          onTip={mayTip ? () => setTipping(true) : null}
        />
      </div>
      <ReportDialog target={report} onClose={() => setReport(null)} />
      <TipDialog
        streamId={id}
        creatorName={stream.creator.displayName}
        open={tipping}
        onClose={() => setTipping(false)}
      />
      <p role="status" className="sr-only">
        {ended ? t('ended') : ''}
      </p>
    </div>
  );
}

function Ended({ stream }: { stream: livestreams.Livestream }): ReactNode {
  const { t } = useTranslation('watch');
  const format = useFormat();
  return (
    <div className="grid aspect-video max-h-[calc(100dvh-13rem)] w-full place-content-center bg-video-ground px-6 text-video-ink [color-scheme:dark]">
      <p className="text-27 font-[640]">{t('ended')}</p>
      {stream.endedAt ? (
        <p className="mt-1.5 opacity-85">{t('endedAt', { moment: format.moment(stream.endedAt) })}</p>
      ) : null}
      <div className="mt-4 flex flex-wrap gap-3">
        {stream.videoId ? (
          <Button asChild look="main">
            <Link to="/videos/$videoId" params={{ videoId: stream.videoId }}>
              {t('toRecording')}
            </Link>
          </Button>
        ) : null}
        <Button asChild>
          <Link to="/c/$channelId" params={{ channelId: stream.channelId }}>
            {t('toChannel')}
          </Link>
        </Button>
      </div>
    </div>
  );
}
