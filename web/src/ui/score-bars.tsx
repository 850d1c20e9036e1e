/** What a classifier found, category by category, the highest first. */
import type { Category } from '@virgil/contract';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PLATFORM_THRESHOLDS, type RiskLevel, riskLevel, scoreText, type Thresholds } from './risk-score.ts';

const FILLS: Readonly<Record<RiskLevel, string>> = {
  0: 'var(--data-rest)',
  1: 'var(--data-rest)',
  2: 'var(--risk-2-fill)',
  3: 'var(--risk-3-fill)',
};

export interface ScoreBarsProps {
  /** 0–1 for each category that was looked at. Empty draws a sentence instead. */
  readonly breakdown: Partial<Record<Category, number>>;
  /** The category that decided; it is drawn in bold. */
  readonly category: Category;
  readonly thresholds?: Thresholds;
  readonly className?: string;
}

export function ScoreBars({
  breakdown,
  category,
  thresholds = PLATFORM_THRESHOLDS,
  className,
}: ScoreBarsProps): ReactNode {
  const { t, i18n } = useTranslation('risk');
  const found = (Object.entries(breakdown) as [Category, number][]).toSorted(([, a], [, b]) => b - a);
  if (found.length === 0) return <p className={clsx('text-14 text-ink-2', className)}>{t('noBreakdown')}</p>;
  return (
    <ul className={className}>
      {found.map(([each, score]) => (
        <li
          key={each}
          className="grid grid-cols-[minmax(6.5rem,9rem)_minmax(0,1fr)_2.75rem] items-center gap-2.5 py-0.5 text-14"
        >
          <span className={clsx(each === category && 'font-[640]')}>{t(`category.${each}`)}</span>
          <span aria-hidden="true" className="relative block h-2 bg-surface-2">
            <i
              className="absolute inset-y-0 left-0"
              style={{
                width: `${Math.min(1, Math.max(0, score)) * 100}%`,
                background: FILLS[each === category ? riskLevel(score, thresholds) : 0],
              }}
            />
          </span>
          <span className="mono text-right text-13">{scoreText(score, i18n.language)}</span>
        </li>
      ))}
    </ul>
  );
}
