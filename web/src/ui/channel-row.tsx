import { Link } from '@tanstack/react-router';
import type { channels } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from './avatar.tsx';
import { FollowButton } from './follow-button.tsx';

export function ChannelRow({ channel }: { channel: channels.Channel }): ReactNode {
  const { t } = useTranslation('common');
  return (
    <div className="relative flex items-center gap-4 py-3.5">
      <Avatar person={channel} />
      <div className="min-w-0 grow">
        <h3 className="truncate text-16">
          <Link
            to="/c/$channelId"
            params={{ channelId: channel.id }}
            className="no-underline after:absolute after:inset-0 hover:underline"
            dir="auto"
          >
            {channel.displayName}
          </Link>
        </h3>
        {channel.live ? (
          <p className="flex min-w-0 items-center gap-2.5 pl-1 text-14 text-ink-2">
            <span className="live-dot" aria-hidden="true" />
            <span className="truncate" dir="auto">
              {t('live')}: {channel.live.title}
            </span>
          </p>
        ) : (
          <p className="truncate text-14 text-ink-3">{t('followers', { count: channel.followers })}</p>
        )}
      </div>
      <FollowButton channel={channel} small className="z-1" />
    </div>
  );
}
