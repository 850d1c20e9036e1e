import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

export function BackupCodes({ codes }: { codes: readonly string[] }): ReactNode {
  const { t } = useTranslation('settings');
  const text = codes.join('\n');

  function download(): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
    link.download = 'virgil-backup-codes.txt';
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return (
    <div className="box">
      <ul className="mono grid grid-cols-2 gap-x-6 gap-y-1 select-all">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-3 -mb-2 flex flex-wrap gap-2">
        <CopyButton text={text} name={t('twoFactor.codesReady')} />
        <Button look="quiet" small onClick={download}>
          <Download aria-hidden="true" size={18} strokeWidth={1.75} />
          {t('twoFactor.download')}
        </Button>
      </div>
    </div>
  );
}
