import { Link, useRouterState } from '@tanstack/react-router';
import type { channels } from '@virgil/contract';
import clsx from 'clsx';
import { Heart } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { setFollowing } from '../api/channels.ts';
import { useMe } from '../api/me.ts';
import { Button } from './button.tsx';
import { useProblemText } from './problem-text.ts';
import { showToast } from './toast.tsx';
import { useSubmit } from './use-submit.ts';

/** Follows a channel; stopping can be undone. Guests are asked to sign in; nobody follows their own channel. */
export function FollowButton({
  channel,
  small,
  className,
}: {
  channel: Pick<channels.Channel, 'id' | 'displayName' | 'me'>;
  small?: boolean;
  className?: string;
}): ReactNode {
  const { t } = useTranslation('common');
  const me = useMe();
  const here = useRouterState({ select: (state) => state.location.href });
  const problemText = useProblemText();
  const { submit, busy } = useSubmit(async (following: boolean) => {
    try {
      await setFollowing(channel.id, following);
      if (!following) {
        showToast(t('follow.stopped', { name: channel.displayName }), { undo: () => void submit(true) });
      }
    } catch (error) {
      showToast(problemText(error), { tone: 'bad' });
    }
  });

  if (channel.me.role === 'owner') return null;
  const look = { ...(small ? { small } : {}), className: clsx('relative', className) };
  if (!me) {
    return (
      <Button asChild {...look}>
        <Link to="/sign-in" search={{ to: here }}>
          <Heart aria-hidden="true" size={18} strokeWidth={1.75} />
          {t('follow.follow')}
        </Link>
      </Button>
    );
  }
  const following = channel.me.following;
  return (
    <Button
      {...look}
      busy={busy}
      aria-pressed={following}
      aria-label={t(following ? 'follow.stop' : 'follow.start', { name: channel.displayName })}
      onClick={() => void submit(!following)}
    >
      <Heart aria-hidden="true" size={18} strokeWidth={1.75} fill={following ? 'currentColor' : 'none'} />
      {t(following ? 'follow.following' : 'follow.follow')}
    </Button>
  );
}
