import { MessageSquare, MonitorPlay, Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const icon = { 'aria-hidden': true, size: 20, strokeWidth: 1.75, className: 'mt-0.5 flex-none text-tone' } as const;

export function Reasons(): ReactNode {
  const { t } = useTranslation('account');
  return (
    <ul className="grid max-w-[44ch] gap-4 text-ink-2">
      <li className="flex gap-3">
        <MonitorPlay {...icon} />
        {t('why.watch')}
      </li>
      <li className="flex gap-3">
        <MessageSquare {...icon} />
        {t('why.chat')}
      </li>
      <li className="flex gap-3">
        <Radio {...icon} />
        {t('why.live')}
      </li>
    </ul>
  );
}
