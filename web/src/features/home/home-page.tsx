import { Link, useSearch } from '@tanstack/react-router';
import { type LivestreamSummary, type Realm, realm as realms } from '@virgil/contract';
import { Radio, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useActiveLivestreams } from '../../api/livestreams.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { RealmGlyph } from '../../ui/realm-mark.tsx';
import { EmptyState, ErrorState, MoreButton } from '../../ui/states.tsx';
import { StreamTile } from '../../ui/stream-tile.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { chooseLead } from './choose-lead.ts';
import { FoundChannels } from './found-channels.tsx';
import { HomeSkeleton } from './home-skeleton.tsx';
import { LeadSection } from './lead-section.tsx';
import { RecentVideos } from './recent-videos.tsx';

interface Counts {
  readonly all: number;
  readonly inferno: number;
  readonly purgatorio: number;
  readonly paradiso: number;
}

function RealmFilter({
  counts,
  chosen,
  q,
}: {
  counts: Counts;
  chosen: Realm | undefined;
  q: string | undefined;
}): ReactNode {
  const { t } = useTranslation(['home', 'common']);
  const { number } = useFormat();
  const search = (realm?: Realm) => ({ ...(realm ? { realm } : {}), ...(q ? { q } : {}) });
  return (
    <nav aria-label={t('filter')} className="strip mb-7 -mx-4 px-4 sm:mx-0 sm:px-0">
      <Link
        to="/"
        search={search()}
        resetScroll={false}
        className="strip-item"
        aria-current={chosen ? undefined : 'true'}
        activeProps={{}}
      >
        {t('all')} <span className="num font-normal text-ink-3">{number(counts.all)}</span>
      </Link>
      {realms.options.map((realm) => (
        <Link
          key={realm}
          to="/"
          search={search(realm)}
          resetScroll={false}
          className="strip-item"
          data-realm={realm}
          aria-current={chosen === realm ? 'true' : undefined}
          activeProps={{}}
        >
          <RealmGlyph realm={realm} className="text-tone" />
          {t(`common:realm.${realm}`)} <span className="num font-normal text-ink-3">{number(counts[realm])}</span>
        </Link>
      ))}
      <span className="ml-auto hidden self-center text-14 text-ink-3 sm:inline">{t('order')}</span>
    </nav>
  );
}

function NothingLive({
  realm,
  q,
  counts,
}: {
  realm: Realm | undefined;
  q: string | undefined;
  counts: Counts;
}): ReactNode {
  const { t } = useTranslation(['home', 'common']);
  if (q) {
    return (
      <EmptyState icon={SearchX} title={t('empty.search', { q })} text={t('empty.searchText')}>
        <Button asChild>
          <Link to="/">{t('clear')}</Link>
        </Button>
      </EmptyState>
    );
  }
  if (realm && counts.all > 0) {
    return (
      <EmptyState
        icon={Radio}
        title={t('empty.realm', { realm: t(`common:realm.${realm}`) })}
        text={t('empty.realmText', { count: counts.all - counts[realm] })}
      >
        <Button asChild>
          <Link to="/">{t('clear')}</Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      <EmptyState icon={Radio} title={t('empty.title')} text={t('empty.text')} className="pt-10 pb-12">
        <Button look="main" asChild>
          <Link to="/studio">{t('empty.act')}</Link>
        </Button>
      </EmptyState>
      <RecentVideos />
    </>
  );
}

function Grid({ streams, label }: { streams: readonly LivestreamSummary[]; label: string }): ReactNode {
  if (streams.length === 0) return null;
  return (
    <section aria-label={label}>
      <ul className="grid gap-x-6 gap-y-9 sm:grid-cols-2 lg:grid-cols-4 2xl:grid-cols-6">
        {streams.map((stream) => (
          <li key={stream.id} className="min-w-0">
            <StreamTile stream={stream} heading={label ? 'h3' : 'h2'} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Everything that is live: one lead, the next four beside it, the rest below by how many watch. */
export function HomePage(): ReactNode {
  const { t } = useTranslation('home');
  const { realm, q } = useSearch({ from: '/' });
  usePageTitle(q ? t('resultsFor', { q }) : t('title'));
  const live = useActiveLivestreams({ realm, q });
  const streams = itemsOf(live.data);
  const counts = live.data?.pages[0]?.counts ?? { all: 0, inferno: 0, purgatorio: 0, paradiso: 0 };
  const { lead, beside, rest } = q ? { lead: null, beside: [], rest: streams } : chooseLead(streams);

  if (live.isPending) return <HomeSkeleton />;
  if (live.isError && streams.length === 0) {
    return (
      <div className="page">
        <h1 className="sr-only">{t('title')}</h1>
        <ErrorState error={live.error} onRetry={() => void live.refetch()} />
      </div>
    );
  }
  return (
    <>
      {lead ? <LeadSection lead={lead} beside={beside} /> : null}
      <div className={lead ? 'page pt-0!' : 'page pt-6!'}>
        {lead ? null : <h1 className={q ? 'mb-2 text-27' : 'sr-only'}>{q ? t('resultsFor', { q }) : t('title')}</h1>}
        {counts.all > 0 || realm || q ? <RealmFilter counts={counts} chosen={realm} q={q} /> : null}
        {streams.length === 0 ? <NothingLive realm={realm} q={q} counts={counts} /> : null}
        <Grid streams={rest} label={t('grid')} />
        {lead && rest.length === 0 ? <RecentVideos /> : null}
        <MoreButton query={live} />
        {q ? <FoundChannels q={q} /> : null}
      </div>
    </>
  );
}
