/** How much harsh content one has looked at in this shift; a break is suggested, never enforced. */
import type { desk } from '@virgil/contract';
import { Coffee, Eye } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { noteBreak } from '../../api/desk.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';

export function ExposureNote({ exposure }: { exposure: desk.Exposure }): ReactNode {
  const { t } = useTranslation('queue');
  const { number, time } = useFormat();
  const [busy, setBusy] = useState(false);
  const { harshLooks, since, suggestion } = exposure;
  if (since === null) return null;
  async function seen(): Promise<void> {
    setBusy(true);
    try {
      await noteBreak();
    } finally {
      setBusy(false);
    }
  }
  return (
    <section aria-label={t('exposure.label')} className="border-t border-line px-4 py-3 text-14">
      <p className="flex items-center gap-2 text-ink-2">
        <Eye aria-hidden="true" size={16} strokeWidth={1.75} className="flex-none" />
        {t('exposure.count', { count: harshLooks, looks: number(harshLooks), since: time(since) })}
      </p>
      {suggestion === null ? null : (
        <div role="status" className="mt-2">
          <p className="flex gap-2">
            <Coffee aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
            {t(`exposure.${suggestion}`)}
          </p>
          <Button small className="mt-2" busy={busy} onClick={() => void seen()}>
            {t('exposure.seen')}
          </Button>
        </div>
      )}
      <p className="mt-1 text-13 text-ink-3">{t('exposure.private')}</p>
    </section>
  );
}
