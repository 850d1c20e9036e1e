import { Clapperboard, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf } from '../../api/queries.ts';
import { useVideos } from '../../api/videos.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../ui/states.tsx';
import { TileGrid, TileGridSkeleton } from '../../ui/tile-grid.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSearchWord } from '../../ui/use-search-word.ts';
import { VideoTile } from '../../ui/video-tile.tsx';

export function VideosPage(): ReactNode {
  const { t } = useTranslation('videos');
  const { text, setText, q } = useSearchWord();
  const query = useVideos({ q });
  const videos = itemsOf(query.data);
  usePageTitle(t('title'));
  return (
    <div className="page">
      <div className="mb-8 flex flex-wrap items-end gap-4">
        <h1 className="text-27 sm:text-36">{t('title')}</h1>
        <SearchField label={t('search')} value={text} onChange={setText} className="ml-auto w-full sm:w-80" />
      </div>
      <ListStates
        query={query}
        count={videos.length}
        skeleton={<TileGridSkeleton />}
        empty={
          q ? (
            <EmptyState icon={SearchX} title={t('noMatch', { q })} text={t('noMatchText')} />
          ) : (
            <EmptyState icon={Clapperboard} title={t('none')} text={t('noneText')} />
          )
        }
      >
        <TileGrid>
          {videos.map((video) => (
            <li key={video.id} className="min-w-0">
              <VideoTile video={video} heading="h2" />
            </li>
          ))}
        </TileGrid>
      </ListStates>
    </div>
  );
}
