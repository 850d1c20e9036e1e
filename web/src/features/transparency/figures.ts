/** The report's numbers as columns and lists. Pure. */
import type { transparency } from '@virgil/contract';

export type Period = transparency.TransparencyPeriod;

export interface Counted<Key extends string> {
  readonly key: Key;
  readonly count: number;
}

/** What was counted at all, the most first. */
export function ranked<Key extends string>(counts: Partial<Record<Key, number>>): Counted<Key>[] {
  return (Object.entries(counts) as [Key, number][])
    .filter(([, count]) => count > 0)
    .map(([key, count]) => ({ key, count }))
    .sort((one, other) => other.count - one.count || one.key.localeCompare(other.key));
}

/** `2026-11` or `2026-H2`, taken apart. */
export function partsOf(
  name: string,
): { readonly year: string; readonly month: number } | { readonly year: string; readonly half: 1 | 2 } {
  const [year = '', rest = ''] = name.split('-');
  return rest.startsWith('H') ? { year, half: rest === 'H1' ? 1 : 2 } : { year, month: Number(rest) };
}
