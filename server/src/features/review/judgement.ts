/** What every decision does alike: it takes the text away or publishes it, blames or clears its author, and is recorded. */
import type { UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { type AuditEntry, type AuditType, recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { reverseStatement } from '../statements/index.ts';
import type { ContentState } from './held-content.ts';
import type { Matter } from './matter.ts';
import {
  type ActionKind,
  type ActionRow,
  findViolation,
  insertViolation,
  updateItem,
  updateViolation,
} from './store.ts';

export interface Judgement extends Matter {
  /** The id of what is written down: a statement of reasons goes by it. */
  readonly actionId: string;
  readonly by: UserId;
  readonly at: Date;
  /** Until then it can be taken back and nobody is told. */
  readonly undoableUntil: Date | null;
  /** False: the author had everything erased; nobody is left to tell. */
  readonly authorIsThere: boolean;
  /** Reports are the admins' to dismiss: a channel's own people may find a text harmless and leave its report to them. */
  readonly leavesReport: boolean;
}

/** What was done, in the columns of the action. */
export interface Outcome
  extends Partial<
    Pick<
      ActionRow,
      | 'policyReference'
      | 'minutes'
      | 'escalationTrigger'
      | 'violationId'
      | 'notificationId'
      | 'statementId'
      | 'timeoutId'
      | 'banId'
      | 'strikeId'
      | 'penaltyId'
    >
  > {
  /** What was carried out, which may be another than was asked for. */
  readonly kind: ActionKind;
  readonly reason: string;
  /** What the text was before; null when it was left alone or is gone. */
  readonly contentBefore: ContentState | null;
  readonly receipt: string;
  /** Only for the answer. */
  readonly timedOutUntil?: Date;
  readonly strikeNumber?: number;
  readonly closesAccount?: boolean;
}

export const authorOf = ({ item }: Pick<Judgement, 'item'>): UserId => item.userId as UserId;

/** A sanction concerns somebody. */
export function refuseErased({ authorIsThere }: Judgement): void {
  if (authorIsThere) return;
  throw new AppError('not_allowed', {
    detail: 'This account was erased, and nobody is left to punish. Approve or reject the text.',
  });
}

/** Publishes a text that was kept back. What it was, or null when there was nothing to publish. */
export async function publishText(tx: Tx, { at, content, context, item }: Judgement): Promise<ContentState | null> {
  if (context === null || (context.state !== 'held' && context.state !== 'blocked')) return null;
  await content.release(tx, item.contentId, { at });
  return context.state;
}

/** Hides the text for good. What it was, or null when it is gone. */
export async function hideText(tx: Tx, { at, content, context, item }: Judgement): Promise<ContentState | null> {
  if (context === null) return null;
  if (context.state === 'held' || context.state === 'published') await content.hide(tx, item.contentId, { at });
  return context.state;
}

/** Nothing counts against the author; where a classifier had blocked the text, its reasons were wrong. */
export async function clearAuthor(tx: Tx, { at, item }: Judgement): Promise<void> {
  if (item.violationId === null) return;
  await updateViolation(tx, item.violationId, { resolvedAt: at, resolvedBecause: 'approved' });
  await reverseStatement(tx, { decision: { kind: 'classifier', id: item.violationId }, because: 'decision', at });
}

/**
 * What counts against the author, and what they can appeal: the violation that the classifier found, or a new one where
 * people reported the text or nobody was blamed so far. `made` only when it is new.
 */
export async function blameAuthor(
  tx: Tx,
  { at, context, item }: Judgement,
  action: 'rejected' | 'warned' | 'struck',
): Promise<{ readonly violationId: string; readonly made: string | null }> {
  const found = item.violationId === null ? null : await findViolation(tx, item.violationId);
  if (found !== null) {
    await updateViolation(tx, found.id, { action });
    return { violationId: found.id, made: null };
  }
  const text = context?.text ?? item.contentPreview;
  const violationId = uuidv7();
  await insertViolation(tx, {
    id: violationId,
    userId: item.userId,
    source: item.reportedByAi ? 'moderator' : 'report',
    sourceType: item.sourceType,
    contentId: item.contentId,
    streamId: item.streamId,
    channelId: item.channelId,
    content: text,
    normalisedText: text,
    riskScore: item.riskScore,
    category: item.category,
    ...BY_PEOPLE,
    action,
    createdAt: at,
  });
  await updateItem(tx, item.id, { violationId });
  return { violationId, made: violationId };
}

/** No classifier found it; the thresholds are those that texts are measured by without further settings. */
const BY_PEOPLE = { classifier: 'people', classifierVersion: '1', rule: 'people', holdAt: 0.6, blockAt: 0.85 } as const;

/** The one entry of the act, where the act itself does not leave it. */
export async function recordDecision(
  tx: Tx,
  judgement: Pick<Judgement, 'item' | 'by' | 'at' | 'reportId'>,
  type: AuditType,
  words: { readonly reason: string; readonly details?: AuditEntry['details'] },
): Promise<string> {
  const { at, by, item, reportId } = judgement;
  const [receipt] = await recordAudit(tx, {
    type,
    entity: 'review',
    entityId: item.id,
    actorId: by,
    at,
    details: {
      userId: item.userId,
      source: item.sourceType,
      contentId: item.contentId,
      category: item.category,
      ...(item.channelId === null ? {} : { channelId: item.channelId }),
      ...(reportId === null ? {} : { reportId }),
      ...words.details,
    },
    personal: [{ userId: item.userId, data: { reason: words.reason } }],
  });
  return receipt;
}
