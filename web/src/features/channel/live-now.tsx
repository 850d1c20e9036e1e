import { Link } from '@tanstack/react-router';
import type { channels } from '@virgil/contract';
import { Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { RealmMark } from '../../ui/realm-mark.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { StreamStill } from '../../ui/stream-still.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Viewers } from '../../ui/viewers.tsx';

export function LiveNow({ channel }: { channel: channels.Channel }): ReactNode {
  const { t } = useTranslation('channel');
  const { duration } = useFormat();
  const now = useNow(30_000);
  const { live } = channel;
  if (!live) {
    return (
      <EmptyState
        icon={Radio}
        title={t('off', { name: channel.displayName })}
        text={channel.me.following ? t('offFollowing') : t('offText')}
        className="self-start"
      >
        {channel.me.role === 'owner' ? (
          <Button look="main" asChild>
            <Link to="/studio">{t('goLive')}</Link>
          </Button>
        ) : null}
      </EmptyState>
    );
  }
  return (
    <article className="relative min-w-0">
      <StreamStill stream={live} active />
      <div className="pt-4">
        <p className="mb-1 inline-flex items-center gap-2.5 text-14 font-[560]">
          <span className="live-dot ml-1" aria-hidden="true" />
          {t('liveSince', { duration: duration((now - Date.parse(live.startedAt)) / 1000) })}
        </p>
        <h2 className="text-27">
          <Link
            to="/watch/$streamId"
            params={{ streamId: live.id }}
            className="no-underline after:absolute after:inset-0 hover:underline"
            dir="auto"
          >
            {live.title}
          </Link>
        </h2>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 text-14">
          <RealmMark realm={live.danteRealm} />
          <span className="text-ink-3" dir="auto">
            {live.category}
          </span>
          <Viewers count={live.viewers} />
        </p>
      </div>
    </article>
  );
}
