/** What a score means and how it is written: the bands of the thresholds that were applied to it. */

/** 0 clear, 1 watch, 2 held, 3 blocked. */
export type RiskLevel = 0 | 1 | 2 | 3;
export const RISK_WORDS = ['clear', 'watch', 'held', 'blocked'] as const;

export interface Thresholds {
  /** From here on a text waits for a moderator, 0–1. */
  readonly hold: number;
  /** From here on it is blocked, 0–1. */
  readonly block: number;
}

export const PLATFORM_THRESHOLDS: Thresholds = { hold: 0.6, block: 0.85 };
const WATCH_FROM = 0.4;
/** A score such as 0.29 lies a hair under 29 hundredths in binary, in single precision by up to 6e-8 of it. */
const BINARY_HAIR = 1e-5;

export function riskLevel(score: number, { hold, block }: Thresholds = PLATFORM_THRESHOLDS): RiskLevel {
  if (score >= block) return 3;
  if (score >= hold) return 2;
  return score >= Math.min(WATCH_FROM, hold) ? 1 : 0;
}

/** Cut to two decimals, never rounded: 0.8499 is not 0.85, because it was not blocked. */
export function cutScore(score: number): number {
  return Math.floor(score * 100 + BINARY_HAIR) / 100;
}

/** `0.72`, in German `0,72`. */
export function scoreText(score: number, language: string): string {
  const text = cutScore(score).toFixed(2);
  return language.startsWith('de') ? text.replace('.', ',') : text;
}
