/** The one letter of a decision: a notice that something was published, or the statement of reasons for what was done. */
import { letters, type Restriction } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { notify } from '../notifications/index.ts';
import { issueStatement, type NewStatement } from '../statements/index.ts';
import { authorOf, type Judgement } from './judgement.ts';

/** The notice's id; null when nobody is left to tell. */
export async function tellApproved(tx: Tx, judgement: Judgement, reason: string): Promise<string | null> {
  const { at, authorIsThere, by, context, item, undoableUntil } = judgement;
  if (!authorIsThere) return null;
  const letter = letters.approved(reason);
  const quote = letters.quoteOf(context?.text ?? item.contentPreview);
  return notify(tx, {
    ...letter,
    // Whoever wrote of harming themselves is not held up their own words.
    data: item.category === 'self_harm' ? letter.data : { ...letter.data, quote },
    userId: authorOf(judgement),
    sentBy: by,
    at,
    deliverAt: undoableUntil ?? undefined,
  });
}

/** What a text of each kind is called in a statement. */
const SUBJECT = { live: 'message', comment: 'comment', inboxMessage: 'direct_message' } as const;

/** The statement's id; null when nobody is left to tell. */
export async function giveReasons(
  tx: Tx,
  judgement: Judgement,
  reasons: {
    readonly restriction: Restriction;
    readonly reason: string;
    readonly appeal: NonNullable<NewStatement['appeal']>;
    readonly receipt: string;
    readonly until?: Date;
    readonly warning?: NewStatement['warning'];
    readonly policyReference?: string | null;
  },
): Promise<string | null> {
  const { actionId, at, authorIsThere, by, context, item, reportId, undoableUntil } = judgement;
  if (!authorIsThere) return null;
  const { policyReference, until = null, warning = null, ...told } = reasons;
  const { statementId } = await issueStatement(tx, {
    ...told,
    userId: authorOf(judgement),
    decision: { kind: 'review', id: actionId },
    subject: {
      type: SUBJECT[item.sourceType],
      id: item.contentId,
      title: context?.text ?? item.contentPreview,
      at: item.contentCreatedAt,
    },
    category: item.category,
    source: item.reportedByAi && reportId === null ? 'own_initiative' : 'report',
    automated: { detection: item.reportedByAi, decision: 'none' },
    until,
    warning,
    ...(policyReference == null ? {} : { policyReference }),
    issuedBy: by,
    at,
    deliverAt: undoableUntil ?? undefined,
  });
  return statementId;
}
