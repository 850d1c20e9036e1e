/** What texts scored, from 0.20 on, and where the two thresholds stand among them. */
import type { moderation } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { scoreText, type Thresholds } from '../../../ui/risk-score.ts';
import { barsOf, CHART_FROM, type Outcome, textsBelowChart } from './what-if.ts';

const placeOf = (score: number): string => `${((score - CHART_FROM) / (1 - CHART_FROM)) * 100}%`;

function inkOf(score: number, { block, hold }: Thresholds): string {
  if (score >= block) return 'var(--risk-3-fill)';
  return score >= hold ? 'var(--risk-2-fill)' : 'var(--line-strong)';
}

interface ScoreChartProps {
  readonly scores: moderation.ScoreDistribution;
  readonly thresholds: Thresholds;
  readonly outcome: Outcome;
}

export function ScoreChart({ outcome, scores, thresholds }: ScoreChartProps): ReactNode {
  const { t, i18n } = useTranslation('classification');
  const { number } = useFormat();
  const bars = barsOf(scores);
  const most = Math.max(...bars.map(({ texts }) => texts));
  const write = (score: number) => scoreText(score, i18n.language);
  if (most === 0) return <p className="mt-4 text-ink-2">{t('chart.empty', { texts: number(scores.texts) })}</p>;
  return (
    <figure className="mt-4">
      <div
        role="img"
        aria-label={t('chart.sentence', {
          texts: number(scores.texts),
          held: number(outcome.held),
          blocked: number(outcome.blocked),
        })}
      >
        <div className="relative flex h-36 items-end gap-px border-b border-line-strong">
          {bars.map(({ score, texts }) => (
            <span
              key={score}
              className="min-w-0 flex-1"
              style={{
                // One text is seen beside a thousand.
                height: texts === 0 ? 0 : `${Math.max(2.5, (texts / most) * 100)}%`,
                background: inkOf(score, thresholds),
              }}
            />
          ))}
          {([thresholds.hold, thresholds.block] as const).map((threshold, index) => (
            <i
              // biome-ignore lint/suspicious/noArrayIndexKey: two thresholds, always in this order
              key={index}
              className="absolute top-0 bottom-0 w-px bg-ink"
              style={{ left: placeOf(Math.max(CHART_FROM, threshold)) }}
            />
          ))}
        </div>
        <div className="mono relative mt-1 h-5 text-13 text-ink-3">
          {[0.2, 0.4, 0.6, 0.8].map((score) => (
            <span
              key={score}
              className="absolute -translate-x-1/2 first:translate-x-0"
              style={{ left: placeOf(score) }}
            >
              {write(score)}
            </span>
          ))}
          <span className="absolute right-0">{write(1)}</span>
        </div>
      </div>
      <figcaption className="text-14 text-ink-3">
        {t('chart.leftOut', { count: textsBelowChart(scores), score: write(CHART_FROM) })}
      </figcaption>
    </figure>
  );
}
