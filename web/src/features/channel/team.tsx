import { Link } from '@tanstack/react-router';
import { Shield } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMembers } from '../../api/channels.ts';
import { itemsOf } from '../../api/queries.ts';
import { Avatar } from '../../ui/avatar.tsx';

/** The channel's moderators, for themselves and the owner. */
export function Team({ channelId, owner }: { channelId: string; owner: boolean }): ReactNode {
  const { t } = useTranslation('channel');
  const query = useMembers(channelId, { role: 'moderator' });
  const team = itemsOf(query.data);
  if (!query.isSuccess) return null;
  return (
    <section>
      <div className="head">
        <h2>{t('team')}</h2>
        {owner ? (
          <Link to="/settings/$section" params={{ section: 'channel' }} className="ml-auto text-14">
            {t('manage')}
          </Link>
        ) : null}
      </div>
      {team.length === 0 ? <p className="mt-3 text-ink-2">{t('noTeam')}</p> : null}
      <ul className="mt-3 grid gap-2">
        {team.map(({ person }) => (
          <li key={person.id} className="flex items-center gap-2.5">
            <Avatar person={person} size="s" />
            <span className="truncate" dir="auto">
              {person.displayName}
            </span>
            <Shield aria-hidden="true" size={16} strokeWidth={1.75} className="ml-auto flex-none text-tone" />
          </li>
        ))}
      </ul>
    </section>
  );
}
