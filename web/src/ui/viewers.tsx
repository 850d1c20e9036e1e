import clsx from 'clsx';
import { Eye } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';

export function Viewers({ count, className }: { count: number; className?: string }): ReactNode {
  const { t } = useTranslation('common');
  const { number } = useFormat();
  return (
    <span className={clsx('num inline-flex items-center gap-1.5 text-14 font-[560] text-ink', className)}>
      <Eye aria-hidden="true" size={16} strokeWidth={1.75} className="text-ink-3" />
      <span aria-hidden="true">{number(count)}</span>
      <span className="sr-only">{t('tile.viewers', { count })}</span>
    </span>
  );
}
