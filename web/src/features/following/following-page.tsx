import { Link } from '@tanstack/react-router';
import { Heart, Radio, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannels } from '../../api/channels.ts';
import { useMe } from '../../api/me.ts';
import { itemsOf } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ChannelRow } from '../../ui/channel-row.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ErrorState, MoreButton, SkeletonRows } from '../../ui/states.tsx';
import { StreamTile } from '../../ui/stream-tile.tsx';
import { TileGrid } from '../../ui/tile-grid.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSearchWord } from '../../ui/use-search-word.ts';

function Guest(): ReactNode {
  const { t } = useTranslation(['following', 'common']);
  return (
    <EmptyState icon={Heart} title={t('guest.title')} text={t('guest.text')}>
      <Button look="main" asChild>
        <Link to="/sign-in" search={{ to: '/following' }}>
          {t('common:signIn')}
        </Link>
      </Button>
    </EmptyState>
  );
}

function Followed(): ReactNode {
  const { t } = useTranslation(['following', 'common']);
  const { text, setText, q } = useSearchWord();
  const query = useChannels({ following: true, q });
  const channels = itemsOf(query.data);
  const live = channels.flatMap((channel) => (channel.live ? [channel.live] : []));

  if (query.isPending) return <SkeletonRows />;
  if (query.isError && channels.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (channels.length === 0 && !q) {
    return (
      <EmptyState icon={Heart} title={t('none.title')} text={t('none.text')}>
        <Button asChild>
          <Link to="/">{t('common:backHome')}</Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      {q ? null : (
        <section className="mb-12">
          <div className="head mb-6">
            <h2>{t('live')}</h2>
          </div>
          {live.length === 0 ? (
            <EmptyState icon={Radio} title={t('off.title')} text={t('off.text')} className="py-2">
              <Button asChild>
                <Link to="/">{t('common:backHome')}</Link>
              </Button>
            </EmptyState>
          ) : (
            <TileGrid>
              {live.map((stream) => (
                <li key={stream.id} className="min-w-0">
                  <StreamTile stream={stream} />
                </li>
              ))}
            </TileGrid>
          )}
        </section>
      )}
      <section>
        <div className="head items-end">
          <h2>{t('all')}</h2>
          <SearchField label={t('search')} value={text} onChange={setText} className="ml-auto w-full sm:w-72" />
        </div>
        {channels.length === 0 ? <EmptyState icon={SearchX} title={t('noMatch', { q: q ?? '' })} /> : null}
        <ul className="rows">
          {channels.map((channel) => (
            <li key={channel.id}>
              <ChannelRow channel={channel} />
            </li>
          ))}
        </ul>
        <MoreButton query={query} />
      </section>
    </>
  );
}

export function FollowingPage(): ReactNode {
  const { t } = useTranslation('following');
  const me = useMe();
  usePageTitle(t('title'));
  return (
    <div className="page">
      <h1 className="mb-6 text-27 sm:text-36">{t('title')}</h1>
      {me === null ? <Guest /> : me ? <Followed /> : <SkeletonRows />}
    </div>
  );
}
