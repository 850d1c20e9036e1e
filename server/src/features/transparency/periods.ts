/** The months or half years of the report, in UTC. */
export interface Period {
  /** `2026-11`, or `2026-H2`. */
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
  readonly isRunning: boolean;
}

const LENGTH = { month: 1, half: 6 } as const;
const SHOWN = { month: 12, half: 4 } as const;

/** Oldest first; the last one is running. */
export function periodsUntil(now: Date, by: 'month' | 'half'): Period[] {
  const months = LENGTH[by];
  const year = now.getUTCFullYear();
  const first = Math.floor(now.getUTCMonth() / months) * months;
  return Array.from({ length: SHOWN[by] }, (_, index) => {
    const back = SHOWN[by] - 1 - index;
    const from = new Date(Date.UTC(year, first - back * months, 1));
    const until = new Date(Date.UTC(year, first - (back - 1) * months, 1));
    return { name: nameOf(from, by), from, until, isRunning: back === 0 };
  });
}

function nameOf(from: Date, by: 'month' | 'half'): string {
  const month = from.getUTCMonth();
  return by === 'month' ? from.toISOString().slice(0, 7) : `${from.getUTCFullYear()}-H${month < 6 ? 1 : 2}`;
}
