/** Where a score stands between published, held and blocked: a line with notches at the thresholds, a marker above. */
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PLATFORM_THRESHOLDS, scoreText, type Thresholds } from './risk-score.ts';

type ThresholdRuleProps = {
  /** Those of that moment: the channel's own, not always 0.60 and 0.85. */
  readonly thresholds?: Thresholds;
  /** The words published, held and blocked under the line. */
  readonly labels?: boolean;
  readonly className?: string;
} & (
  | {
      /** 0–1. */
      readonly score: number;
      readonly label?: never;
    }
  | {
      /** No score: the thresholds themselves are shown, and this says them to those who do not see the line. */
      readonly label: string;
      readonly score?: never;
    }
);

const percent = (share: number): string => `${Math.min(1, Math.max(0, share)) * 100}%`;

export function ThresholdRule({
  label,
  score,
  thresholds = PLATFORM_THRESHOLDS,
  labels = true,
  className,
}: ThresholdRuleProps): ReactNode {
  const { t, i18n } = useTranslation('risk');
  const { hold, block } = thresholds;
  const write = (value: number) => scoreText(value, i18n.language);
  // A word needs this much room; the band of what is held can be narrower than its word.
  const heldFits = block - hold >= 0.16;
  return (
    <div className={className}>
      <span
        role="img"
        aria-label={label ?? t('rule', { score: write(score), hold: write(hold), block: write(block) })}
        className="relative block h-5"
      >
        <span
          className="absolute inset-x-0 top-[0.5625rem] h-0.5"
          style={{
            background: `linear-gradient(to right, var(--line-strong) 0 ${percent(hold)}, var(--risk-2-fill) ${percent(hold)} ${percent(block)}, var(--risk-3-fill) ${percent(block)})`,
          }}
        />
        {[hold, block].map((notch, index) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: two notches, always in this order
            key={index}
            className="absolute top-[0.1875rem] h-3.5 w-px bg-ink-3"
            style={{ left: percent(notch) }}
          />
        ))}
        {score === undefined ? null : (
          <b
            className="absolute top-0 size-0 -translate-x-1/2 border-6 border-transparent border-t-8 border-t-ink"
            style={{ left: percent(score) }}
          />
        )}
      </span>
      {labels ? (
        <span aria-hidden="true" className="relative block h-4.5 text-13 text-ink-3">
          <span className={clsx('absolute', hold < 0.2 && 'hidden')}>{t('band.published')}</span>
          <span className={clsx('absolute', !heldFits && 'hidden')} style={{ left: percent(hold) }}>
            {t('band.held')}
          </span>
          <span
            className={clsx('absolute', block > 0.8 && 'right-0')}
            style={block > 0.8 ? undefined : { left: percent(block) }}
          >
            {t('band.blocked')}
          </span>
        </span>
      ) : null}
    </div>
  );
}
