import { livestreams, reports, videos } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { createReport } from './create-report.ts';
import type { ReportDeps } from './deps.ts';
import { getReport } from './get-report.ts';
import { listReports } from './list-reports.ts';
import { liftReportMute, listReportMutes } from './manage-mutes.ts';
import { resolveReport } from './resolve-report.ts';

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
    bind(
      videos.reportVideo,
      ({ caller, params, body }) =>
        createReport(deps, caller.actor, { ...body, subject: { type: 'video', id: params.id } }),
      { limit: REPORT_LIMIT },
    ),
    bind(reports.listReports, ({ caller, query }) => listReports(deps, caller.actor, query)),
    bind(reports.getReport, ({ caller, params }) => getReport(deps, caller.actor, params.id)),
    bind(reports.resolveReport, ({ caller, params, body }) => resolveReport(deps, caller.actor, params.id, body)),
    bind(reports.listReportMutes, ({ caller, query }) => listReportMutes(deps, caller.actor, query)),
    bind(reports.liftReportMute, ({ caller, params, body }) => liftReportMute(deps, caller.actor, params.userId, body)),
  ];
}
