import type { channels, Person } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannels } from '../../api/channels.ts';
import { itemsOf } from '../../api/queries.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { useSubmit } from '../../ui/use-submit.ts';

/** Find a person by name, read what it means, then grant. Every profile has a channel, so channels are searched. */
export function GrantDialog({
  open,
  onClose,
  role,
  channelId,
  members,
  onGrant,
}: {
  open: boolean;
  onClose: () => void;
  role: channels.GrantedRole;
  channelId: string;
  members: readonly string[];
  onGrant: (person: Person) => Promise<void>;
}): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<channels.Channel | null>(null);
  const q = useDebounced(text.trim());
  const query = useChannels({ q }, open && q.length > 0);
  const found = itemsOf(query.data).filter((each) => each.id !== channelId && !members.includes(each.id));
  const { submit, busy, error, clear } = useSubmit(async (channel: channels.Channel) => {
    await onGrant({
      id: channel.id as string as Person['id'],
      displayName: channel.displayName,
      avatarUrl: channel.avatarUrl,
    });
    close();
  });

  function close(): void {
    setText('');
    setChosen(null);
    clear();
    onClose();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      title={chosen ? t(`members.grantTitle.${role}`, { name: chosen.displayName }) : t(`members.add.${role}`)}
      description={chosen ? t(`members.may.${role}`) : t('members.find')}
      foot={
        chosen ? (
          <>
            <Button onClick={() => setChosen(null)}>{t('members.other')}</Button>
            <Button look="main" busy={busy} onClick={() => void submit(chosen)}>
              {t(`members.grant.${role}`)}
            </Button>
          </>
        ) : undefined
      }
    >
      {chosen ? (
        <form>
          <p className="flex items-center gap-3 font-[620]" dir="auto">
            <Avatar person={chosen} />
            {chosen.displayName}
          </p>
          <div className="mt-4">
            <FormProblem error={error} />
          </div>
        </form>
      ) : (
        <>
          <SearchField label={t('members.search')} value={text} onChange={setText} />
          <p role="status" className="sr-only">
            {query.isSuccess ? t('members.found', { count: found.length }) : null}
          </p>
          <ul className="mt-2 max-h-80 overflow-y-auto">
            {found.map((channel) => (
              <li key={channel.id}>
                <button type="button" className="menu-item hover:bg-surface-2" onClick={() => setChosen(channel)}>
                  <Avatar person={channel} size="s" />
                  <span className="truncate" dir="auto">
                    {channel.displayName}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {query.isSuccess && found.length === 0 ? <p className="py-3 text-ink-3">{t('members.nobody')}</p> : null}
        </>
      )}
    </Dialog>
  );
}
