/** Our statement in the words of the public database. Facts in, record out. */
import {
  DSA_LISTS,
  type DsaStatement,
  type Restriction,
  type StatementCategory,
  type StatementSource,
} from '@virgil/contract';
import { scrubbed } from './scrub.ts';

export interface RecordedStatement {
  readonly id: string;
  readonly restriction: Restriction;
  readonly subjectType: string | null;
  readonly subjectAt: Date | null;
  readonly reason: string;
  readonly ground: 'illegal' | 'terms';
  readonly rule: string;
  readonly explanation: string;
  readonly category: StatementCategory;
  readonly source: StatementSource;
  readonly automatedDetection: boolean;
  readonly automatedDecision: 'none' | 'partly' | 'fully';
  readonly endsAt: Date | null;
  readonly createdAt: Date;
  /** Whom it concerns, as they are shown; taken out of all texts. */
  readonly displayName: string | null;
}

type Category = DsaStatement['category'];
type Keyword = NonNullable<DsaStatement['category_specification']>[number];

const CATEGORIES: Readonly<Record<StatementCategory, readonly [Category, (Keyword | { other: string })?]>> = {
  hate: ['STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH', 'KEYWORD_HATE_SPEECH'],
  harassment: ['STATEMENT_CATEGORY_CYBER_VIOLENCE', 'KEYWORD_CYBER_HARASSMENT'],
  threat: ['STATEMENT_CATEGORY_CYBER_VIOLENCE', 'KEYWORD_CYBER_BULLYING_INTIMIDATION'],
  violence: ['STATEMENT_CATEGORY_VIOLENCE'],
  sexual: ['STATEMENT_CATEGORY_OTHER_VIOLATION_TC', 'KEYWORD_ADULT_SEXUAL_MATERIAL'],
  minors: ['STATEMENT_CATEGORY_PROTECTION_OF_MINORS'],
  self_harm: ['STATEMENT_CATEGORY_SELF_HARM'],
  spam: ['STATEMENT_CATEGORY_OTHER_VIOLATION_TC', { other: 'Spam' }],
  impersonation: ['STATEMENT_CATEGORY_SCAMS_AND_FRAUD', 'KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING'],
  pii: ['STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS', { other: 'Private data published' }],
  toxicity: ['STATEMENT_CATEGORY_OTHER_VIOLATION_TC', { other: 'Insults' }],
  terror: ['STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY', 'KEYWORD_TERRORIST_CONTENT'],
  fraud: ['STATEMENT_CATEGORY_SCAMS_AND_FRAUD'],
  copyright: ['STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS', 'KEYWORD_COPYRIGHT_INFRINGEMENT'],
  rights: ['STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS'],
  other: ['STATEMENT_CATEGORY_OTHER_VIOLATION_TC'],
};

/** What people send here has no good-faith statement and no proof of who they are, so it is no notice of Article 16. */
const SOURCES: Readonly<Record<StatementSource, DsaStatement['source_type']>> = {
  report: 'SOURCE_TYPE_OTHER_NOTIFICATION',
  rights_notice: 'SOURCE_TYPE_OTHER_NOTIFICATION',
  authority: 'SOURCE_TYPE_OTHER_NOTIFICATION',
  own_initiative: 'SOURCE_VOLUNTARY',
};

const AUTOMATION = {
  none: 'AUTOMATED_DECISION_NOT_AUTOMATED',
  partly: 'AUTOMATED_DECISION_PARTIALLY',
  fully: 'AUTOMATED_DECISION_FULLY',
} as const;

const DONE: Readonly<Record<Restriction, string>> = {
  livestream_ended: 'A livestream was ended and its recording hidden.',
  video_removed: 'A recording was removed from public view.',
  message_removed: 'A text was removed.',
  message_blocked: 'A text was not published.',
  message_rejected: 'A text was hidden for good.',
  chat_timeout: 'Writing in a chat was suspended for a time.',
  channel_ban: 'Access to a channel was withdrawn.',
  warning: 'A warning was given.',
  strike: 'A warning was given that counts towards closing the account.',
  account_suspended: 'An account was suspended for a time.',
  account_terminated: 'An account was closed.',
};

/**
 * Null for a warning alone: it restricts nothing, and the database takes restrictions. Null too for what was done to a
 * private message: it was never disseminated to the public, which is what the database is about (Art. 24(5), Art. 3(i)
 * and (k) DSA). `isExported` in export-store.ts says the same in SQL.
 */
export function dsaRecordOf(statement: RecordedStatement): DsaStatement | null {
  const decision = decisionOf(statement);
  if (decision === null) return null;
  const { automatedDecision, automatedDetection, category, createdAt, displayName, reason, restriction } = statement;
  const [mainCategory, keyword] = CATEGORIES[category];
  const clean = (text: string, max: number) => cut(scrubbed(text, displayName === null ? [] : [displayName]), max);
  return {
    ...decision,
    ...groundOf(statement, clean),
    ...contentOf(statement),
    category: mainCategory,
    ...specificationOf(keyword),
    territorial_scope: [...DSA_LISTS.territory],
    content_date: dayOf(statement.subjectAt ?? createdAt),
    application_date: dayOf(createdAt),
    decision_facts: clean(`${DONE[restriction]} The reason given: ${reason}`, 5000),
    source_type: SOURCES[statement.source],
    automated_detection: automatedDetection ? 'Yes' : 'No',
    automated_decision: AUTOMATION[automatedDecision],
    puid: statement.id,
  };
}

function decisionOf(statement: RecordedStatement): Partial<DsaStatement> | null {
  const end = statement.endsAt === null ? null : dayOf(statement.endsAt);
  const hidden = statement.subjectType !== null && isPublicText(statement.subjectType) ? REMOVED : null;
  switch (statement.restriction) {
    case 'livestream_ended':
    case 'video_removed':
      return { ...REMOVED, ...(end === null ? {} : { end_date_visibility_restriction: end }) };
    case 'message_removed':
    case 'message_blocked':
    case 'message_rejected':
      if (statement.subjectType === 'direct_message') return null;
      return { ...REMOVED, ...(end === null ? {} : { end_date_visibility_restriction: end }) };
    // A text that such a decision is about stays hidden with it.
    case 'chat_timeout':
      return {
        ...hidden,
        decision_provision: 'DECISION_PROVISION_PARTIAL_SUSPENSION',
        ...(end === null ? {} : { end_date_service_restriction: end }),
      };
    case 'channel_ban':
      return {
        ...hidden,
        decision_provision: `DECISION_PROVISION_PARTIAL_${end === null ? 'TERMINATION' : 'SUSPENSION'}`,
        ...(end === null ? {} : { end_date_service_restriction: end }),
      };
    case 'account_suspended':
      return {
        decision_account: 'DECISION_ACCOUNT_SUSPENDED',
        ...(end === null ? {} : { end_date_account_restriction: end }),
      };
    case 'account_terminated':
      return { decision_account: 'DECISION_ACCOUNT_TERMINATED' };
    case 'warning':
    case 'strike':
      return hidden;
  }
}

const REMOVED: Partial<DsaStatement> = { decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'] };
const isPublicText = (subjectType: string): boolean => subjectType === 'message' || subjectType === 'comment';

function groundOf(
  { explanation, ground, rule }: RecordedStatement,
  clean: (text: string, max: number) => string,
): Pick<DsaStatement, 'decision_ground'> {
  if (ground === 'illegal') {
    const texts = {
      illegal_content_legal_ground: clean(rule, 500),
      illegal_content_explanation: clean(explanation, 2000),
    };
    return { decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT', ...texts };
  }
  const texts = {
    incompatible_content_ground: clean(rule, 500),
    incompatible_content_explanation: clean(explanation, 2000),
  };
  return { decision_ground: 'DECISION_GROUND_INCOMPATIBLE_CONTENT', ...texts };
}

function contentOf({ subjectType }: RecordedStatement): Pick<DsaStatement, 'content_type' | 'content_type_other'> {
  switch (subjectType) {
    case 'livestream':
    case 'video':
      return { content_type: ['CONTENT_TYPE_VIDEO', 'CONTENT_TYPE_AUDIO'] };
    case 'message':
    case 'comment':
    case 'direct_message':
      return { content_type: ['CONTENT_TYPE_TEXT'] };
    default:
      return { content_type: ['CONTENT_TYPE_OTHER'], content_type_other: 'Conduct of an account' };
  }
}

function specificationOf(keyword: Keyword | { other: string } | undefined): Partial<DsaStatement> {
  if (keyword === undefined) return {};
  if (typeof keyword === 'string') return { category_specification: [keyword] };
  return { category_specification: ['KEYWORD_OTHER'], category_specification_other: keyword.other };
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The database counts as we store: code units are at least as many as characters, so the cut is never too long. */
function cut(text: string, max: number): string {
  return text.length <= max
    ? text
    : `${text
        .slice(0, max - 1)
        .toWellFormed()
        .replace(/\ufffd$/u, '')}…`;
}
