/** A notice as admins see it: in the list, and everything about it on one page. */
import type {
  DmcaDossier,
  DmcaListItem,
  DmcaNoticeId,
  DmcaStatus,
  DmcaStep,
  dmca,
  OutputOf,
  QueryOf,
} from '@virgil/contract';
import { dmcaStatus } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOf } from '../channels/index.ts';
import type { DmcaDeps } from './deps.ts';
import { counterOf, courtOf, iso, targetOf } from './describe-matter.ts';
import { listEvidence } from './evidence-store.ts';
import { bodyOf } from './guards.ts';
import { missingOfNotice } from './notice-elements-policy.ts';
import {
  countByStatus,
  countOfSender,
  findCounters,
  findRelated,
  findSteps,
  findWithPeople,
  type NoticeWithPeople,
  searchNotices,
} from './store.ts';

/** What waits for somebody: the oldest is the most urgent. */
const WAITING: ReadonlySet<DmcaStatus | undefined> = new Set(['incomplete', 'chased', 'valid']);

export async function listNotices(
  deps: Pick<DmcaDeps, 'database'>,
  actor: Actor,
  query: QueryOf<typeof dmca.listNotices>,
): Promise<OutputOf<typeof dmca.listNotices>> {
  const { limit, q: words, status } = query;
  const after = decodeCursor(query.cursor, instantAndId);
  const oldestFirst = WAITING.has(status);
  return deps.database.asActor(actor, async (tx) => {
    const found = await searchNotices(tx, { status, words, oldestFirst, after, limit });
    const page = pageOf(found, limit, ({ notice }) => [notice.receivedAt.toISOString(), notice.id]);
    const counted = await countByStatus(tx);
    const counts = Object.fromEntries(dmcaStatus.options.map((each) => [each, counted.get(each) ?? 0]));
    return { items: page.rows.map(itemOf), nextCursor: page.nextCursor, counts: counts as Record<DmcaStatus, number> };
  });
}

export async function getDossier(
  deps: Pick<DmcaDeps, 'database'>,
  actor: Actor,
  id: DmcaNoticeId,
): Promise<DmcaDossier> {
  return deps.database.asActor(actor, async (tx) => {
    const row = await findWithPeople(tx, id);
    if (row === null) throw new AppError('not_found');
    const { decider, notice } = row;
    const counter = (await findCounters(tx, [id])).get(id);
    const evidence = await listEvidence(tx, id);
    const related = await findRelated(tx, notice);
    const steps = await findSteps(tx, id);
    const sender = await countOfSender(tx, notice.claimantEmail);
    return {
      ...itemOf(row),
      claimant: {
        name: notice.claimantName,
        address: notice.claimantAddress,
        email: notice.claimantEmail,
        phone: notice.claimantPhone,
      },
      claimedWorkUrl: notice.claimedWorkUrl,
      materialUrl: notice.materialUrl,
      signature: notice.signature,
      goodFaith: notice.goodFaith,
      accuracyUnderPerjury: notice.accuracyUnderPerjury,
      missing: missingOfNotice(bodyOf(notice)),
      decidedBy: decider === null ? null : personOf(decider),
      decisionReason: notice.decisionReason,
      counterNotice: counter === undefined ? null : counterOf(counter),
      putBackLatest: notice.status === 'counter_noticed' ? iso(notice.breachAt) : null,
      courtAction: courtOf(notice),
      restoredAt: iso(notice.restoredAt),
      restoredCause: notice.restoredCause,
      retractedAt: iso(notice.retractedAt),
      retractionReason: notice.retractionReason,
      strikeId: notice.strikeId,
      sender,
      related: related.map((each) => ({
        id: each.id as DmcaNoticeId,
        status: each.status,
        receivedAt: each.receivedAt.toISOString(),
      })),
      evidence: evidence.map(({ sealedAt, ...each }) => ({ ...each, sealedAt: sealedAt.toISOString() })),
      steps: steps.map(({ by, step }) => ({
        // Written by this slice alone, from the list of the contract.
        type: step.type as DmcaStep['type'],
        at: step.at.toISOString(),
        by: by === null ? null : personOf(by),
        note: step.note,
      })),
    };
  });
}

function itemOf({ creator, notice }: NoticeWithPeople): DmcaListItem {
  return {
    id: notice.id as DmcaNoticeId,
    status: notice.status,
    source: notice.source,
    target: targetOf(notice, notice.targetTitle),
    creator: creator === null ? null : personOf(creator),
    claimantName: notice.claimantName,
    claimedWork: notice.claimedWork,
    receivedAt: notice.receivedAt.toISOString(),
    decidedAt: iso(notice.decidedAt),
    putBackAt: notice.status === 'counter_noticed' ? iso(notice.putBackAt) : null,
    alarm: notice.alarm,
  };
}
