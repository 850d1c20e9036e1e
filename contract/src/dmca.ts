/**
 * Notice and take-down after 17 U.S.C. § 512: a notice by anyone, an admin's decision, the creator's counter-notice,
 * the put-back. A claimant needs no account: `token` from the receipt says who they are. Wire names are in `wire.md`.
 */
import { z } from 'zod';
import {
  counterNoticeBody,
  dmcaDossier,
  dmcaListItem,
  dmcaMatter,
  dmcaNoticeBody,
  dmcaSettings,
  dmcaSettingsBody,
  dmcaStatus,
  openedEvidence,
} from './dmca-shapes.ts';
import { operation } from './operations.ts';
import { dmcaNoticeId, instant, listOf, paging, text } from './primitives.ts';

const params = z.strictObject({ id: dmcaNoticeId });
const token = z.string().min(1).max(100);
/** The claimant's; an admin who enters what came by letter goes without. */
const withToken = z.strictObject({ token: token.optional() });
const reasoned = z.strictObject({ reason: text(1, 2000) });

export const sendNotice = operation({
  id: 'dmca.send',
  method: 'POST',
  path: '/api/v1/dmca',
  who: 'anyone',
  scope: 'account',
  summary: 'Send a notice of claimed infringement (17 U.S.C. § 512(c)(3)); nothing is stored of an incomplete one.',
  body: dmcaNoticeBody,
  output: z.object({
    id: dmcaNoticeId,
    status: dmcaStatus,
    receivedAt: instant,
    /** Shown only here. Whoever holds it can follow, retract and report a court action. */
    token: z.string(),
    /** A page of this instance, with the token in it. */
    statusUrl: z.string(),
  }),
  status: 201,
  audit: 'DMCA_RECEIVED',
  errors: ['notice_incomplete', 'not_found', 'own_content'],
  openToBanned: true,
});

export const getMatter = operation({
  id: 'dmca.get',
  method: 'GET',
  path: '/api/v1/dmca/:id',
  who: 'anyone',
  scope: 'account',
  summary: 'How a notice stands: for its claimant by token, for the creator concerned when signed in.',
  params,
  query: z.strictObject({ token: token.optional() }),
  output: dmcaMatter,
  errors: ['not_found'],
  openToBanned: true,
});

export const listMine = operation({
  id: 'dmca.mine',
  method: 'GET',
  path: '/api/v1/me/dmca',
  who: 'signed-in',
  scope: 'account',
  summary: 'Notices that were decided about the caller’s own content, newest first.',
  query: z.strictObject({ ...paging() }),
  output: listOf(dmcaMatter),
  errors: ['sign_in_required'],
  openToBanned: true,
});

export const sendCounterNotice = operation({
  id: 'dmca.counterNotice',
  method: 'POST',
  path: '/api/v1/dmca/:id/counter-notice',
  who: 'signed-in',
  scope: 'account',
  summary: 'The creator answers a take-down (17 U.S.C. § 512(g)(3)); the claimant gets a copy and the clock begins.',
  params,
  body: counterNoticeBody,
  output: dmcaMatter,
  status: 201,
  audit: 'DMCA_COUNTER_NOTICED',
  errors: ['sign_in_required', 'not_found', 'already_decided', 'notice_incomplete'],
  openToBanned: true,
});

export const reportCourtAction = operation({
  id: 'dmca.courtAction',
  method: 'POST',
  path: '/api/v1/dmca/:id/court-action',
  who: 'anyone',
  scope: 'account',
  summary: 'The claimant says that they filed an action for a court order: what was removed stays removed.',
  params,
  query: withToken,
  body: z.strictObject({ court: text(1, 300), reference: text(1, 200) }),
  output: dmcaMatter,
  audit: 'DMCA_COURT_ACTION_REPORTED',
  errors: ['not_found', 'already_decided', 'own_content'],
  openToBanned: true,
});

export const retractNotice = operation({
  id: 'dmca.retract',
  method: 'POST',
  path: '/api/v1/dmca/:id/retract',
  who: 'anyone',
  scope: 'account',
  summary: 'The claimant takes the notice back: what was removed for it returns, its strike is lifted.',
  params,
  query: withToken,
  body: reasoned,
  output: dmcaMatter,
  audit: 'DMCA_RETRACTED',
  errors: ['not_found', 'already_decided', 'own_content'],
  openToBanned: true,
});

export const listNotices = operation({
  id: 'admin.dmca.list',
  method: 'GET',
  path: '/api/admin/dmca',
  who: 'admin',
  scope: 'admin',
  summary: 'Notices with their clocks: what waits longest first while undecided, else the newest first.',
  query: z.strictObject({ ...paging(), status: dmcaStatus.optional(), q: z.string().max(100).optional() }),
  output: z.object({
    ...listOf(dmcaListItem).shape,
    counts: z.record(dmcaStatus, z.int().nonnegative()),
  }),
  errors: [],
});

export const enterNotice = operation({
  id: 'admin.dmca.enter',
  method: 'POST',
  path: '/api/admin/dmca',
  who: 'admin',
  scope: 'admin',
  summary: 'Enter a notice that came by mail or post; what is missing makes it `incomplete`.',
  body: z.strictObject({ source: z.enum(['mail', 'post']), notice: dmcaNoticeBody, receivedAt: instant.optional() }),
  output: dmcaDossier,
  status: 201,
  audit: 'DMCA_ENTERED',
  errors: ['not_found'],
});

export const getDossier = operation({
  id: 'admin.dmca.get',
  method: 'GET',
  path: '/api/admin/dmca/:id',
  who: 'admin',
  scope: 'admin',
  summary: 'Everything about one notice.',
  params,
  output: dmcaDossier,
  errors: ['not_found'],
});

export const completeNotice = operation({
  id: 'admin.dmca.complete',
  method: 'PATCH',
  path: '/api/admin/dmca/:id',
  who: 'admin',
  scope: 'admin',
  summary: 'Add to an incomplete notice what its sender supplied; a complete one becomes `valid`.',
  params,
  body: dmcaNoticeBody,
  output: dmcaDossier,
  audit: 'DMCA_COMPLETED',
  errors: ['not_found', 'already_decided', 'own_content'],
});

export const chaseNotice = operation({
  id: 'admin.dmca.chase',
  method: 'POST',
  path: '/api/admin/dmca/:id/chase',
  who: 'admin',
  scope: 'admin',
  summary: 'Note that the sender of an incomplete notice was asked for the rest (17 U.S.C. § 512(c)(3)(B)(ii)).',
  params,
  body: reasoned,
  output: dmcaDossier,
  audit: 'DMCA_CHASED',
  errors: ['not_found', 'already_decided', 'own_content'],
});

export const voidNotice = operation({
  id: 'admin.dmca.void',
  method: 'POST',
  path: '/api/admin/dmca/:id/void',
  who: 'admin',
  scope: 'admin',
  summary: 'Close an incomplete notice whose sender did not supply the rest.',
  params,
  body: reasoned,
  output: dmcaDossier,
  audit: 'DMCA_VOIDED',
  errors: ['not_found', 'already_decided', 'own_content'],
});

export const approveNotice = operation({
  id: 'admin.dmca.approve',
  method: 'POST',
  path: '/api/admin/dmca/:id/approve',
  who: 'admin',
  scope: 'admin',
  summary: 'Take the material down, with a strike, sealed evidence and a statement of reasons.',
  params,
  body: reasoned,
  output: dmcaDossier,
  audit: 'DMCA_APPROVED',
  errors: ['not_found', 'already_decided', 'own_content', 'notice_incomplete'],
});

export const rejectNotice = operation({
  id: 'admin.dmca.reject',
  method: 'POST',
  path: '/api/admin/dmca/:id/reject',
  who: 'admin',
  scope: 'admin',
  summary: 'Leave the material where it is; both sides are told and the notice is kept for the record.',
  params,
  body: reasoned,
  output: dmcaDossier,
  audit: 'DMCA_REJECTED',
  errors: ['not_found', 'already_decided', 'own_content', 'notice_incomplete'],
});

export const restoreAfterCourt = operation({
  id: 'admin.dmca.restore',
  method: 'POST',
  path: '/api/admin/dmca/:id/restore',
  who: 'admin',
  scope: 'admin',
  summary: 'Put the material back after a court action ended, or by hand when the put-back is overdue.',
  params,
  body: reasoned,
  output: dmcaDossier,
  audit: 'DMCA_RESTORED',
  errors: ['not_found', 'already_decided', 'own_content'],
});

export const recordMisrepresentation = operation({
  id: 'admin.dmca.misrepresentation',
  method: 'POST',
  path: '/api/admin/dmca/:id/misrepresentation',
  who: 'admin',
  scope: 'admin',
  summary: 'Record that a closed notice knowingly misrepresented an infringement (17 U.S.C. § 512(f)).',
  params,
  body: reasoned,
  output: dmcaDossier,
  audit: 'DMCA_MISREPRESENTATION_FOUND',
  errors: ['not_found', 'already_decided', 'own_content'],
});

export const openEvidence = operation({
  id: 'admin.dmca.openEvidence',
  method: 'POST',
  path: '/api/admin/dmca/:id/evidence',
  who: 'admin',
  scope: 'admin',
  summary: 'Open the sealed evidence of a notice; every opening is in the audit log.',
  params,
  body: reasoned,
  output: z.object({ items: z.array(openedEvidence) }),
  audit: 'DMCA_EVIDENCE_OPENED',
  errors: ['not_found'],
});

export const exportToLumen = operation({
  id: 'admin.dmca.lumen',
  method: 'GET',
  path: '/api/admin/dmca/:id/lumen',
  who: 'admin',
  scope: 'admin',
  summary: 'The notice in the shape of the Lumen database, without the sender’s contact; off unless switched on.',
  params,
  output: z.object({ notice: z.record(z.string(), z.unknown()) }),
  errors: ['not_found'],
});

export const getSettings = operation({
  id: 'admin.dmca.getSettings',
  method: 'GET',
  path: '/api/admin/dmca-settings',
  who: 'admin',
  scope: 'admin',
  summary: 'The designated agent and how notices are handled.',
  output: dmcaSettings,
  errors: [],
});

export const updateSettings = operation({
  id: 'admin.dmca.updateSettings',
  method: 'PUT',
  path: '/api/admin/dmca-settings',
  who: 'admin',
  scope: 'admin',
  summary: 'Name the designated agent, their time zone, and whether notices may be exported to Lumen.',
  body: dmcaSettingsBody,
  output: dmcaSettings,
  audit: 'DMCA_SETTINGS_CHANGED',
  errors: [],
});
