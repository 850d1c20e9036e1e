import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { refreshMe } from '../../api/me.ts';
import { FormPage } from '../../ui/form-page.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { TwoFactorSetup } from './two-factor-setup.tsx';

/** All that an admin without a second factor reaches in production. */
export function EnrolPage(): ReactNode {
  const { t } = useTranslation('settings');
  usePageTitle(t('enrol.title'));
  return (
    <FormPage title={t('enrol.title')} text={t('enrol.text')}>
      <TwoFactorSetup onDone={refreshMe} />
    </FormPage>
  );
}
