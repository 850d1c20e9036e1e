/**
 * A statement of reasons as the European Commission's DSA Transparency Database takes it, in the schema in force since
 * 1 July 2025 (aligned with Implementing Regulation (EU) 2024/2835). Field names, closed lists and rules are those of
 * https://transparency.dsa.ec.europa.eu/page/api-documentation. Stricter than the database in one point: what it would
 * silently drop is refused here, so that nothing is sent that does not count.
 */
import { z } from 'zod';

const prefixed = <const P extends string, const N extends string>(prefix: P, names: readonly N[]) =>
  names.map((name) => `${prefix}${name}`) as unknown as readonly [`${P}${N}`, ...`${P}${N}`[]];

const LEVELS = ['SUSPENSION', 'TERMINATION'] as const;

export const DSA_LISTS = {
  visibility: prefixed('DECISION_VISIBILITY_', [
    'CONTENT_REMOVED',
    'CONTENT_DISABLED',
    'CONTENT_DEMOTED',
    'CONTENT_AGE_RESTRICTED',
    'CONTENT_INTERACTION_RESTRICTED',
    'CONTENT_LABELLED',
    'OTHER',
  ]),
  monetary: prefixed('DECISION_MONETARY_', [...LEVELS, 'OTHER']),
  provision: prefixed('DECISION_PROVISION_', [
    'PARTIAL_SUSPENSION',
    'TOTAL_SUSPENSION',
    'PARTIAL_TERMINATION',
    'TOTAL_TERMINATION',
  ]),
  account: prefixed('DECISION_ACCOUNT_', ['SUSPENDED', 'TERMINATED']),
  accountType: prefixed('ACCOUNT_TYPE_', ['BUSINESS', 'PRIVATE']),
  ground: prefixed('DECISION_GROUND_', ['ILLEGAL_CONTENT', 'INCOMPATIBLE_CONTENT']),
  contentType: prefixed('CONTENT_TYPE_', [
    'APP',
    'AUDIO',
    'IMAGE',
    'PRODUCT',
    'SYNTHETIC_MEDIA',
    'TEXT',
    'VIDEO',
    'OTHER',
  ]),
  source: ['SOURCE_ARTICLE_16', 'SOURCE_TRUSTED_FLAGGER', 'SOURCE_TYPE_OTHER_NOTIFICATION', 'SOURCE_VOLUNTARY'],
  automatedDecision: prefixed('AUTOMATED_DECISION_', ['FULLY', 'PARTIALLY', 'NOT_AUTOMATED']),
  category: prefixed('STATEMENT_CATEGORY_', [
    'ANIMAL_WELFARE',
    'CONSUMER_INFORMATION',
    'CYBER_VIOLENCE',
    'CYBER_VIOLENCE_AGAINST_WOMEN',
    'DATA_PROTECTION_AND_PRIVACY_VIOLATIONS',
    'ILLEGAL_OR_HARMFUL_SPEECH',
    'INTELLECTUAL_PROPERTY_INFRINGEMENTS',
    'NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS',
    'NOT_SPECIFIED_NOTICE',
    'OTHER_VIOLATION_TC',
    'PROTECTION_OF_MINORS',
    'RISK_FOR_PUBLIC_SECURITY',
    'SCAMS_AND_FRAUD',
    'SELF_HARM',
    'UNSAFE_AND_PROHIBITED_PRODUCTS',
    'VIOLENCE',
  ]),
  keyword: prefixed('KEYWORD_', [
    'ADULT_SEXUAL_MATERIAL',
    'AGE_SPECIFIC_RESTRICTIONS',
    'AGE_SPECIFIC_RESTRICTIONS_MINORS',
    'ANIMAL_HARM',
    'BIOMETRIC_DATA_BREACH',
    'BULLYING_AGAINST_GIRLS',
    'CHILD_SEXUAL_ABUSE_MATERIAL',
    'CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE',
    'CONTENT_PROMOTING_EATING_DISORDERS',
    'COORDINATED_HARM',
    'COPYRIGHT_INFRINGEMENT',
    'CYBER_BULLYING_INTIMIDATION',
    'CYBER_HARASSMENT',
    'CYBER_HARASSMENT_AGAINST_WOMEN',
    'CYBER_INCITEMENT',
    'CYBER_STALKING',
    'CYBER_STALKING_AGAINST_WOMEN',
    'DATA_FALSIFICATION',
    'DEFAMATION',
    'DESIGN_INFRINGEMENT',
    'DISCRIMINATION',
    'FEMALE_GENDERED_DISINFORMATION',
    'GEOGRAPHIC_INDICATIONS_INFRINGEMENT',
    'GEOGRAPHICAL_REQUIREMENTS',
    'GOODS_SERVICES_NOT_PERMITTED',
    'GROOMING_SEXUAL_ENTICEMENT_MINORS',
    'HATE_SPEECH',
    'HIDDEN_ADVERTISEMENT',
    'HUMAN_EXPLOITATION',
    'HUMAN_TRAFFICKING',
    'ILLEGAL_ORGANIZATIONS',
    'IMPERSONATION_ACCOUNT_HIJACKING',
    'INAUTHENTIC_ACCOUNTS',
    'INAUTHENTIC_LISTINGS',
    'INAUTHENTIC_USER_REVIEWS',
    'INCITEMENT_AGAINST_WOMEN',
    'INCITEMENT_VIOLENCE_HATRED',
    'INSUFFICIENT_INFORMATION_ON_TRADERS',
    'LANGUAGE_REQUIREMENTS',
    'MISINFORMATION_DISINFORMATION',
    'MISLEADING_INFO_CONSUMER_RIGHTS',
    'MISLEADING_INFO_GOODS_SERVICES',
    'MISSING_PROCESSING_GROUND',
    'NON_CONSENSUAL_IMAGE_SHARING',
    'NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN',
    'NON_CONSENSUAL_MATERIAL_DEEPFAKE',
    'NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN',
    'NONCOMPLIANCE_PRICING',
    'NUDITY',
    'PATENT_INFRINGEMENT',
    'PHISHING',
    'PROHIBITED_PRODUCTS',
    'PYRAMID_SCHEMES',
    'RIGHT_TO_BE_FORGOTTEN',
    'RISK_ENVIRONMENTAL_DAMAGE',
    'RISK_PUBLIC_HEALTH',
    'SELF_MUTILATION',
    'STALKING',
    'SUICIDE',
    'TERRORIST_CONTENT',
    'TRADE_SECRET_INFRINGEMENT',
    'TRADEMARK_INFRINGEMENT',
    'TRAFFICKING_WOMEN_GIRLS',
    'UNLAWFUL_SALE_ANIMALS',
    'UNSAFE_CHALLENGES',
    'UNSAFE_PRODUCTS',
    'VIOLATION_EU_LAW',
    'VIOLATION_NATIONAL_LAW',
    'OTHER',
  ]),
  /** EU and EEA. */
  territory: [
    ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE'],
    ...['IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
  ] as unknown as readonly ['AT', ...string[]],
} as const;

const LAST_DAY = '2038-01-01';
/** A day as it is written there; text compares as days do. */
const day = (first: string) =>
  z.iso.date().refine((value) => value >= first && value <= LAST_DAY, `from ${first} to ${LAST_DAY}`);
const words = (max: number) => z.string().min(1).max(max);
const yesOrNo = z.enum(['Yes', 'No']);
const several = <T extends z.ZodType>(item: T) => z.array(item).min(1);
const endDate = day('2020-01-01').optional();

const fields = z.strictObject({
  decision_visibility: several(z.enum(DSA_LISTS.visibility)).optional(),
  decision_visibility_other: words(500).optional(),
  decision_monetary: z.enum(DSA_LISTS.monetary).optional(),
  decision_monetary_other: words(500).optional(),
  decision_provision: z.enum(DSA_LISTS.provision).optional(),
  decision_account: z.enum(DSA_LISTS.account).optional(),
  account_type: z.enum(DSA_LISTS.accountType).optional(),
  decision_ground: z.enum(DSA_LISTS.ground),
  decision_ground_reference_url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  illegal_content_legal_ground: words(500).optional(),
  illegal_content_explanation: words(2000).optional(),
  incompatible_content_ground: words(500).optional(),
  incompatible_content_explanation: words(2000).optional(),
  incompatible_content_illegal: yesOrNo.optional(),
  content_type: several(z.enum(DSA_LISTS.contentType)),
  content_type_other: words(500).optional(),
  category: z.enum(DSA_LISTS.category),
  category_addition: z.array(z.enum(DSA_LISTS.category)).optional(),
  category_specification: z.array(z.enum(DSA_LISTS.keyword)).optional(),
  category_specification_other: words(500).optional(),
  territorial_scope: several(z.enum(DSA_LISTS.territory)),
  /** ISO 639-1, upper case. */
  content_language: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  content_date: day('2000-01-01'),
  application_date: day('2020-01-01'),
  /** Absent: without an end. */
  end_date_account_restriction: endDate,
  end_date_monetary_restriction: endDate,
  end_date_service_restriction: endDate,
  end_date_visibility_restriction: endDate,
  decision_facts: words(5000),
  source_type: z.enum(DSA_LISTS.source),
  source_identity: words(500).optional(),
  automated_detection: yesOrNo,
  automated_decision: z.enum(DSA_LISTS.automatedDecision),
  content_id: z.strictObject({ 'EAN-13': z.string().regex(/^\d{13}$/) }).optional(),
  /** Ours, unique for ever: sending the same one again changes nothing. */
  puid: z
    .string()
    .max(500)
    .regex(/^[a-zA-Z0-9_-]+$/),
});
type Fields = z.infer<typeof fields>;

/** Fields that stand exactly when something else says so. */
const CONDITIONAL: readonly (readonly [name: keyof Fields, applies: (statement: Fields) => boolean])[] = [
  ['decision_visibility_other', (each) => each.decision_visibility?.includes('DECISION_VISIBILITY_OTHER') ?? false],
  ['decision_monetary_other', (each) => each.decision_monetary === 'DECISION_MONETARY_OTHER'],
  ['content_type_other', (each) => each.content_type.includes('CONTENT_TYPE_OTHER')],
  ['illegal_content_legal_ground', (each) => each.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT'],
  ['illegal_content_explanation', (each) => each.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT'],
  ['incompatible_content_ground', (each) => each.decision_ground === 'DECISION_GROUND_INCOMPATIBLE_CONTENT'],
  ['incompatible_content_explanation', (each) => each.decision_ground === 'DECISION_GROUND_INCOMPATIBLE_CONTENT'],
];
/** Fields that may stand only when something else does. */
const ALLOWED_WITH: readonly (readonly [name: keyof Fields, allows: (statement: Fields) => boolean])[] = [
  ['incompatible_content_illegal', (each) => each.decision_ground === 'DECISION_GROUND_INCOMPATIBLE_CONTENT'],
  ['source_identity', (each) => each.source_type !== 'SOURCE_VOLUNTARY'],
  ['category_specification_other', (each) => each.category_specification?.includes('KEYWORD_OTHER') ?? false],
];
const DECISIONS = ['decision_visibility', 'decision_monetary', 'decision_provision', 'decision_account'] as const;

export const dsaStatement = fields.superRefine((statement, context) => {
  const complain = (name: keyof Fields, message: string) => context.addIssue({ code: 'custom', path: [name], message });
  if (DECISIONS.every((name) => statement[name] === undefined)) {
    complain('decision_visibility', 'one of the four decisions must be named');
  }
  for (const [name, applies] of CONDITIONAL) {
    const isThere = statement[name] !== undefined;
    if (applies(statement) !== isThere) complain(name, isThere ? 'has no place here' : 'is missing');
  }
  for (const [name, allows] of ALLOWED_WITH) {
    if (statement[name] !== undefined && !allows(statement)) complain(name, 'has no place here');
  }
});
export type DsaStatement = z.infer<typeof dsaStatement>;

/** A call to the database takes this many. */
export const DSA_BATCH = 100;
