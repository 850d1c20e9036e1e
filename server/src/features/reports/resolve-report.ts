/** An admin decides on a report, once. What it is about goes, its maker gets a strike and the reasons; or it stays. */
import type { BodyOf, reports as contract, OutputOf, ReportId, StatementId, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { enforce, personOfActor } from '../channels/index.ts';
import { removeContent, withholds } from '../removals/index.ts';
import { lockItemOfReport, settleWithReport } from '../review/index.ts';
import { issueStatement } from '../statements/index.ts';
import { issueStrike } from '../strikes/index.ts';
import type { ReportDeps } from './deps.ts';
import { describeReport } from './list-reports.ts';
import { followAbuse } from './mute-reporters.ts';
import { reportersOf } from './mute-store.ts';
import { categoryOf, mayResolve, restrictionOf } from './policy.ts';
import { findQueued, lockReport, storeResolution } from './queue-store.ts';
import { sourceOf } from './review-items.ts';
import type { ReportRow } from './store.ts';
import { factsOfSubject } from './subject-facts.ts';
import { tellReporters } from './tell-reporters.ts';

type Body = BodyOf<typeof contract.resolveReport>;
type Result = OutputOf<typeof contract.resolveReport>;

export async function resolveReport(deps: ReportDeps, actor: Actor, id: ReportId, body: Body): Promise<Result> {
  const { userId: adminId } = personOfActor(actor);
  refuseMixedUp(body);
  const at = deps.clock.now();
  // Beyond an admin's own rights: lines of chat are changed, and a third strike closes an account in nobody's name.
  return deps.database.asSystem('an admin decides on a report', async (tx) => {
    const report = await lockReport(tx, id);
    if (report === null) throw new AppError('not_found');
    const decision = mayResolve({ status: report.status, ownerId: report.subjectOwnerId }, adminId);
    if (!decision.allowed && decision.code === 'already_decided') throw await decidedBefore(tx, id);
    enforce(decision);
    // What waits of the same text is decided with it. Locked in the order of every decision: report, item, text.
    const waiting = await lockWaiting(tx, deps, report);
    const result = await (body.decision === 'approved' ? approve : reject)(tx, report, body, adminId, at);
    if (waiting !== null) {
      await settleWithReport(tx, deps.content, {
        ...waiting,
        reportId: id,
        decision: body.decision,
        reason: body.reason,
        by: adminId,
        at,
        receipt: result.receipt,
        strikeId: result.strike?.id ?? null,
        statementId: result.statementId,
      });
    }
    const row = await findQueued(tx, id);
    if (row === null) throw new Error('a report vanished in the transaction that decided on it');
    const { receipt: _, ...answer } = result;
    return { ...answer, report: describeReport(row) };
  });
}

async function lockWaiting(tx: Tx, { content }: ReportDeps, { subjectId, subjectType }: ReportRow) {
  const source = sourceOf(subjectType);
  const item = source === null ? null : await lockItemOfReport(tx, subjectId);
  if (item === null) return null;
  const before = await content[item.sourceType].context(tx, subjectId);
  return { item, contentBefore: before?.state ?? null };
}

async function approve(tx: Tx, report: ReportRow, body: Body, adminId: UserId, at: Date) {
  const id = report.id as ReportId;
  const subject = { type: report.subjectType, id: report.subjectId };
  const facts = await factsOfSubject(tx, subject);
  const category = body.category ?? categoryOf(report.reason);
  const restriction = restrictionOf(subject.type, facts);
  const decision = { kind: 'report', id } as const;
  if (facts !== null && subject.type !== 'user') {
    const removed = { type: subject.type, id: subject.id };
    await removeContent(tx, { subject: removed, decision, by: adminId, at, isWithheld: withholds(category) });
  }
  // Whoever it was is told even when the thing itself is gone.
  const ownerId = report.subjectOwnerId as UserId | null;
  const strike =
    ownerId === null
      ? null
      : await issueStrike(tx, {
          userId: ownerId,
          reason: body.reason,
          category,
          source: decision,
          issuedBy: adminId,
          at,
          lineageKey: facts?.lineageKey ?? null,
        });
  const resolution = { decision: 'approved', reason: body.reason, isAbusive: false, by: adminId, at } as const;
  await storeResolution(tx, id, { ...resolution, strikeId: strike?.strikeId ?? null });
  const receipt = await recordResolution(tx, report, { ...body, category }, adminId, at);
  let statementId: StatementId | null = null;
  if (ownerId !== null && strike !== null) {
    const statement = await issueStatement(tx, {
      userId: ownerId,
      decision,
      restriction,
      subject:
        facts === null || subject.type === 'user'
          ? null
          : { type: subject.type, id: subject.id, title: facts.title, at: facts.at },
      reason: body.reason,
      category,
      source: 'report',
      automated: { detection: false, decision: 'none' },
      until: null,
      // A strike that today's decision about the same stream gave has been told already.
      warning: strike.isNew ? strike.warning : null,
      appeal: { type: 'strike', id: strike.strikeId },
      receipt,
      issuedBy: adminId,
      at,
    });
    statementId = statement.statementId;
  }
  const outcome = { reportId: id, subject, restriction, decidedBy: 'admin', by: adminId, at } as const;
  await tellReporters(tx, await reportersOf(tx, id), outcome, new Map());
  return {
    receipt,
    strike: strike === null ? null : { id: strike.strikeId, number: strike.number },
    statementId,
    banned: strike !== null && strike.bannedBy !== null,
    muted: 0,
  };
}

async function reject(tx: Tx, report: ReportRow, body: Body, adminId: UserId, at: Date) {
  const id = report.id as ReportId;
  const isAbusive = body.abusive ?? false;
  const resolution = { decision: 'rejected', reason: body.reason, isAbusive, strikeId: null, by: adminId, at } as const;
  await storeResolution(tx, id, resolution);
  const receipt = await recordResolution(tx, report, body, adminId, at);
  const reporters = await reportersOf(tx, id);
  const steps = isAbusive ? await followAbuse(tx, { id, reporters, by: adminId, at }) : new Map();
  const subject = { type: report.subjectType, id: report.subjectId };
  const outcome = { reportId: id, subject, restriction: null, decidedBy: 'admin', by: adminId, at } as const;
  await tellReporters(tx, reporters, outcome, steps);
  const muted = [...steps.values()].filter(({ step }) => step === 'mute').length;
  return { receipt, strike: null, statementId: null, banned: false, muted };
}

async function recordResolution(tx: Tx, report: ReportRow, body: Body, adminId: UserId, at: Date): Promise<string> {
  const { subjectId, subjectOwnerId, subjectType, voices } = report;
  const [eventId] = await recordAudit(tx, {
    type: 'REPORT_RESOLVED',
    entity: 'report',
    entityId: report.id,
    actorId: adminId,
    at,
    details: {
      decision: body.decision,
      subject: { type: subjectType, id: subjectId },
      voices,
      ...(body.category === undefined ? {} : { category: body.category }),
      ...(body.abusive ? { abusive: true } : {}),
      ...(subjectOwnerId === null ? {} : { ownerId: subjectOwnerId }),
    },
    // The reason is about whoever made it; where nobody is left, it is the admin's own words alone.
    personal: [{ userId: subjectOwnerId ?? adminId, data: { reason: body.reason } }],
  });
  return eventId;
}

/** Each belongs to one of the two decisions. */
function refuseMixedUp({ abusive, category, decision }: Body): void {
  const path = decision === 'approved' && abusive !== undefined ? 'abusive' : null;
  const wrong = path ?? (decision === 'rejected' && category !== undefined ? 'category' : null);
  if (wrong !== null) throw new AppError('invalid', { errors: [{ path: wrong, message: `not with ${decision}` }] });
}

async function decidedBefore(tx: Tx, id: ReportId): Promise<AppError> {
  const row = await findQueued(tx, id);
  const by = row?.resolver?.displayName ?? 'Somebody whose account is gone';
  const at = row?.report.resolvedAt?.toISOString() ?? '';
  return new AppError('already_decided', {
    detail: `${by} ${row?.report.status ?? 'decided'} this report at ${at}. Reason: ${row?.report.resolution ?? ''}`,
  });
}
