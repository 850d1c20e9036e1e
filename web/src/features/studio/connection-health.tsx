import { useQuery } from '@tanstack/react-query';
import { livestreams, type StreamId } from '@virgil/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useFormat } from '../../i18n/format.ts';
import { noticeKey } from './notice.ts';
import { Sparkline } from './sparkline.tsx';

type Health = livestreams.LivestreamHealth;

/** Seconds kept on the lines. */
const WINDOW = 60;

/** Bitrate, loss and frames as they arrive at the server, whichever encoder sends them. */
export function ConnectionHealth({ streamId }: { streamId: StreamId }): ReactNode {
  const { t, i18n } = useTranslation('studio');
  const format = useFormat();
  const [samples, setSamples] = useState<readonly Health[]>([]);
  const health = useQuery({
    queryKey: [livestreams.getLivestreamHealth.id, streamId],
    queryFn: ({ signal }) => call(livestreams.getLivestreamHealth, { params: { id: streamId }, signal }),
    refetchInterval: 1000,
    staleTime: 0,
  });
  useEffect(() => {
    if (health.data) setSamples((now) => [...now, health.data].slice(-WINDOW));
  }, [health.data]);
  const latest = samples.at(-1);
  const decimal = (value: number, digits: number) =>
    new Intl.NumberFormat(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
      value,
    );
  const bitrate = (sample: Health) => (sample.videoKbps + sample.audioKbps) / 1000;
  return (
    <section aria-label={t('connection')}>
      <div className="head">
        <h2>{t('connection')}</h2>
        <p className="text-14 text-ink-3">{t('connectionWindow')}</p>
      </div>
      {health.isError && samples.length === 0 ? <p className="mt-3 text-14 text-ink-2">{t('noFigures')}</p> : null}
      {latest?.notice ? (
        <p role="alert" className="spine mt-4 border-warn text-warn">
          <Notice text={latest.notice} />
        </p>
      ) : null}
      <div className="mt-4 grid gap-x-6 gap-y-5 sm:grid-cols-3">
        <Figure
          label={t('bitrate')}
          value={latest ? decimal(bitrate(latest), 1) : '–'}
          unit="Mbit/s"
          line={<Sparkline values={samples.map(bitrate)} max={1} colour="var(--data-1)" />}
        />
        <Figure
          label={t('lost')}
          value={latest ? decimal(latest.packetLoss * 100, 1) : '–'}
          unit="%"
          line={<Sparkline values={samples.map((sample) => sample.packetLoss * 100)} max={2} colour="var(--data-2)" />}
        />
        <Figure
          label={t('frames')}
          value={latest ? decimal(latest.framesPerSecond, 0) : '–'}
          unit={t('perSecond')}
          line={<Sparkline values={samples.map((sample) => sample.framesPerSecond)} max={30} colour="var(--data-3)" />}
        />
      </div>
      {latest ? (
        <p className="num mt-3 text-14 text-ink-2">
          {[
            latest.source ? t(`source.${latest.source}`) : t('source.none'),
            latest.width && latest.height ? `${latest.width} × ${latest.height}` : null,
            latest.keyframeIntervalMs
              ? t('keyframes', { seconds: decimal(latest.keyframeIntervalMs / 1000, 1) })
              : null,
            t('watchers', { webrtc: format.number(latest.webrtcViewers), hls: format.number(latest.hlsViewers) }),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
      ) : null}
    </section>
  );
}

function Notice({ text }: { text: string }): ReactNode {
  const { t } = useTranslation('studio');
  const key = noticeKey(text);
  return key ? t(`notice.${key}`) : <span lang="en">{text}</span>;
}

function Figure({
  label,
  value,
  unit,
  line,
}: {
  label: string;
  value: string;
  unit: string;
  line: ReactNode;
}): ReactNode {
  return (
    <div>
      <p className="text-14 font-[600]">{label}</p>
      <p className="mt-0.5 flex items-baseline gap-2">
        <span className="num text-27 font-[640]">{value}</span>
        <span className="text-14 text-ink-3">{unit}</span>
      </p>
      <div className="mt-2">{line}</div>
    </div>
  );
}
