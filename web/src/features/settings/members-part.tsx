import type { channels, Person } from '@virgil/contract';
import { Gem, Leaf, Plus, SearchX, Shield } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setMember, useMembers } from '../../api/channels.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates, SkeletonRows } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { GrantDialog } from './grant-dialog.tsx';
import { Part } from './part.tsx';

type Role = channels.GrantedRole;

const ICONS = { moderator: Shield, vip: Gem, patron: Leaf };
const ROLES = ['moderator', 'vip', 'patron'] as const;

function Members({ channelId, role }: { channelId: string; role: Role }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { date } = useFormat();
  const problemText = useProblemText();
  const [text, setText] = useState('');
  const q = useDebounced(text.trim()) || undefined;
  const query = useMembers(channelId, { role, q });
  const members = itemsOf(query.data);
  const [granting, setGranting] = useState(false);
  const [revoking, setRevoking] = useState<Person | null>(null);

  function undo(person: Person, member: boolean): void {
    setMember(channelId, person.id, role, member).catch((error: unknown) =>
      showToast(problemText(error), { tone: 'bad' }),
    );
  }

  async function grant(person: Person): Promise<void> {
    await setMember(channelId, person.id, role, true);
    showToast(t(`members.granted.${role}`, { name: person.displayName }), { undo: () => undo(person, false) });
  }

  async function revoke(person: Person): Promise<void> {
    await setMember(channelId, person.id, role, false);
    showToast(t(`members.revoked.${role}`, { name: person.displayName }), { undo: () => undo(person, true) });
  }

  return (
    <>
      <p className="mb-4 max-w-[60ch] text-ink-2">{t(`members.may.${role}`)}</p>
      <div className="flex flex-wrap gap-3">
        <SearchField label={t('members.search')} value={text} onChange={setText} className="min-w-0 grow basis-48" />
        <Button onClick={() => setGranting(true)}>
          <Plus aria-hidden="true" size={18} strokeWidth={1.75} />
          {t(`members.add.${role}`)}
        </Button>
      </div>
      <ListStates
        query={query}
        count={members.length}
        skeleton={<SkeletonRows rows={3} />}
        empty={
          <EmptyState
            icon={q ? SearchX : ICONS[role]}
            title={q ? t('members.noMatch', { q }) : t(`members.none.${role}`)}
            className="py-6"
          />
        }
      >
        <ul className="rows mt-2">
          {members.map(({ paid, person, since }) => (
            <li key={`${person.id} ${paid}`} className="flex items-center gap-3 py-3">
              <Avatar person={person} size="s" />
              <div className="min-w-0 grow">
                <p className="truncate font-[560]" dir="auto">
                  {person.displayName}
                </p>
                <p className="text-14 text-ink-3">
                  {paid ? t('members.paying', { date: date(since) }) : t('members.since', { date: date(since) })}
                </p>
              </div>
              {paid ? null : (
                <Button
                  small
                  aria-label={t('members.removeOf', { name: person.displayName })}
                  onClick={() => setRevoking(person)}
                >
                  {t('common:remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </ListStates>
      <GrantDialog
        open={granting}
        onClose={() => setGranting(false)}
        role={role}
        channelId={channelId}
        members={members.filter(({ paid }) => !paid).map(({ person }) => person.id)}
        onGrant={grant}
      />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => {
          if (!open) setRevoking(null);
        }}
        title={t(`members.revokeTitle.${role}`, { name: revoking?.displayName ?? '' })}
        description={t(`members.revokeText.${role}`, { name: revoking?.displayName ?? '' })}
        act={t('common:remove')}
        dangerous
        problem={problemText}
        onConfirm={() => (revoking ? revoke(revoking) : undefined)}
      />
    </>
  );
}

/** Moderators, VIPs and patrons of one's own channel. */
export function MembersPart({ channelId }: { channelId: string }): ReactNode {
  const { t } = useTranslation('settings');
  const [role, setRole] = useState<Role>('moderator');
  return (
    <Part title={t('members.title')}>
      <Tabs<Role>
        label={t('members.title')}
        value={role}
        onChange={setRole}
        className="-mt-4"
        tabs={ROLES.map((value) => {
          const Icon = ICONS[value];
          return {
            value,
            label: (
              <>
                <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
                {t(`members.tab.${value}`)}
              </>
            ),
            content: <Members channelId={channelId} role={value} />,
          };
        })}
      />
    </Part>
  );
}
