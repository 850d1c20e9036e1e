/** How sure a rate is. Numbers in, numbers out. */

/** 95 % of the normal distribution lie within so many deviations. */
const Z = 1.96;

export interface Rate {
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The share with its 95 % interval after Wilson (1927): unlike the plain one it stays within 0 and 1, and says that
 * one of one tells little. Null when nothing was counted.
 */
export function wilson(hits: number, all: number): Rate {
  if (all === 0) return { rate: null, low: null, high: null };
  const p = hits / all;
  const square = Z * Z;
  const middle = (p + square / (2 * all)) / (1 + square / all);
  const half = (Z / (1 + square / all)) * Math.sqrt((p * (1 - p)) / all + square / (4 * all * all));
  return { rate: p, low: Math.max(0, Math.min(p, middle - half)), high: Math.min(1, Math.max(p, middle + half)) };
}
