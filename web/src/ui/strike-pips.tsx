import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Three at the same time close an account; a fourth is said in the words. */
export function StrikePips({ active, words = true }: { active: number; words?: boolean }): ReactNode {
  const { t } = useTranslation('common');
  const text = t('strikes', { count: active });
  return (
    <span className="inline-flex items-center gap-2" title={words ? undefined : text}>
      <span aria-hidden="true" className="inline-flex gap-1">
        {[1, 2, 3].map((pip) => (
          <span
            key={pip}
            className={clsx(
              'size-2.5 rotate-45 border',
              pip > active ? 'border-line-strong' : active >= 3 ? 'border-bad bg-bad-fill' : 'border-warn bg-warn',
            )}
          />
        ))}
      </span>
      <span className={clsx('num text-13', words ? 'text-ink-2' : 'sr-only')}>{text}</span>
    </span>
  );
}
