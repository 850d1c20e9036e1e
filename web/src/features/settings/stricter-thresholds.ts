/** What a channel may set: never milder than the platform, and what is blocked is held too. */
import { cutScore, type Thresholds } from '../../ui/risk-score.ts';

/** The sliders begin here, as the platform's do: at 0 everything would wait that a classifier looks at. */
export const STRICTEST = 0.05;

/** Where a slider ends. A platform that is stricter than the sliders' beginning leaves them nothing to choose. */
export const rangeOf = (platform: number, now: number) => ({ min: Math.min(STRICTEST, platform, now), max: platform });

/** One slider was moved; it takes the other along where it would overtake it. */
export function moved(now: Thresholds, which: keyof Thresholds, to: number, platform: Thresholds): Thresholds {
  // A hundredth that falls above the platform's own, such as 0.605, is the platform's own.
  const value = to >= platform[which] ? platform[which] : cutScore(to);
  return which === 'hold'
    ? { hold: value, block: Math.max(now.block, value) }
    : { hold: Math.min(now.hold, value), block: value };
}

export const isSame = (one: Thresholds, other: Thresholds): boolean =>
  one.hold === other.hold && one.block === other.block;
