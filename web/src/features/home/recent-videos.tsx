import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf } from '../../api/queries.ts';
import { useVideos } from '../../api/videos.ts';
import { TileGrid } from '../../ui/tile-grid.tsx';
import { VideoTile } from '../../ui/video-tile.tsx';

/** While nobody is live there is still something to watch. */
export function RecentVideos(): ReactNode {
  const { t } = useTranslation('home');
  const videos = itemsOf(useVideos({}).data).slice(0, 8);
  if (videos.length === 0) return null;
  return (
    <section>
      <div className="head mb-6">
        <h2>{t('recordings')}</h2>
        <Link to="/videos" className="ml-auto text-14">
          {t('allVideos')}
        </Link>
      </div>
      <TileGrid>
        {videos.map((video) => (
          <li key={video.id} className="min-w-0">
            <VideoTile video={video} />
          </li>
        ))}
      </TileGrid>
    </section>
  );
}
