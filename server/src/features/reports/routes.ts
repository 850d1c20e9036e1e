import { livestreams, reports } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { createReport } from './create-report.ts';
import type { ReportDeps } from './deps.ts';

/** A person who reports what they see needs no more; a script does. */
const REPORT_LIMIT = { points: 30, seconds: 60 };

export function reportRoutes(deps: ReportDeps): Binding[] {
  return [
    bind(reports.createReport, ({ caller, body }) => createReport(deps, caller.actor, body), { limit: REPORT_LIMIT }),
    bind(
      livestreams.reportLivestream,
      ({ caller, params, body }) =>
        createReport(deps, caller.actor, { ...body, subject: { type: 'livestream', id: params.id } }),
      { limit: REPORT_LIMIT },
    ),
  ];
}
