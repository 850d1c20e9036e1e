import type { LivestreamSummary } from '@virgil/contract';
import clsx from 'clsx';
import { Hourglass, Lock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RealmGlyph } from './realm-mark.tsx';
import { useMovingStill } from './use-moving-still.ts';

/** The picture of a livestream: its moving still, or why there is none. */
export function StreamStill({
  stream,
  active,
  square,
}: {
  stream: LivestreamSummary;
  active: boolean;
  square?: boolean;
}): ReactNode {
  const { t } = useTranslation('common');
  const [broken, setBroken] = useState<string | null>(null);
  const still = useMovingStill(stream.patronOnly ? null : stream.thumbnailUrl, active);
  const src = still === broken ? null : still;
  return (
    <span className="relative block overflow-hidden" data-realm={stream.danteRealm}>
      {src ? (
        <img
          src={src}
          alt=""
          loading="lazy"
          decoding="async"
          className={clsx('still block', square && 'rounded-none')}
          onError={() => setBroken(src)}
        />
      ) : (
        <span className={clsx('still grid place-items-center bg-tone-soft text-tone-line', square && 'rounded-none')}>
          <RealmGlyph realm={stream.danteRealm} className="text-[3.5rem]" />
        </span>
      )}
      {stream.patronOnly ? (
        <span className={clsx('plate plate-locked', square && 'rounded-none')}>
          <Lock aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />
          {t('tile.patronsOf', { name: stream.creator.displayName })}
        </span>
      ) : stream.mediaState === 'waiting' ? (
        <span className={clsx('plate', square && 'rounded-none')}>
          <Hourglass aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />
          {t('tile.waiting')}
        </span>
      ) : stream.mediaState === 'interrupted' ? (
        <span className={clsx('plate', square && 'rounded-none')}>{t('tile.interrupted')}</span>
      ) : null}
    </span>
  );
}
