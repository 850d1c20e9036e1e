/** A score: shape, number, colour, and a word for whoever does not see them. */
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  PLATFORM_THRESHOLDS,
  RISK_WORDS,
  type RiskLevel,
  riskLevel,
  scoreText,
  type Thresholds,
} from './risk-score.ts';

const COLOURS: Readonly<Record<RiskLevel, string>> = {
  0: 'text-ink-3',
  1: 'text-(--risk-1)',
  2: 'text-(--risk-2)',
  3: 'text-(--risk-3)',
};

/** Dot, ring, half-filled diamond, octagon with bar: the shape alone says the level. */
export function RiskGlyph({ level, className }: { level: RiskLevel; className?: string }): ReactNode {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={clsx('glyph', className)}>
      {level === 0 ? <circle cx="8" cy="8" r="1.6" fill="currentColor" stroke="none" /> : null}
      {level === 1 ? <circle cx="8" cy="8" r="4.6" /> : null}
      {level === 2 ? (
        <>
          <path d="M8 1.8 14.2 8 8 14.2 1.8 8Z" />
          <path d="M8 2.4V13.6L2.4 8Z" fill="currentColor" stroke="none" />
        </>
      ) : null}
      {level === 3 ? (
        <>
          <path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4Z" />
          <path d="M5 8h6" />
        </>
      ) : null}
    </svg>
  );
}

export interface RiskMarkProps {
  /** 0–1; shown cut to two decimals. */
  readonly score: number;
  /** Those that were applied to it; the platform's own where nothing else is known. */
  readonly thresholds?: Thresholds;
  /** Draws it large, as the head of a page's explanation. */
  readonly large?: boolean;
  readonly className?: string;
}

/** Read aloud as “held, 0.72”. */
export function RiskMark({ score, thresholds = PLATFORM_THRESHOLDS, large, className }: RiskMarkProps): ReactNode {
  const { t, i18n } = useTranslation('risk');
  const level = riskLevel(score, thresholds);
  return (
    <span
      className={clsx(
        'mono inline-flex items-center gap-[0.3125rem] font-[600] whitespace-nowrap',
        large ? 'text-36 leading-none tracking-[-0.03em]' : 'text-14',
        COLOURS[level],
        className,
      )}
    >
      <span className="sr-only">{t(`level.${RISK_WORDS[level]}`)}, </span>
      <RiskGlyph level={level} className={clsx(large && 'text-27')} />
      {scoreText(score, i18n.language)}
    </span>
  );
}
