import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { showToast } from './toast.tsx';

/** `name` says what is copied, for screen readers: “Copy stream key”. */
export function CopyButton({ text, name }: { text: string; name: string }): ReactNode {
  const { t } = useTranslation('common');
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 2000);
    return () => clearTimeout(timer);
  }, [done]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
    } catch {
      // Over plain http from another device there is no clipboard.
      showToast(t('copyFailed'), { tone: 'bad' });
    }
  }

  const Icon = done ? Check : Copy;
  return (
    <Button look="quiet" small onClick={copy} aria-label={`${t('copy')}: ${name}`}>
      <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
      <span aria-live="polite">{done ? t('copied') : t('copy')}</span>
    </Button>
  );
}
