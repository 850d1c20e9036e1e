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

export async function getTransparency(
  deps: TransparencyDeps,
  { by }: Query,
): Promise<OutputOf<typeof contract.getTransparency>> {
  const periods = periodsUntil(deps.clock.now(), by);
  const first = periods[0];
  const edges = [...(first === undefined ? [] : [first.from]), ...periods.map(({ until }) => until)];
  // Numbers of everything, for people who may read none of it.
  const counts = await deps.database.asSystem('count decisions for the public report', (tx) =>
    countEverything(tx, edges),
  );
  return { by, periods: periodsOf(periods, counts) };
}

export async function exportTransparency(deps: TransparencyDeps, query: Query): Promise<FileAnswer> {
  const { periods } = await getTransparency(deps, query);
  const body = csvOf(['period', 'number', 'value'], linesOf(periods));
  return { type: 'text/csv', fileName: `transparency-${query.by}.csv`, body };
}

export async function getAdminTransparency(
  deps: TransparencyDeps,
  actor: Actor,
  query: Query,
): Promise<OutputOf<typeof contract.getAdminTransparency>> {
  const report = await getTransparency(deps, query);
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
