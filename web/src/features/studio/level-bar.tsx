import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Level, meterLevel } from './level-meter.ts';

const STEPS = 32;
/** From here on the sound will distort. */
const HOT = 0.9;

/** A meter in steps with a held peak. Screen readers hear only whether sound arrives. */
export function LevelBar({ track }: { track: MediaStreamTrack }): ReactNode {
  const { t } = useTranslation('studio');
  const [{ level, peak }, setLevel] = useState<Level>({ level: 0, peak: 0 });
  useEffect(() => meterLevel(track, setLevel), [track]);
  const lit = Math.round(level * STEPS);
  const held = Math.min(STEPS - 1, Math.round(peak * STEPS));
  return (
    <div role="img" aria-label={peak > 0.05 ? t('soundArrives') : t('noSound')} className="flex h-2.5 gap-px">
      {Array.from({ length: STEPS }, (_, step) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a scale are their index
          key={step}
          className={
            step === held && peak > 0.02
              ? 'flex-1 bg-ink'
              : step >= lit
                ? 'flex-1 bg-surface-3'
                : step / STEPS >= HOT
                  ? 'flex-1 bg-bad'
                  : 'flex-1 bg-good'
          }
        />
      ))}
    </div>
  );
}
