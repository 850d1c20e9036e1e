import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { setKeysEnabled, useKeysEnabled } from '../../ui/keys.ts';
import { RealmGlyph } from '../../ui/realm-mark.tsx';
import { Switch } from '../../ui/switch.tsx';
import { setTheme, type Theme, useTheme } from '../../ui/theme.ts';
import { ToggleGroup } from '../../ui/toggle-group.tsx';
import { Part } from './part.tsx';

const icon = { 'aria-hidden': true, size: 18, strokeWidth: 1.75 } as const;
const REALMS = ['inferno', 'purgatorio', 'paradiso'] as const;

/** Kept on this device: another screen may want another light. */
export function AppearanceSection(): ReactNode {
  const { t } = useTranslation(['settings', 'shell', 'common']);
  const theme = useTheme();
  const keys = useKeysEnabled();
  return (
    <>
      <Part title={t('appearance.light')} text={t('appearance.lightText')}>
        <ToggleGroup<Theme>
          label={t('appearance.light')}
          value={theme}
          onChange={setTheme}
          choices={[
            { value: 'system', label: t('shell:theme.system'), icon: <Monitor {...icon} /> },
            { value: 'light', label: t('shell:theme.light'), icon: <Sun {...icon} /> },
            { value: 'dark', label: t('shell:theme.dark'), icon: <Moon {...icon} /> },
          ]}
        />
        <ul className="mt-6 grid grid-cols-1 border border-line sm:grid-cols-3">
          {REALMS.map((realm) => (
            <li key={realm} data-realm={realm} className="bg-bg p-4 text-ink">
              <p className="flex items-center gap-2 font-[640] text-tone">
                <RealmGlyph realm={realm} />
                {t(`common:realm.${realm}`)}
              </p>
              <p className="mt-1.5 text-14 text-ink-2">{t(`appearance.realm.${realm}`)}</p>
            </li>
          ))}
        </ul>
        <p className="mt-2 text-14 text-ink-3">{t('appearance.realmText')}</p>
      </Part>
      <Part title={t('appearance.keys')}>
        <Switch
          label={t('appearance.keysLabel')}
          hint={t('appearance.keysHint')}
          checked={keys}
          onChange={setKeysEnabled}
        />
      </Part>
      <Part title={t('appearance.motion')} text={t('appearance.motionText')}>
        {null}
      </Part>
    </>
  );
}
