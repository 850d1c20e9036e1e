import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannels } from '../../api/channels.ts';
import { itemsOf } from '../../api/queries.ts';
import { ChannelRow } from '../../ui/channel-row.tsx';
import { MoreButton } from '../../ui/states.tsx';

/** Channels whose name fits the search, on air or not. */
export function FoundChannels({ q }: { q: string }): ReactNode {
  const { t } = useTranslation('home');
  const query = useChannels({ q });
  const found = itemsOf(query.data);
  if (found.length === 0) return null;
  return (
    <section className="mt-12">
      <div className="head">
        <h2>{t('channels')}</h2>
      </div>
      <ul className="rows">
        {found.map((channel) => (
          <li key={channel.id}>
            <ChannelRow channel={channel} />
          </li>
        ))}
      </ul>
      <MoreButton query={query} />
    </section>
  );
}
