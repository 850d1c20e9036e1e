import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/states.tsx';

/** A page threw. Also when a chunk is gone because the site was updated meanwhile: loading again fetches the new one. */
export function CrashPage(): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <div className="page">
      <EmptyState heading="h1" role="alert" icon={RefreshCw} title={t('crash.title')} text={t('crash.text')}>
        <Button onClick={() => location.reload()}>{t('crash.reload')}</Button>
      </EmptyState>
    </div>
  );
}
