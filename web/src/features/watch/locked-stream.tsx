import { Link } from '@tanstack/react-router';
import type { LivestreamSummary } from '@virgil/contract';
import { Check, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { usePatronage } from '../../api/subscriptions.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { RealmMark } from '../../ui/realm-mark.tsx';
import { PatronOffer } from '../patronage/patron-offer.tsx';

/** A patron-only stream to someone who is no patron: who it is, what being a patron means, how one becomes one. */
export function LockedStream({ summary }: { summary: LivestreamSummary | undefined }): ReactNode {
  const { t } = useTranslation('watch');
  const me = useMe();
  const name = summary?.creator.displayName;
  const { data: patronage } = usePatronage(summary?.channelId);
  const points = ['streams', 'badge', patronage?.price ? 'cancel' : 'granted'] as const;
  return (
    <div className="watch-room">
      <div className="min-w-0 md:overflow-y-auto">
        <div className="grid min-h-[min(38rem,calc(100dvh-16rem))] border-b-(length:--spine) border-tone md:grid-cols-[5fr_7fr]">
          <div aria-hidden="true" className="veil hidden md:block" />
          <div className="grid content-center gap-4 px-4 py-10 sm:px-6 md:px-12">
            <p className="tag text-tone">
              <Lock aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('locked.mark')}
            </p>
            <h1 className="max-w-[22ch] text-27 sm:text-36">
              {name ? t('locked.title', { name }) : t('locked.titleUnnamed')}
            </h1>
            {summary && summary.viewers > 0 ? (
              <p className="text-ink-2">{t('locked.watching', { count: summary.viewers })}</p>
            ) : null}
            <ul className="grid gap-2.5">
              {points.map((point) => (
                <li key={point} className="flex gap-2.5">
                  <Check aria-hidden="true" size={18} strokeWidth={1.75} className="mt-1 flex-none text-tone" />
                  {t(`locked.${point}`)}
                </li>
              ))}
            </ul>
            <div className="mt-2 flex flex-wrap gap-3">
              {summary && name ? <PatronOffer channelId={summary.channelId} name={name} withPrice /> : null}
              {me || patronage?.price ? null : (
                <Button asChild look="main">
                  <Link to="/sign-in" search={{ to: window.location.pathname }}>
                    {t('locked.signIn')}
                  </Link>
                </Button>
              )}
              {summary ? (
                <Button asChild>
                  <Link to="/c/$channelId" params={{ channelId: summary.channelId }}>
                    {t('locked.toChannel')}
                  </Link>
                </Button>
              ) : null}
              <Button asChild look={summary ? 'quiet' : 'line'}>
                <Link to="/">{t('locked.openStreams')}</Link>
              </Button>
            </div>
            {me ? <p className="text-14 text-ink-3">{t('signedInAs', { name: me.displayName })}</p> : null}
          </div>
        </div>
        {summary ? (
          <div className="flex items-start gap-5 px-4 py-5 sm:px-6 md:px-10">
            <Avatar person={summary.creator} size="l" />
            <div>
              <p className="text-21 font-[640]">
                <bdi>{summary.title}</bdi>
              </p>
              <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-14">
                <bdi className="font-[640]">{summary.creator.displayName}</bdi>
                <RealmMark realm={summary.danteRealm} />
                {summary.category ? <span className="text-ink-2">{summary.category}</span> : null}
              </p>
            </div>
          </div>
        ) : null}
      </div>
      <ClosedChat />
    </div>
  );
}

/** The room's other half, closed as well. */
function ClosedChat(): ReactNode {
  const { t } = useTranslation(['watch', 'chat']);
  return (
    <section aria-label={t('chat:title')} className="border-t border-line bg-surface-1 md:border-t-0 md:border-l">
      <header className="flex h-12 flex-none items-center border-b border-line px-4">
        <h2 className="text-16">{t('chat:title')}</h2>
      </header>
      <div className="px-4 py-6">
        <p className="text-18 font-[600]">{t('locked.chat')}</p>
        <p className="mt-1.5 text-ink-2">{t('locked.chatText')}</p>
      </div>
    </section>
  );
}
