import { dmca } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { reportCourtAction, retractNotice } from './claimant-acts.ts';
import { approveNotice, rejectNotice } from './decide-notice.ts';
import type { DmcaDeps } from './deps.ts';
import { getDossier, listNotices } from './describe-dossier.ts';
import { chaseNotice, completeNotice, enterNotice, voidNotice } from './enter-notice.ts';
import { exportToLumen } from './export-to-lumen.ts';
import { changeSettings, getDmcaSettings } from './manage-settings.ts';
import { openEvidence } from './open-evidence.ts';
import { listMine, readMatter } from './read-matter.ts';
import { receiveNotice } from './receive-notice.ts';
import { recordMisrepresentation } from './record-misrepresentation.ts';
import { restoreAfterCourt } from './restore-after-court.ts';
import { sendCounterNotice } from './send-counter-notice.ts';

/** A rights holder with a list works through it; a script that floods the queue does not. */
const NOTICE_LIMIT = { points: 30, seconds: 3600 };
const ANSWER_LIMIT = { points: 20, seconds: 3600 };

export function dmcaRoutes(deps: DmcaDeps): Binding[] {
  return [
    bind(dmca.sendNotice, ({ body, caller }) => receiveNotice(deps, caller.actor, body), { limit: NOTICE_LIMIT }),
    bind(dmca.getMatter, ({ caller, params, query }) => readMatter(deps, caller.actor, params.id, query.token)),
    bind(dmca.listMine, ({ caller, query }) => listMine(deps, caller.actor, query)),
    bind(dmca.sendCounterNotice, ({ body, caller, params }) => sendCounterNotice(deps, caller.actor, params.id, body), {
      limit: ANSWER_LIMIT,
    }),
    bind(
      dmca.reportCourtAction,
      ({ body, caller, params, query }) => reportCourtAction(deps, caller.actor, params.id, query.token, body),
      { limit: ANSWER_LIMIT },
    ),
    bind(
      dmca.retractNotice,
      ({ body, caller, params, query }) => retractNotice(deps, caller.actor, params.id, query.token, body.reason),
      { limit: ANSWER_LIMIT },
    ),
    bind(dmca.listNotices, ({ caller, query }) => listNotices(deps, caller.actor, query)),
    bind(dmca.enterNotice, ({ body, caller }) => enterNotice(deps, caller.actor, body)),
    bind(dmca.getDossier, ({ caller, params }) => getDossier(deps, caller.actor, params.id)),
    bind(dmca.completeNotice, ({ body, caller, params }) => completeNotice(deps, caller.actor, params.id, body)),
    bind(dmca.chaseNotice, ({ body, caller, params }) => chaseNotice(deps, caller.actor, params.id, body.reason)),
    bind(dmca.voidNotice, ({ body, caller, params }) => voidNotice(deps, caller.actor, params.id, body.reason)),
    bind(dmca.approveNotice, ({ body, caller, params }) => approveNotice(deps, caller.actor, params.id, body.reason)),
    bind(dmca.rejectNotice, ({ body, caller, params }) => rejectNotice(deps, caller.actor, params.id, body.reason)),
    bind(dmca.restoreAfterCourt, ({ body, caller, params }) =>
      restoreAfterCourt(deps, caller.actor, params.id, body.reason),
    ),
    bind(dmca.recordMisrepresentation, ({ body, caller, params }) =>
      recordMisrepresentation(deps, caller.actor, params.id, body.reason),
    ),
    bind(dmca.openEvidence, ({ body, caller, params }) => openEvidence(deps, caller.actor, params.id, body.reason)),
    bind(dmca.exportToLumen, ({ caller, params }) => exportToLumen(deps, caller.actor, params.id)),
    bind(dmca.getSettings, () => getDmcaSettings(deps)),
    bind(dmca.updateSettings, ({ body, caller }) => changeSettings(deps, caller.actor, body)),
  ];
}
