import { Link } from '@tanstack/react-router';
import { type accounts, type PlatformRole, platformRole, type Tier, tier as tiers } from '@virgil/contract';
import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { issueResetLink, setRole, setTier } from '../../api/admin-users.ts';
import { useMe } from '../../api/me.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/field.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { StrikePips } from '../../ui/strike-pips.tsx';
import { showToast } from '../../ui/toast.tsx';

type User = accounts.AdminUser;

/** What is about to happen to someone; nothing does before it is confirmed. */
type Intent =
  | { readonly act: 'tier'; readonly user: User; readonly tier: Tier }
  | { readonly act: 'role'; readonly user: User; readonly role: PlatformRole }
  | { readonly act: 'link'; readonly user: User };

function UserRow({
  user,
  isMe,
  onIntent,
}: {
  user: User;
  isMe: boolean;
  onIntent: (intent: Intent) => void;
}): ReactNode {
  const { t } = useTranslation(['admin', 'common', 'standing']);
  const { date } = useFormat();
  return (
    <tr className="grid grid-cols-2 gap-x-3 gap-y-2 border-b border-line py-3 md:table-row [&>td]:align-middle md:[&>td]:border-b md:[&>td]:border-line md:[&>td]:py-2 md:[&>td]:pr-3">
      <td className="col-span-2">
        <div className="flex min-w-0 items-center gap-3">
          <Avatar person={user} size="s" />
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2 font-[620]">
              <Link
                to="/admin/users/$userId"
                params={{ userId: user.id }}
                className="no-underline hover:underline"
                dir="auto"
              >
                {user.displayName}
              </Link>
              {isMe ? <span className="text-13 font-normal text-ink-3">{t('you')}</span> : null}
              {user.isLive ? (
                <span className="tag text-ink-2">
                  <span className="live-dot mx-1" aria-hidden="true" />
                  {t('common:live')}
                </span>
              ) : null}
              {user.isDemo ? <span className="tag tag-box text-ink-3">{t('demo')}</span> : null}
            </p>
            <p className="truncate text-13 text-ink-3">{user.email}</p>
          </div>
        </div>
      </td>
      <td className="col-span-2">
        {user.standing === 'active' ? (
          <span className="text-ink-3">{t('standing:of.active')}</span>
        ) : (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className={user.standing === 'banned' ? 'font-[600] text-bad' : 'text-warn'}>
              {t(`standing:of.${user.standing}`)}
            </span>
            {user.activeStrikes > 0 ? <StrikePips active={user.activeStrikes} /> : null}
          </span>
        )}
      </td>
      <td className="hidden text-ink-2 lg:table-cell">
        <time dateTime={user.createdAt}>{date(user.createdAt)}</time>
      </td>
      <td>
        <Select
          aria-label={t('tierOf', { name: user.displayName })}
          value={user.tier}
          onChange={(event) => onIntent({ act: 'tier', user, tier: event.target.value as Tier })}
        >
          {tiers.options.map((each) => (
            <option key={each} value={each}>
              {t(`common:tier.${each}`)}
            </option>
          ))}
        </Select>
      </td>
      <td>
        <Select
          aria-label={t('roleOf', { name: user.displayName })}
          value={user.role}
          onChange={(event) => onIntent({ act: 'role', user, role: event.target.value as PlatformRole })}
        >
          {platformRole.options.map((each) => (
            <option key={each} value={each}>
              {t(`common:platformRole.${each}`)}
            </option>
          ))}
        </Select>
      </td>
      <td className="col-span-2 md:text-right">
        <Button look="quiet" onClick={() => onIntent({ act: 'link', user })}>
          <KeyRound aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('resetLink')}
          <span className="sr-only"> {user.displayName}</span>
        </Button>
      </td>
    </tr>
  );
}

export function UserTable({ users }: { users: readonly User[] }): ReactNode {
  const { t } = useTranslation(['admin', 'common']);
  const { dateTime } = useFormat();
  const me = useMe();
  const problemText = useProblemText();
  const [intent, setIntent] = useState<Intent | null>(null);
  const [link, setLink] = useState<{ url: string; until: string; name: string } | null>(null);

  async function perform(wanted: Intent): Promise<void> {
    const { user } = wanted;
    if (wanted.act === 'link') {
      const { url, expiresAt } = await issueResetLink(user.id);
      setLink({ url, until: dateTime(expiresAt), name: user.displayName });
      return;
    }
    const undone = (work: Promise<void>) =>
      void work.catch((error: unknown) => showToast(problemText(error), { tone: 'bad' }));
    if (wanted.act === 'tier') {
      await setTier(user.id, wanted.tier);
      showToast(t('tierDone', { name: user.displayName, tier: t(`common:tier.${wanted.tier}`) }), {
        undo: () => undone(setTier(user.id, user.tier)),
      });
    } else {
      await setRole(user.id, wanted.role);
      showToast(t('roleDone', { name: user.displayName, role: t(`common:platformRole.${wanted.role}`) }), {
        undo: () => undone(setRole(user.id, user.role)),
      });
    }
  }

  function question(wanted: Intent): { title: string; text: string; act: string } {
    const name = wanted.user.displayName;
    switch (wanted.act) {
      case 'tier': {
        const tier = t(`common:tier.${wanted.tier}`);
        return {
          title: t('tierTitle', { name, tier }),
          text: t(wanted.tier === 'free' ? 'tierFreeText' : 'tierText', { name }),
          act: t('tierAct', { tier }),
        };
      }
      case 'role': {
        const role = t(`common:platformRole.${wanted.role}`);
        return {
          title: t('roleTitle', { name, role }),
          text: t(`roleText.${wanted.role}`, { name }),
          act: t('roleAct', { role }),
        };
      }
      case 'link':
        return { title: t('linkTitle', { name }), text: t('linkText', { name }), act: t('linkAct') };
    }
  }

  const asked = intent ? question(intent) : null;
  return (
    <>
      <table className="block w-full md:table">
        <thead className="sr-only md:not-sr-only">
          <tr className="text-14 text-ink-3 [&>th]:border-b [&>th]:border-line [&>th]:py-2 [&>th]:pr-3 [&>th]:font-[560]">
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('standing')}</th>
            <th scope="col" className="hidden lg:table-cell">
              {t('since')}
            </th>
            <th scope="col" className="w-36">
              {t('tier')}
            </th>
            <th scope="col" className="w-40">
              {t('role')}
            </th>
            <th scope="col">
              <span className="sr-only">{t('acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody className="block md:table-row-group">
          {users.map((user) => (
            <UserRow key={user.id} user={user} isMe={user.id === me?.id} onIntent={setIntent} />
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        open={intent !== null}
        onOpenChange={(open) => {
          if (!open) setIntent(null);
        }}
        title={asked?.title ?? ''}
        description={asked?.text ?? ''}
        act={asked?.act ?? ''}
        dangerous={intent?.act === 'role' && intent.role === 'admin'}
        problem={problemText}
        onConfirm={() => (intent ? perform(intent) : undefined)}
      />
      <Dialog
        open={link !== null}
        onOpenChange={(open) => {
          if (!open) setLink(null);
        }}
        title={t('linkReady', { name: link?.name ?? '' })}
        description={t('linkReadyText', { until: link?.until ?? '' })}
      >
        <p className="mono box overflow-x-auto text-14 whitespace-nowrap select-all">{link?.url}</p>
        <div className="mt-2">
          <CopyButton text={link?.url ?? ''} name={t('resetLink')} />
        </div>
      </Dialog>
    </>
  );
}
