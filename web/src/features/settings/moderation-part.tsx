/** From which scores texts on one's own channel wait or are blocked: the platform's thresholds, or stricter ones. */
import type { moderation } from '@virgil/contract';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveChannelThresholds, useChannelThresholds } from '../../api/channels.ts';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { scoreText, type Thresholds } from '../../ui/risk-score.ts';
import { Slider } from '../../ui/slider.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { ThresholdRule } from '../../ui/threshold-rule.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { Part } from './part.tsx';
import { isSame, moved, rangeOf } from './stricter-thresholds.ts';

export function ModerationPart({ channelId }: { channelId: string }): ReactNode {
  const { t } = useTranslation('settings');
  const query = useChannelThresholds(channelId);
  return (
    <Part title={t('thresholds.title')} text={t('thresholds.text')}>
      {query.isPending ? <SkeletonRows rows={2} /> : null}
      {query.data ? (
        <ThresholdsForm channelId={channelId} stored={query.data} reload={() => query.refetch()} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
    </Part>
  );
}

const ROW = 'grid grid-cols-[minmax(0,1fr)_3rem] items-start gap-x-4 sm:grid-cols-[9rem_minmax(0,1fr)_3rem]';
const NAME = 'col-span-2 font-[600] sm:col-span-1';

function ThresholdsForm({
  channelId,
  reload,
  stored,
}: {
  channelId: string;
  reload: () => Promise<unknown>;
  stored: moderation.ChannelThresholds;
}): ReactNode {
  const { t, i18n } = useTranslation(['settings', 'common']);
  const { platform } = stored;
  const [wished, setWished] = useState<Thresholds>({ hold: stored.hold, block: stored.block });
  const [hasMoved, setHasMoved] = useState(false);
  useEffect(() => setWished({ hold: stored.hold, block: stored.block }), [stored]);
  const { submit, busy, error, clear } = useSubmit(async () => {
    setHasMoved(false);
    try {
      await saveChannelThresholds(channelId, { hold: wished.hold, block: wished.block });
    } catch (failure) {
      // The sliders end at the platform's: only a platform that changed since can have refused.
      if (asProblem(failure).code !== 'invalid') throw failure;
      await reload();
      setHasMoved(true);
      return;
    }
    showToast(t('thresholds.saved'));
  });
  const change = (next: Thresholds): void => {
    clear();
    setHasMoved(false);
    setWished(next);
  };
  const words = ({ hold, block }: Thresholds) => ({
    hold: scoreText(hold, i18n.language),
    block: scoreText(block, i18n.language),
  });
  const isChanged = !isSame(wished, stored);
  const isPlatforms = isSame(wished, platform);
  return (
    <form
      className="grid gap-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="grid gap-2">
        <div className={ROW}>
          <span className={NAME}>{t('thresholds.platform')}</span>
          <ThresholdRule
            label={t('thresholds.platformRule', words(platform))}
            thresholds={platform}
            labels={false}
            className="opacity-70"
          />
        </div>
        <div className={ROW}>
          <span className={NAME}>{t('thresholds.yours')}</span>
          <ThresholdRule label={t('thresholds.yoursRule', words(wished))} thresholds={wished} />
        </div>
        {(['hold', 'block'] as const).map((which) => {
          const { max, min } = rangeOf(platform[which], wished[which]);
          return (
            <div key={which} className={ROW}>
              <span className={NAME}>{t(`thresholds.${which}`)}</span>
              {/* As long as what may be chosen of the line above: it ends where the platform's threshold is. */}
              <div style={{ marginLeft: `${min * 100}%`, width: `${(max - min) * 100}%` }}>
                {min < max ? (
                  <Slider
                    label={t(`thresholds.${which}`)}
                    value={wished[which]}
                    min={min}
                    max={max}
                    step={0.01}
                    valueText={words(wished)[which]}
                    onChange={(to) => change(moved(wished, which, to, platform))}
                  />
                ) : null}
              </div>
              <span className="mono text-right font-[600]">{words(wished)[which]}</span>
            </div>
          );
        })}
      </div>
      <div className="grid max-w-[60ch] gap-2" aria-live="polite">
        <p>{t(wished.hold < wished.block ? 'thresholds.means' : 'thresholds.meansNoHold', words(wished))}</p>
        {isPlatforms ? <p className="text-ink-2">{t('thresholds.asPlatform')}</p> : null}
      </div>
      <p className="max-w-[60ch] text-14 text-ink-3">{t('thresholds.never', words(wished))}</p>
      <FormProblem error={error} />
      <p role="alert" className="max-w-[60ch] text-warn empty:hidden">
        {hasMoved ? t('thresholds.moved') : null}
      </p>
      <div className="flex flex-wrap gap-3">
        <Button look="main" type="submit" busy={busy} disabled={!isChanged}>
          {t(busy ? 'common:saving' : 'common:save')}
        </Button>
        <Button disabled={!isChanged || busy} onClick={() => change({ hold: stored.hold, block: stored.block })}>
          {t('common:cancel')}
        </Button>
        <Button disabled={isPlatforms || busy} onClick={() => change({ hold: platform.hold, block: platform.block })}>
          {t('thresholds.reset', words(platform))}
        </Button>
      </div>
    </form>
  );
}
