/** Statements of reasons (Art. 17 DSA), as the person concerned reads them. */
import { z } from 'zod';
import { operation } from './operations.ts';
import { instant, statementId } from './primitives.ts';
import { decisionKind, restriction, statementCategory, statementSource, statementSubject } from './statement-shapes.ts';

export const statementOfReasons = z.object({
  id: statementId,
  restriction,
  decidedBy: decisionKind,
  /** What it is about; null when it is about the person. */
  subject: z
    .object({
      type: statementSubject,
      id: z.string(),
      /** A title, or the words of a message, as they were then. */
      title: z.string(),
      at: instant,
    })
    .nullable(),
  /** The words of whoever decided. */
  reason: z.string(),
  category: statementCategory,
  ground: z.object({
    kind: z.enum(['illegal', 'terms']),
    /** The rule or the law, by name. */
    rule: z.string(),
    explanation: z.string(),
  }),
  source: statementSource,
  automated: z.object({ detection: z.boolean(), decision: z.enum(['none', 'partly', 'fully']) }),
  issuedAt: instant,
  /** Absent an end, null: until it is lifted. */
  until: instant.nullable(),
  /** The strike warning, in words. */
  warning: z.string().nullable(),
  /** What an appeal would be about; null when there is none. */
  appeal: z.object({ type: z.string(), id: z.string() }).nullable(),
  /** The whole letter in English, as it lies in the inbox. */
  letter: z.string(),
  /** It was taken back. */
  reversal: z.object({ at: instant, because: z.string() }).nullable(),
  /** The decision's entry in the audit log: `GET /api/v1/receipts/:eventId`. */
  receipt: z.string().nullable(),
  /** The rule in the words of that day: `community-rules/3#insults`. Null where none is named. */
  policyReference: z.string().nullable(),
});
export type StatementOfReasons = z.infer<typeof statementOfReasons>;

export const getStatement = operation({
  id: 'statements.get',
  method: 'GET',
  path: '/api/v1/statements/:id',
  who: 'signed-in',
  scope: 'read',
  summary: 'The reasons for a restriction, to the person concerned and to admins.',
  openToBanned: true,
  params: z.strictObject({ id: statementId }),
  output: statementOfReasons,
  errors: ['sign_in_required', 'not_found'],
});
