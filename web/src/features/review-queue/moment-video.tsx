/** What was on screen, from half a minute before. Nothing is fetched before it may be seen. */
import type { desk } from '@virgil/contract';
import clsx from 'clsx';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClockText } from './moment-line.tsx';

const BEFORE_S = 30;

/** Where there is something to see. */
export type Seen = Extract<desk.ReviewMoment, { kind: 'ring' | 'recording' }>;

/** Cut out of a running stream; its memory moves on while the page is open, so it is fetched once and kept. */
const isCut = ({ url }: Seen): boolean => url.startsWith('/api/');

interface Clip {
  readonly url: string | null;
  /** Below zero: counted from the end, which only the player knows. */
  readonly momentSeconds: number;
  readonly failed: boolean;
}

function useClip(moment: Seen): Clip {
  const [kept, setKept] = useState<{ readonly url: string; readonly agoSeconds: number } | null>(null);
  const [failed, setFailed] = useState(false);
  const mustKeep = isCut(moment);
  const readAtMs = useRef(Date.now());
  const { url } = moment;
  const secondsAgo = moment.kind === 'ring' ? moment.secondsAgo : 0;
  useEffect(() => {
    if (!mustKeep) return;
    const gone = new AbortController();
    let made: string | null = null;
    const agoSeconds = secondsAgo + (Date.now() - readAtMs.current) / 1000;
    fetch(url, { signal: gone.signal, credentials: 'same-origin' })
      .then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        made = URL.createObjectURL(await answer.blob());
        setKept({ url: made, agoSeconds });
      })
      .catch(() => {
        if (!gone.signal.aborted) setFailed(true);
      });
    return () => {
      gone.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [mustKeep, url, secondsAgo]);
  const momentSeconds = moment.kind === 'recording' ? moment.momentSeconds : -(kept?.agoSeconds ?? 0);
  return { url: mustKeep ? (kept?.url ?? null) : url, momentSeconds, failed };
}

export function MomentVideo({
  moment,
  writtenAt,
  muted,
  greyscale,
}: {
  moment: Seen;
  writtenAt: string;
  muted: boolean;
  greyscale: boolean;
}): ReactNode {
  const { t } = useTranslation('queue');
  const clock = useClockText();
  const { failed, momentSeconds, url } = useClip(moment);
  const [broken, setBroken] = useState(false);
  const [beginsBefore, setBeginsBefore] = useState<number | null>(null);
  if (failed || broken) return <p className="px-4 py-4 text-ink-2 sm:px-7">{t('moment.none.no_media')}</p>;
  if (url === null) {
    return <p className="grid aspect-video place-items-center bg-video-ground text-video-ink">{t('moment.loading')}</p>;
  }
  const begin = (video: HTMLVideoElement) => {
    const place = momentSeconds < 0 ? Math.max(0, video.duration + momentSeconds) : momentSeconds;
    const from = Math.max(0, place - BEFORE_S);
    video.currentTime = from;
    setBeginsBefore(Math.round(place - from));
  };
  return (
    <div className="relative bg-video-ground [color-scheme:dark]">
      <video
        src={url}
        controls
        playsInline
        preload="metadata"
        muted={muted}
        aria-label={t('moment.video')}
        className={clsx('aspect-video w-full object-contain', greyscale && 'grayscale')}
        onLoadedMetadata={(event) => begin(event.currentTarget)}
        onError={() => setBroken(true)}
      />
      {beginsBefore === null ? null : (
        <p className="pointer-events-none absolute top-0 left-0 bg-video-scrim px-2.5 py-0.5 text-13 text-video-ink">
          {t(moment.kind === 'recording' && moment.isApproximate ? 'moment.captionAbout' : 'moment.caption', {
            at: clock(Date.parse(writtenAt) - beginsBefore * 1000),
            seconds: beginsBefore,
          })}
        </p>
      )}
    </div>
  );
}
