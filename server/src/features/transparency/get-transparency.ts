/** The transparency report, for everybody; and for admins with what the public database was told. */
import type { transparency as contract, OutputOf, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import { csvOf } from '../../csv.ts';
import type { Database } from '../../db/database.ts';
import type { FileAnswer } from '../../http/index.ts';
import { exportState } from '../statements/index.ts';
import { periodsUntil } from './periods.ts';
import { linesOf, periodsOf } from './report.ts';
import { countEverything } from './store.ts';

export interface TransparencyDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** Statements of reasons go to the DSA Transparency Database. */
  readonly isExportOn: boolean;
}

type Query = QueryOf<typeof contract.getTransparency>;

type Report = OutputOf<typeof contract.getTransparency>;

/** Anybody may ask, and counting is work: whoever asks while the same is being counted gets that answer. */
export class SharedCounting {
  readonly #deps: TransparencyDeps;
  readonly #running = new Map<Query['by'], Promise<Report>>();

  constructor(deps: TransparencyDeps) {
    this.#deps = deps;
  }

  report({ by }: Query): Promise<Report> {
    const running = this.#running.get(by);
    if (running !== undefined) return running;
    const counting = getTransparency(this.#deps, { by }).finally(() => this.#running.delete(by));
    this.#running.set(by, counting);
    return counting;
  }
}

async function getTransparency(deps: TransparencyDeps, { by }: Query): Promise<Report> {
  const periods = periodsUntil(deps.clock.now(), by);
  const first = periods[0];
  const edges = [...(first === undefined ? [] : [first.from]), ...periods.map(({ until }) => until)];
  // Numbers of everything, for people who may read none of it.
  const counts = await deps.database.asSystem('count decisions for the public report', (tx) =>
    countEverything(tx, edges),
  );
  return { by, periods: periodsOf(periods, counts) };
}

export async function exportTransparency(counting: SharedCounting, query: Query): Promise<FileAnswer> {
  const { periods } = await counting.report(query);
  const body = csvOf(['period', 'number', 'value'], linesOf(periods));
  return { type: 'text/csv', fileName: `transparency-${query.by}.csv`, body };
}

export async function getAdminTransparency(
  deps: TransparencyDeps,
  counting: SharedCounting,
  actor: Actor,
  query: Query,
): Promise<OutputOf<typeof contract.getAdminTransparency>> {
  const report = await counting.report(query);
  const state = await deps.database.asActor(actor, exportState);
  return {
    ...report,
    statementExport: {
      enabled: deps.isExportOn,
      waiting: state.waiting,
      sent: state.sent,
      refused: state.refused,
      lastTriedAt: state.lastTriedAt?.toISOString() ?? null,
      problems: state.problems.map(({ problem, statementId, triedAt }) => ({
        puid: statementId,
        problem: problem ?? '',
        at: triedAt.toISOString(),
      })),
    },
  };
}
