import { Link, useNavigate } from '@tanstack/react-router';
import type { accounts } from '@virgil/contract';
import { Clapperboard, Coins, Ellipsis, Heart, LogOut, Radio, Scale, Settings, Tv, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signedOut, updateMe } from '../api/me.ts';
import { type AppLanguage, isAppLanguage } from '../i18n/language.ts';
import { changeLanguage } from '../i18n/setup.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { useProblemText } from '../ui/problem-text.ts';
import { setTheme, type Theme, useTheme } from '../ui/theme.ts';
import { showToast } from '../ui/toast.tsx';

const icon = { 'aria-hidden': true, size: 18, strokeWidth: 1.75 } as const;

export function ThemeChoice(): ReactNode {
  const { t } = useTranslation('shell');
  const theme = useTheme();
  return (
    <MenuChoice<Theme>
      label={t('theme.label')}
      value={theme}
      onChange={setTheme}
      choices={[
        { value: 'system', label: t('theme.system') },
        { value: 'light', label: t('theme.light') },
        { value: 'dark', label: t('theme.dark') },
      ]}
    />
  );
}

function LanguageChoice({ signedIn }: { signedIn: boolean }): ReactNode {
  const { t, i18n } = useTranslation('shell');
  const problemText = useProblemText();
  const language: AppLanguage = isAppLanguage(i18n.language) ? i18n.language : 'en';

  async function choose(next: AppLanguage): Promise<void> {
    await changeLanguage(next);
    if (!signedIn) return;
    try {
      await updateMe({ language: next });
    } catch (error) {
      showToast(problemText(error), { tone: 'bad' });
    }
  }

  return (
    <MenuChoice<AppLanguage>
      label={t('language')}
      value={language}
      onChange={(next) => void choose(next)}
      choices={[
        { value: 'en', label: 'English', lang: 'en' },
        { value: 'de', label: 'Deutsch', lang: 'de' },
      ]}
    />
  );
}

/** Everything personal in one place; on a phone also where one can go. */
export function AccountMenu({ me }: { me: accounts.Me | null | undefined }): ReactNode {
  const { t } = useTranslation(['shell', 'policies']);
  const problemText = useProblemText();
  const navigate = useNavigate();

  async function signOut(): Promise<void> {
    try {
      const { auth } = await import('../api/auth.ts');
      const { error } = await auth.signOut();
      if (error) throw error;
      await signedOut();
      await navigate({ to: '/' });
      showToast(t('account.signedOut'));
    } catch (error) {
      showToast(problemText(error), { tone: 'bad' });
    }
  }

  const trigger = me ? (
    <IconButton label={t('account.menuOf', { name: me.displayName })} className="rounded-person">
      <Avatar person={me} size="s" />
    </IconButton>
  ) : (
    <IconButton label={t('account.menu')}>
      <Ellipsis {...icon} size={20} />
    </IconButton>
  );

  return (
    <Menu trigger={trigger} className="w-64">
      {me ? (
        <p className="truncate px-3 pt-1.5 pb-2 font-[640]" dir="auto">
          {me.displayName}
        </p>
      ) : null}
      <div className="sm:hidden" hidden={me?.isBanned === true}>
        <MenuItem asChild>
          <Link to="/">
            <Tv {...icon} />
            {t('nav.live')}
          </Link>
        </MenuItem>
        <MenuItem asChild>
          <Link to="/following">
            <Heart {...icon} />
            {t('nav.following')}
          </Link>
        </MenuItem>
        <MenuItem asChild>
          <Link to="/videos">
            <Clapperboard {...icon} />
            {t('nav.videos')}
          </Link>
        </MenuItem>
        {me ? (
          <MenuItem asChild>
            <Link to="/studio">
              <Radio {...icon} />
              {t('goLive')}
            </Link>
          </MenuItem>
        ) : null}
        <MenuSeparator />
      </div>
      {me && !me.isBanned ? (
        <>
          <MenuItem asChild>
            <Link to="/c/$channelId" params={{ channelId: me.id }}>
              <Tv {...icon} />
              {t('account.channel')}
            </Link>
          </MenuItem>
          <MenuItem asChild>
            <Link to="/earnings">
              <Coins {...icon} />
              {t('account.earnings')}
            </Link>
          </MenuItem>
          <MenuItem asChild>
            <Link to="/settings/$section" params={{ section: 'profile' }}>
              <Settings {...icon} />
              {t('account.settings')}
            </Link>
          </MenuItem>
          {me.role === 'admin' ? (
            <MenuItem asChild>
              <Link to="/admin/users">
                <Users {...icon} />
                {t('account.users')}
              </Link>
            </MenuItem>
          ) : null}
          <MenuSeparator />
        </>
      ) : null}
      <MenuItem asChild>
        <Link to="/policies">
          <Scale {...icon} />
          {t('policies:footer')}
        </Link>
      </MenuItem>
      <MenuSeparator />
      <ThemeChoice />
      <LanguageChoice signedIn={me != null && !me.isBanned} />
      {me ? (
        <>
          <MenuSeparator />
          <MenuItem icon={<LogOut {...icon} />} onSelect={() => void signOut()}>
            {t('account.signOut')}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
