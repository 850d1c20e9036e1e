/**
 * The statement of reasons for a restriction (Art. 17 DSA): one row and the one notice of the act, written in its
 * transaction.
 */
import type {
  DecisionKind,
  Restriction,
  StatementCategory,
  StatementId,
  StatementSource,
  StatementSubject,
  UserId,
} from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { schedule } from '../../jobs/index.ts';
import { notify } from '../notifications/index.ts';
import { RELEASE_STATEMENT } from './job-kinds.ts';
import { letterOf } from './letter.ts';
import { ruleOf } from './rules.ts';
import { findByDecision, insertStatement, ruleInForce } from './store.ts';

export interface NewStatement {
  /** Whom the restriction concerns. */
  readonly userId: UserId;
  /** Whose decision; one statement a decision, its id is what the public database will know it by. */
  readonly decision: { readonly kind: DecisionKind; readonly id: string };
  readonly restriction: Restriction;
  /** What it is about; null when it is about the person. `at`: when it was made. */
  readonly subject: {
    readonly type: StatementSubject;
    readonly id: string;
    /** A title, or the words of a message; shortened here. */
    readonly title: string | null;
    readonly at: Date;
  } | null;
  /** The words of whoever decided. */
  readonly reason: string;
  readonly category: StatementCategory;
  /** Without: the rule of the platform for the category. */
  readonly ground?: { readonly kind: 'illegal' | 'terms'; readonly rule: string; readonly explanation: string };
  readonly source: StatementSource;
  readonly automated: { readonly detection: boolean; readonly decision: 'none' | 'partly' | 'fully' };
  /** Null: until it is lifted. */
  readonly until: Date | null;
  /** The strike's warning; `kind` and `data` pick its translation. */
  readonly warning: {
    readonly text: string;
    readonly kind: string;
    readonly data: Readonly<Record<string, string>>;
  } | null;
  /** What an appeal would be about; null: cannot be appealed. */
  readonly appeal: {
    readonly type: 'strike' | 'penalty' | 'violation' | 'timeout' | 'ban';
    readonly id: string;
  } | null;
  /** `community-rules/3#insults`. Absent: the rule in force for the category. */
  readonly policyReference?: string | null | undefined;
  /** The decision's event in the audit log, as `recordAudit` returned it: the person can fetch its proof. */
  readonly receipt?: string | undefined;
  /** Null: the system. */
  readonly issuedBy: UserId | null;
  readonly at: Date;
  /** As of `notify`: until then nobody reads it, nothing counts it, and `withdrawStatement` takes it back unheard. */
  readonly deliverAt?: Date | undefined;
  /**
   * `text`: own words for the first paragraph, without redress and warning. `kind` becomes the notice's; without it
   * that is `statement.<restriction>`. `data`: what the translation needs.
   */
  readonly letter?: { readonly kind: string; readonly text?: string; readonly data: Readonly<Record<string, string>> };
}

const TITLE_LENGTH = 140;

/**
 * Works with the system's rights and with an admin's own. Called again for one decision it changes nothing and
 * returns the statement that is there.
 */
export async function issueStatement(tx: Tx, statement: NewStatement): Promise<{ statementId: StatementId }> {
  const { at, automated, category, decision, issuedBy, reason, restriction, source, subject, until, userId, warning } =
    statement;
  const present = await findByDecision(tx, decision);
  if (present !== null) return { statementId: present as StatementId };
  const ground = statement.ground ?? { kind: 'terms' as const, ...nameAndExplanation(category) };
  const title = subject === null ? null : shortened(subject.title);
  const minutes = restriction === 'chat_timeout' && until !== null ? minutesFrom(at, until) : null;
  const letter = letterOf({
    restriction,
    title,
    reason,
    minutes,
    isAppealable: statement.appeal !== null,
    warning: warning?.text ?? null,
    lead: statement.letter?.text ?? null,
  });
  const id = uuidv7();
  const heldUntil = statement.deliverAt !== undefined && statement.deliverAt > at ? statement.deliverAt : null;
  // Before the notice that leads to it.
  if (heldUntil !== null) await schedule(tx, { kind: RELEASE_STATEMENT, key: id, runAt: heldUntil });
  const notificationId = await notify(tx, {
    userId,
    sentBy: issuedBy,
    kind: statement.letter?.kind ?? `statement.${restriction}`,
    text: letter,
    data: {
      ...warningData(warning),
      ...statement.letter?.data,
      statementId: id,
      restriction,
      reason,
      category,
      source,
      detection: String(automated.detection),
      decision: automated.decision,
      appealable: String(statement.appeal !== null),
      ...(statement.receipt === undefined ? {} : { receipt: statement.receipt }),
      ...(title === null ? {} : { title }),
      ...(until === null ? {} : { until: until.toISOString() }),
      ...(minutes === null ? {} : { minutes: String(minutes) }),
    },
    at,
    deliverAt: statement.deliverAt,
  });
  await insertStatement(tx, {
    id,
    userId,
    decisionKind: decision.kind,
    decisionId: decision.id,
    restriction,
    subjectType: subject?.type ?? null,
    subjectId: subject?.id ?? null,
    subjectTitle: title,
    subjectAt: subject?.at ?? null,
    reason,
    ground: ground.kind,
    rule: ground.rule,
    explanation: ground.explanation,
    category,
    source,
    automatedDetection: automated.detection,
    automatedDecision: automated.decision,
    endsAt: until,
    warning: warning?.text ?? null,
    appealType: statement.appeal?.type ?? null,
    appealId: statement.appeal?.id ?? null,
    letter,
    notificationId,
    receipt: statement.receipt ?? null,
    issuedBy,
    createdAt: at,
    heldUntil,
    policyReference: statement.policyReference ?? ruleInForce(category, at),
  });
  return { statementId: id as StatementId };
}

const minutesFrom = (at: Date, until: Date): number => Math.round((until.getTime() - at.getTime()) / 60_000);

function nameAndExplanation(category: StatementCategory): { rule: string; explanation: string } {
  const { explanation, name } = ruleOf(category);
  return { rule: name, explanation };
}

function shortened(title: string | null): string | null {
  if (title === null) return null;
  const letters = [...title];
  return letters.length <= TITLE_LENGTH ? title : `${letters.slice(0, TITLE_LENGTH - 1).join('')}…`;
}

/** First, so that no warning overwrites what the letter itself says. */
const warningData = (warning: NewStatement['warning']): Record<string, string> =>
  warning === null ? {} : { warning: warning.kind, ...warning.data };
