/** Counts become the periods of the report. */
import type { transparency as contract } from '@virgil/contract';
import type { Period } from './periods.ts';
import type { countEverything } from './store.ts';

type Counts = Awaited<ReturnType<typeof countEverything>>;

/** Newest first. */
export function periodsOf(periods: readonly Period[], counts: Counts): contract.TransparencyPeriod[] {
  return periods.map((period, index) => describe(period, index, counts)).toReversed();
}

function describe({ from, isRunning, name, until }: Period, at: number, counts: Counts): contract.TransparencyPeriod {
  const { automated, noticeDecisions, penalties, resolved, reviewed } = counts;
  const unreversed = counts.reversed.of(at, 'none');
  return {
    name,
    from: from.toISOString(),
    until: until.toISOString(),
    isRunning,
    reports: {
      received: counts.received.of(at),
      voices: counts.voices.of(at),
      // Keys of all tallies are written from the closed lists that the contract names.
      byReason: counts.received.byKey(at),
      bySubject: counts.subjects.byKey(at),
      approved: resolved.of(at, 'approved'),
      rejected: resolved.of(at, 'rejected'),
      abusive: counts.abusive.of(at),
      medianMinutes: counts.reportMinutes.get(at) ?? null,
      mutedReporters: counts.mutes.of(at),
    },
    restrictions: {
      all: counts.kinds.of(at),
      byKind: counts.kinds.byKey(at),
      byCategory: counts.categories.byKey(at),
      bySource: counts.sources.byKey(at),
      automated: {
        none: automated.of(at, 'none'),
        partly: automated.of(at, 'partly'),
        fully: automated.of(at, 'fully'),
      },
      reversed: counts.reversed.of(at),
      reversedAutomated: counts.reversed.of(at) - unreversed,
    },
    strikes: { issued: counts.strikes.of(at), lifted: counts.lifted.of(at) },
    penalties: {
      temporary: penalties.of(at, 'temporary'),
      permanent: penalties.of(at, 'permanent'),
      ended: counts.ended.of(at),
    },
    appeals: {
      received: counts.appeals.of(at),
      accepted: reviewed.of(at, 'approved'),
      denied: reviewed.of(at, 'denied'),
      medianMinutes: counts.appealMinutes.get(at) ?? null,
    },
    dmca: {
      received: counts.notices.of(at),
      approved: noticeDecisions.of(at, 'approved'),
      rejected: noticeDecisions.of(at, 'rejected'),
      counterNoticed: counts.counterNotices.of(at),
      restored: counts.putBack.of(at),
      medianMinutes: counts.noticeMinutes.get(at) ?? null,
    },
  };
}

export type ReportRow = readonly [period: string, number: string, value: number | null];

/** One line a number, named by its way through the report: `reports.byReason.spam`. */
export function linesOf(periods: readonly contract.TransparencyPeriod[]): ReportRow[] {
  return periods.flatMap(({ name, from: _from, until: _until, isRunning: _isRunning, ...numbers }) =>
    flatten(numbers).map(([path, value]): ReportRow => [name, path, value]),
  );
}

function flatten(value: object, path = ''): [string, number | null][] {
  return Object.entries(value).flatMap(([key, each]: [string, unknown]): [string, number | null][] => {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof each === 'number' || each === null) return [[name, each]];
    return typeof each === 'object' && each !== null ? flatten(each, name) : [];
  });
}
