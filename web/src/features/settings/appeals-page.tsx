import { Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/states.tsx';
import { Part } from './part.tsx';
import { SettingsLayout } from './settings-layout.tsx';

/** The Appeals Center's place. Nothing on this instance can impose a penalty, so there is none to list. */
export function AppealsPage(): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <SettingsLayout here="appeals">
      {() => (
        <Part title={t('appeals.title')} text={t('appeals.text')}>
          <EmptyState icon={Scale} title={t('appeals.none')} text={t('appeals.noneText')} className="py-2" />
        </Part>
      )}
    </SettingsLayout>
  );
}
