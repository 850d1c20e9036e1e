import { WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutage } from '../api/online.ts';

/** What is kept and when it will be sent. */
export function OfflineBar(): ReactNode {
  const { t } = useTranslation('shell');
  const outage = useOutage();
  return (
    <div role="status">
      {outage === 'none' ? null : (
        <p className="flex items-start justify-center gap-2 border-b border-line bg-warn-soft px-4 py-2 text-14 text-warn">
          <WifiOff aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
          {t(`outage.${outage}`)}
        </p>
      )}
    </div>
  );
}
