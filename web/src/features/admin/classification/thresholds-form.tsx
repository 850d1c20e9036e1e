import type { moderation } from '@virgil/contract';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveThresholds, useScoreDistribution } from '../../../api/classification.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { cutScore, scoreText, type Thresholds } from '../../../ui/risk-score.ts';
import { Slider } from '../../../ui/slider.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { ScoreChart } from './score-chart.tsx';
import { outcomeWith } from './what-if.ts';

const LEAST = 0.05;

export function ThresholdsForm({ state }: { state: moderation.ClassificationState }): ReactNode {
  const { t, i18n } = useTranslation('classification');
  const { number } = useFormat();
  const { defaults, thresholds: stored } = state;
  const [wished, setWished] = useState<Thresholds>(stored);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => setWished(stored), [stored]);
  const scores = useScoreDistribution();
  const write = (score: number) => scoreText(score, i18n.language);
  const isChanged = wished.hold !== stored.hold || wished.block !== stored.block;
  const isDefault = wished.hold === defaults.hold && wished.block === defaults.block;
  const now = scores.data === undefined ? null : outcomeWith(scores.data, stored);
  const then = scores.data === undefined ? null : outcomeWith(scores.data, wished);
  // One pushes the other before it: what is blocked is held too.
  const setHold = (hold: number) =>
    setWished(({ block }) => ({ hold: cutScore(hold), block: Math.max(block, cutScore(hold)) }));
  const setBlock = (block: number) =>
    setWished(({ hold }) => ({ hold: Math.min(hold, cutScore(block)), block: cutScore(block) }));
  return (
    <section aria-labelledby="thresholds">
      <div className="head">
        <h2 id="thresholds">{t('thresholds.title')}</h2>
      </div>
      <p className="mt-3 max-w-[66ch] text-ink-2">{t('thresholds.text')}</p>
      {scores.isPending ? <SkeletonRows rows={3} /> : null}
      {scores.isError ? <ErrorState error={scores.error} onRetry={() => void scores.refetch()} /> : null}
      {scores.data && then ? <ScoreChart scores={scores.data} thresholds={wished} outcome={then} /> : null}
      <form
        className="mt-5 grid max-w-[44rem] gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          setAsking(true);
        }}
      >
        {(
          [
            ['hold', wished.hold, setHold],
            ['block', wished.block, setBlock],
          ] as const
        ).map(([name, value, set]) => (
          <div key={name} className="grid grid-cols-[9rem_minmax(0,1fr)_3rem] items-center gap-4">
            <span className="font-[600]">{t(`thresholds.${name}`)}</span>
            <Slider
              label={t(`thresholds.${name}`)}
              value={value}
              min={LEAST}
              max={1}
              step={0.01}
              valueText={write(value)}
              onChange={set}
            />
            <span className="mono text-right font-[600]">{write(value)}</span>
          </div>
        ))}
        {now && then ? (
          <p className="max-w-[66ch]" aria-live="polite">
            {t(isChanged ? 'thresholds.whatIf' : 'thresholds.asItIs', {
              texts: number(scores.data?.texts ?? 0),
              held: number(then.held),
              blocked: number(then.blocked),
              heldNow: number(now.held),
              blockedNow: number(now.blocked),
            })}
          </p>
        ) : null}
        <p className="max-w-[66ch] text-14 text-ink-3">{t('thresholds.never')}</p>
        <div className="flex flex-wrap gap-3">
          <Button look="main" type="submit" disabled={!isChanged}>
            {t('thresholds.save')}
          </Button>
          <Button type="button" disabled={isDefault} onClick={() => setWished(defaults)}>
            {t('thresholds.defaults', { hold: write(defaults.hold), block: write(defaults.block) })}
          </Button>
        </div>
      </form>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('thresholds.confirmTitle', { hold: write(wished.hold), block: write(wished.block) })}
        description={t('thresholds.confirmText')}
        act={t('thresholds.save')}
        onConfirm={async () => {
          await saveThresholds({ hold: wished.hold, block: wished.block });
          showToast(t('thresholds.saved'));
        }}
      />
    </section>
  );
}
