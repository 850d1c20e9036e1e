/** The reasons for one restriction, to whom it concerns. */
import {
  type statements as contract,
  type DecisionKind,
  decisionKind,
  restriction,
  type StatementId,
  statementCategory,
  statementSource,
  statementSubject,
} from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Database } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { findStatement, type StatementRow } from './store.ts';

export interface StatementDeps {
  readonly database: Database;
}

/** Row security decides: one's own, and all of them for admins. */
export async function getStatement(
  { database }: StatementDeps,
  actor: Actor,
  id: StatementId,
): Promise<contract.StatementOfReasons> {
  const row = await database.asActor(actor, (tx) => findStatement(tx, id));
  if (row === null) throw new AppError('not_found');
  return describeStatement(row);
}

function describeStatement(row: StatementRow): contract.StatementOfReasons {
  return {
    id: row.id as StatementId,
    restriction: restriction.parse(row.restriction),
    decidedBy: decisionKind.parse(row.decisionKind) satisfies DecisionKind,
    subject: subjectOf(row),
    reason: row.reason,
    category: statementCategory.parse(row.category),
    ground: { kind: row.ground, rule: row.rule, explanation: row.explanation },
    source: statementSource.parse(row.source),
    automated: { detection: row.automatedDetection, decision: row.automatedDecision },
    issuedAt: row.createdAt.toISOString(),
    until: row.endsAt?.toISOString() ?? null,
    warning: row.warning,
    appeal: row.appealType === null || row.appealId === null ? null : { type: row.appealType, id: row.appealId },
    letter: row.letter,
    reversal: row.reversedAt === null ? null : { at: row.reversedAt.toISOString(), because: row.reversedBecause ?? '' },
    receipt: row.receipt,
    policyReference: row.policyReference,
  };
}

function subjectOf(row: StatementRow): contract.StatementOfReasons['subject'] {
  const { subjectAt, subjectId, subjectTitle, subjectType } = row;
  if (subjectId === null || subjectAt === null) return null;
  const type = statementSubject.safeParse(subjectType);
  if (!type.success) return null;
  return { type: type.data, id: subjectId, title: subjectTitle ?? '', at: subjectAt.toISOString() };
}
