/** The transparency report: how often the platform decided what, for everybody to read; and what it hands to the EU. */
import { z } from 'zod';
import { dsaStatement } from './dsa-statement.ts';
import { operation } from './operations.ts';
import { instant, listOf, paging } from './primitives.ts';
import { reportReason, reportSubject } from './report-shapes.ts';
import { restriction, statementCategory, statementSource } from './statement-shapes.ts';

const count = z.int().nonnegative();
const countsBy = <T extends z.ZodEnum>(names: T) => z.partialRecord(names, count);

/** One month or half year, in UTC. Names of a closed list that are not there stand for nothing counted. */
export const transparencyPeriod = z.object({
  /** `2026-11`, or `2026-H2`. */
  name: z.string(),
  from: instant,
  until: instant,
  /** It has not ended yet. */
  isRunning: z.boolean(),
  reports: z.object({
    received: count,
    /** Everybody who reported, with the reports that were merged into others. */
    voices: count,
    byReason: countsBy(reportReason),
    bySubject: countsBy(reportSubject.shape.type),
    /** Of those decided in this period. */
    approved: count,
    rejected: count,
    abusive: count,
    /** From the first voice to the decision, half took less; null when nothing was decided. */
    medianMinutes: z.number().nonnegative().nullable(),
    mutedReporters: count,
  }),
  restrictions: z.object({
    all: count,
    byKind: countsBy(restriction),
    byCategory: countsBy(statementCategory),
    bySource: countsBy(statementSource),
    automated: z.object({ none: count, partly: count, fully: count }),
    /** Issued in this period and taken back since. */
    reversed: count,
    reversedAutomated: count,
  }),
  strikes: z.object({ issued: count, lifted: count }),
  penalties: z.object({ temporary: count, permanent: count, ended: count }),
  appeals: z.object({
    received: count,
    accepted: count,
    denied: count,
    medianMinutes: z.number().nonnegative().nullable(),
  }),
  dmca: z.object({
    received: count,
    approved: count,
    rejected: count,
    counterNoticed: count,
    restored: count,
    medianMinutes: z.number().nonnegative().nullable(),
  }),
});
export type TransparencyPeriod = z.infer<typeof transparencyPeriod>;

const query = z.strictObject({ by: z.enum(['month', 'half']).default('month') });

export const getTransparency = operation({
  id: 'transparency.get',
  method: 'GET',
  path: '/api/v1/transparency',
  who: 'anyone',
  scope: 'read',
  summary: 'What the platform decided: the last twelve months or four half years, newest first. Numbers, no people.',
  query,
  output: z.object({ by: query.shape.by, periods: z.array(transparencyPeriod) }),
  errors: [],
});

export const exportTransparency = operation({
  id: 'transparency.export',
  method: 'GET',
  path: '/api/v1/transparency/csv',
  who: 'anyone',
  scope: 'read',
  summary: 'The same numbers as a table: one line a period and number.',
  query,
  download: { types: ['text/csv'] },
  errors: [],
});

/** How statements of reasons get to the Commission’s database. */
export const statementExport = z.object({
  /** Off unless the instance has an address and a token. */
  enabled: z.boolean(),
  /** Restrictions that were not handed over yet; a warning alone never is. */
  waiting: count,
  sent: count,
  /** The other side did not take them: somebody has to look. */
  refused: count,
  lastTriedAt: instant.nullable(),
  problems: z.array(z.object({ puid: z.string(), problem: z.string(), at: instant })),
});

export const getAdminTransparency = operation({
  id: 'admin.transparency.get',
  method: 'GET',
  path: '/api/admin/transparency',
  who: 'admin',
  scope: 'admin',
  summary: 'The transparency report with the state of the hand-over to the DSA Transparency Database.',
  query,
  output: z.object({ by: query.shape.by, periods: z.array(transparencyPeriod), statementExport }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const listDsaStatements = operation({
  id: 'admin.transparency.statements',
  method: 'GET',
  path: '/api/admin/transparency/statements',
  who: 'admin',
  scope: 'admin',
  summary: 'Statements of reasons in the format of the DSA Transparency Database, oldest first, free of personal data.',
  query: z.strictObject(paging()),
  output: listOf(dsaStatement),
  errors: ['sign_in_required', 'not_allowed'],
});

export const exportDsaStatements = operation({
  id: 'admin.transparency.statementsCsv',
  method: 'GET',
  path: '/api/admin/transparency/statements/csv',
  who: 'admin',
  scope: 'admin',
  summary: 'The same statements as a table, one line each.',
  download: { types: ['text/csv'] },
  errors: ['sign_in_required', 'not_allowed'],
});
