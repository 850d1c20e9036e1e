import { Link } from '@tanstack/react-router';
import { Ban, Bell, BellOff, Flag, MessageCircle, Tv, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type HiddenKind, setHidden, useHiddenPeople } from '../api/blocks.ts';
import { useMe } from '../api/me.ts';
import { ConfirmDialog } from './dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from './menu.tsx';
import { useProblemText } from './problem-text.ts';
import { showToast } from './toast.tsx';

const icon = { 'aria-hidden': true, size: 18, strokeWidth: 1.75 } as const;

export interface PersonMenuProps {
  readonly person: { readonly id: string; readonly displayName: string };
  /** What opens it: one element that takes `onClick` and a `ref`, with a name of its own. */
  readonly trigger: (opener: { readonly onClick?: () => void; readonly 'aria-haspopup'?: 'menu' }) => ReactNode;
  /** What this menu is on is reported; the page owns the dialog. */
  readonly onReport?: (() => void) | undefined;
  readonly reportWord?: string | undefined;
  /** Further acts of the place, above the others. */
  readonly children?: ReactNode;
  readonly align?: 'start' | 'end';
}

/**
 * What one can do about somebody: look at their channel, write to them, report, mute, block. A feed shows hundreds of
 * these, so the menu itself is made when it is asked for.
 */
export function PersonMenu(props: PersonMenuProps): ReactNode {
  const [asked, setAsked] = useState(false);
  if (asked) return <OpenMenu {...props} />;
  return props.trigger({ onClick: () => setAsked(true), 'aria-haspopup': 'menu' });
}

function OpenMenu({ person, trigger, onReport, reportWord, children, align = 'start' }: PersonMenuProps): ReactNode {
  const { t } = useTranslation('letters');
  const problemText = useProblemText();
  const me = useMe();
  const { blocked, muted } = useHiddenPeople();
  const [blocking, setBlocking] = useState(false);
  const isMe = me?.id === person.id;
  const name = person.displayName;

  function change(kind: HiddenKind, isHidden: boolean): void {
    setHidden(kind, person.id, isHidden).then(
      () =>
        showToast(t(isHidden ? `${kind}.done` : `${kind}.undone`, { name }), {
          undo: () => change(kind, !isHidden),
        }),
      (error: unknown) => showToast(problemText(error), { tone: 'bad' }),
    );
  }

  const isMuted = muted.has(person.id);
  return (
    <>
      <Menu defaultOpen align={align} trigger={trigger({})}>
        <p className="max-w-64 truncate px-3 pt-1.5 pb-2 font-[640]" dir="auto">
          {name}
        </p>
        {children}
        <MenuItem asChild>
          <Link to="/c/$channelId" params={{ channelId: person.id }}>
            <Tv {...icon} />
            {t('menu.channel')}
          </Link>
        </MenuItem>
        {me && !isMe ? (
          <>
            <MenuItem asChild>
              <Link to="/messages/$userId" params={{ userId: person.id }}>
                <MessageCircle {...icon} />
                {t('menu.message')}
              </Link>
            </MenuItem>
            {onReport ? (
              <MenuItem icon={<Flag {...icon} />} onSelect={onReport}>
                {reportWord ?? t('menu.report')}
              </MenuItem>
            ) : null}
            <MenuSeparator />
            <MenuItem
              icon={isMuted ? <Bell {...icon} /> : <BellOff {...icon} />}
              onSelect={() => change('mute', !isMuted)}
            >
              {t(isMuted ? 'menu.unmute' : 'menu.mute')}
            </MenuItem>
            {blocked.has(person.id) ? (
              <MenuItem icon={<Undo2 {...icon} />} onSelect={() => change('block', false)}>
                {t('menu.unblock')}
              </MenuItem>
            ) : (
              <MenuItem bad icon={<Ban {...icon} />} onSelect={() => setBlocking(true)}>
                {t('menu.block')}
              </MenuItem>
            )}
          </>
        ) : null}
      </Menu>
      <ConfirmDialog
        open={blocking}
        onOpenChange={setBlocking}
        title={t('block.title', { name })}
        description={
          <ul className="grid list-disc gap-1 pl-5">
            <li>{t('block.noMessages')}</li>
            <li>{t('block.noComments')}</li>
            <li>{t('block.notShown', { name })}</li>
            <li>{t('block.notTold', { name })}</li>
          </ul>
        }
        act={t('menu.block')}
        dangerous
        problem={problemText}
        onConfirm={async () => {
          await setHidden('block', person.id, true);
          showToast(t('block.done', { name }), { undo: () => change('block', false) });
        }}
      />
    </>
  );
}
