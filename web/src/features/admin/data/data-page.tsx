/** How long what is kept, and whose data is kept for a case of law. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AdminFrame } from '../admin-frame.tsx';
import { Holds } from './holds.tsx';
import { RetentionForm } from './retention-form.tsx';

export function DataPage(): ReactNode {
  const { t } = useTranslation('privacy');
  return (
    <AdminFrame title={t('admin.title')}>
      <div className="page grid max-w-[76rem] gap-12">
        <h1 className="text-27">{t('admin.title')}</h1>
        <Holds />
        <RetentionForm />
      </div>
    </AdminFrame>
  );
}
