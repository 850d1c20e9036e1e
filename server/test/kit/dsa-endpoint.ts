/**
 * Stands in for the Commission's DSA Transparency Database: the same calls and the same rules, written down here from
 * its documentation and not from our schema, so that one checks the other. Over HTTP, on a port of its own.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Fields = Readonly<Record<string, unknown>>;
type Problems = Record<string, string[]>;

const PREFIXES: Readonly<Record<string, string>> = {
  decision_visibility: 'DECISION_VISIBILITY_',
  decision_monetary: 'DECISION_MONETARY_',
  decision_provision: 'DECISION_PROVISION_',
  decision_account: 'DECISION_ACCOUNT_',
  account_type: 'ACCOUNT_TYPE_',
  decision_ground: 'DECISION_GROUND_',
  content_type: 'CONTENT_TYPE_',
  category: 'STATEMENT_CATEGORY_',
  category_addition: 'STATEMENT_CATEGORY_',
  category_specification: 'KEYWORD_',
  source_type: 'SOURCE_',
  automated_decision: 'AUTOMATED_DECISION_',
};
const words = (text: string) => new Set(text.trim().split(/\s+/));
/** As listed in the database's documentation, without the prefix. */
export const LISTED: Readonly<Record<string, ReadonlySet<string>>> = {
  decision_visibility: words(
    'CONTENT_REMOVED CONTENT_DISABLED CONTENT_DEMOTED CONTENT_AGE_RESTRICTED CONTENT_INTERACTION_RESTRICTED CONTENT_LABELLED OTHER',
  ),
  decision_monetary: words('SUSPENSION TERMINATION OTHER'),
  decision_provision: words('PARTIAL_SUSPENSION TOTAL_SUSPENSION PARTIAL_TERMINATION TOTAL_TERMINATION'),
  decision_account: words('SUSPENDED TERMINATED'),
  account_type: words('BUSINESS PRIVATE'),
  decision_ground: words('ILLEGAL_CONTENT INCOMPATIBLE_CONTENT'),
  content_type: words('APP AUDIO IMAGE PRODUCT SYNTHETIC_MEDIA TEXT VIDEO OTHER'),
  source_type: words('ARTICLE_16 TRUSTED_FLAGGER TYPE_OTHER_NOTIFICATION VOLUNTARY'),
  automated_decision: words('FULLY PARTIALLY NOT_AUTOMATED'),
  category: words(
    `ANIMAL_WELFARE CONSUMER_INFORMATION CYBER_VIOLENCE CYBER_VIOLENCE_AGAINST_WOMEN
     DATA_PROTECTION_AND_PRIVACY_VIOLATIONS ILLEGAL_OR_HARMFUL_SPEECH INTELLECTUAL_PROPERTY_INFRINGEMENTS
     NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS NOT_SPECIFIED_NOTICE OTHER_VIOLATION_TC PROTECTION_OF_MINORS
     RISK_FOR_PUBLIC_SECURITY SCAMS_AND_FRAUD SELF_HARM UNSAFE_AND_PROHIBITED_PRODUCTS VIOLENCE`,
  ),
  category_specification: words(
    `ADULT_SEXUAL_MATERIAL AGE_SPECIFIC_RESTRICTIONS AGE_SPECIFIC_RESTRICTIONS_MINORS ANIMAL_HARM BIOMETRIC_DATA_BREACH
     BULLYING_AGAINST_GIRLS CHILD_SEXUAL_ABUSE_MATERIAL CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE
     CONTENT_PROMOTING_EATING_DISORDERS COORDINATED_HARM COPYRIGHT_INFRINGEMENT CYBER_BULLYING_INTIMIDATION
     CYBER_HARASSMENT CYBER_HARASSMENT_AGAINST_WOMEN CYBER_INCITEMENT CYBER_STALKING CYBER_STALKING_AGAINST_WOMEN
     DATA_FALSIFICATION DEFAMATION DESIGN_INFRINGEMENT DISCRIMINATION FEMALE_GENDERED_DISINFORMATION
     GEOGRAPHIC_INDICATIONS_INFRINGEMENT GEOGRAPHICAL_REQUIREMENTS GOODS_SERVICES_NOT_PERMITTED
     GROOMING_SEXUAL_ENTICEMENT_MINORS HATE_SPEECH HIDDEN_ADVERTISEMENT HUMAN_EXPLOITATION HUMAN_TRAFFICKING
     ILLEGAL_ORGANIZATIONS IMPERSONATION_ACCOUNT_HIJACKING INAUTHENTIC_ACCOUNTS INAUTHENTIC_LISTINGS
     INAUTHENTIC_USER_REVIEWS INCITEMENT_AGAINST_WOMEN INCITEMENT_VIOLENCE_HATRED INSUFFICIENT_INFORMATION_ON_TRADERS
     LANGUAGE_REQUIREMENTS MISINFORMATION_DISINFORMATION MISLEADING_INFO_CONSUMER_RIGHTS
     MISLEADING_INFO_GOODS_SERVICES MISSING_PROCESSING_GROUND NON_CONSENSUAL_IMAGE_SHARING
     NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN NON_CONSENSUAL_MATERIAL_DEEPFAKE
     NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN NONCOMPLIANCE_PRICING NUDITY PATENT_INFRINGEMENT PHISHING
     PROHIBITED_PRODUCTS PYRAMID_SCHEMES RIGHT_TO_BE_FORGOTTEN RISK_ENVIRONMENTAL_DAMAGE RISK_PUBLIC_HEALTH
     SELF_MUTILATION STALKING SUICIDE TERRORIST_CONTENT TRADE_SECRET_INFRINGEMENT TRADEMARK_INFRINGEMENT
     TRAFFICKING_WOMEN_GIRLS UNLAWFUL_SALE_ANIMALS UNSAFE_CHALLENGES UNSAFE_PRODUCTS VIOLATION_EU_LAW
     VIOLATION_NATIONAL_LAW OTHER`,
  ),
  territorial_scope: words('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'),
};
const listOf = (field: string) => LISTED[field === 'category_addition' ? 'category' : field] ?? new Set<string>();
const isListed = (field: string, value: unknown): boolean => {
  const prefix = PREFIXES[field] ?? '';
  return typeof value === 'string' && value.startsWith(prefix) && listOf(field).has(value.slice(prefix.length));
};

const ONE =
  'decision_monetary decision_provision decision_account account_type decision_ground category source_type automated_decision';
const MANY = 'decision_visibility content_type category_addition category_specification territorial_scope';
const TEXTS: Readonly<Record<string, number>> = {
  decision_visibility_other: 500,
  decision_monetary_other: 500,
  decision_ground_reference_url: 500,
  illegal_content_legal_ground: 500,
  illegal_content_explanation: 2000,
  incompatible_content_ground: 500,
  incompatible_content_explanation: 2000,
  content_type_other: 500,
  category_specification_other: 500,
  decision_facts: 5000,
  source_identity: 500,
  puid: 500,
};
const YES_NO = ['automated_detection', 'incompatible_content_illegal'];
const DATES: Readonly<Record<string, string>> = {
  content_date: '2000-01-01',
  application_date: '2020-01-01',
  end_date_account_restriction: '2000-01-01',
  end_date_monetary_restriction: '2000-01-01',
  end_date_service_restriction: '2000-01-01',
  end_date_visibility_restriction: '2000-01-01',
};
const REQUIRED = words(
  'decision_ground content_type category content_date application_date decision_facts source_type automated_detection automated_decision puid',
);
const has = (fields: Fields, name: string, value: string) => ([fields[name]].flat() as unknown[]).includes(value);
const REQUIRED_IF: readonly (readonly [name: string, when: (fields: Fields) => boolean])[] = [
  ['decision_visibility_other', (each) => has(each, 'decision_visibility', 'DECISION_VISIBILITY_OTHER')],
  ['decision_monetary_other', (each) => has(each, 'decision_monetary', 'DECISION_MONETARY_OTHER')],
  ['content_type_other', (each) => has(each, 'content_type', 'CONTENT_TYPE_OTHER')],
  ['illegal_content_legal_ground', (each) => has(each, 'decision_ground', 'DECISION_GROUND_ILLEGAL_CONTENT')],
  ['illegal_content_explanation', (each) => has(each, 'decision_ground', 'DECISION_GROUND_ILLEGAL_CONTENT')],
  ['incompatible_content_ground', (each) => has(each, 'decision_ground', 'DECISION_GROUND_INCOMPATIBLE_CONTENT')],
  ['incompatible_content_explanation', (each) => has(each, 'decision_ground', 'DECISION_GROUND_INCOMPATIBLE_CONTENT')],
];

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

/** What the validator says of one statement; empty when it takes it. */
export function problemsOf(fields: Fields): Problems {
  const problems: Problems = {};
  const complain = (name: string, message: string) => {
    problems[name] = [...(problems[name] ?? []), message];
  };
  const present = (name: string) => fields[name] !== undefined && fields[name] !== null && fields[name] !== '';
  for (const name of REQUIRED) if (!present(name)) complain(name, `The ${name} field is required.`);
  if (!['visibility', 'monetary', 'provision', 'account'].some((each) => present(`decision_${each}`))) {
    complain('decision_visibility', 'One of the four decisions is required.');
  }
  for (const [name, when] of REQUIRED_IF)
    if (when(fields) && !present(name)) complain(name, `The ${name} is required.`);
  for (const name of words(ONE)) {
    if (present(name) && !isListed(name, fields[name])) complain(name, `The selected ${name} is invalid.`);
  }
  for (const name of words(MANY)) {
    if (!present(name)) continue;
    const values = fields[name];
    if (!Array.isArray(values)) complain(name, `The ${name} must be an array.`);
    else if (!values.every((value) => isListed(name, value))) complain(name, `The selected ${name} is invalid.`);
  }
  if (Array.isArray(fields.content_type) && fields.content_type.length === 0) complain('content_type', 'required');
  for (const [name, max] of Object.entries(TEXTS)) {
    const value = fields[name];
    if (!present(name)) continue;
    if (typeof value !== 'string') complain(name, `The ${name} must be a string.`);
    else if ([...value].length > max) complain(name, `The ${name} may not be longer than ${max}.`);
  }
  for (const name of YES_NO) {
    if (present(name) && fields[name] !== 'Yes' && fields[name] !== 'No') complain(name, 'must be Yes or No');
  }
  for (const [name, first] of Object.entries(DATES)) {
    const value = fields[name];
    if (!present(name)) continue;
    if (!isDay(value)) complain(name, `The ${name} is no day.`);
    else if (value < first || value > '2038-01-01') complain(name, `The ${name} is out of range.`);
  }
  const url = fields.decision_ground_reference_url;
  if (typeof url === 'string' && url !== '' && !URL.canParse(url)) complain('decision_ground_reference_url', 'no URL');
  const language = fields.content_language;
  if (present('content_language') && (typeof language !== 'string' || !/^[A-Z]{2}$/.test(language))) {
    complain('content_language', 'no language');
  }
  if (present('content_id')) {
    const keys = Object.entries(fields.content_id as object);
    const isGood = keys.every(([key, value]) => key === 'EAN-13' && /^\d{13}$/.test(String(value)));
    if (!isGood) complain('content_id', 'no EAN-13');
  }
  if (typeof fields.puid === 'string' && !/^[a-zA-Z0-9\-_]+$/.test(fields.puid)) complain('puid', 'bad characters');
  return problems;
}

export interface DsaEndpoint {
  readonly url: string;
  readonly token: string;
  /** By puid, in the order they came. */
  readonly stored: ReadonlyMap<string, Fields>;
  /** How many statements each call held. */
  readonly calls: readonly number[];
  /** From now on nobody is answered as they should be. */
  fail(how: 'no answer' | 'error 500' | 'token' | null): void;
  /** The next call is stored, and its answer lost. */
  loseNextAnswer(): void;
  close(): Promise<void>;
}

export async function dsaEndpoint(): Promise<DsaEndpoint> {
  const stored = new Map<string, Fields>();
  const calls: number[] = [];
  const token = 'a-token-of-this-test';
  let failing: 'no answer' | 'error 500' | 'token' | null = null;
  let losing = false;

  const answer = (response: ServerResponse, status: number, body?: unknown, headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };

  const store = (response: ServerResponse, statements: readonly Fields[]) => {
    calls.push(statements.length);
    if (statements.length < 1 || statements.length > 100) {
      return answer(response, 422, { message: 'The statements field must have between 1 and 100 items.' });
    }
    const errors: Record<string, unknown> = {};
    const inCall = new Set<unknown>();
    for (const [index, statement] of statements.entries()) {
      const problems: Record<string, unknown> = problemsOf(statement);
      const known = stored.get(String(statement.puid));
      if (known !== undefined || inCall.has(statement.puid)) {
        problems.puid = ['The identifier given is not unique within this platform.'];
        if (known !== undefined) problems.existing = known;
      }
      inCall.add(statement.puid);
      if (Object.keys(problems).length > 0) errors[`statement_${index}`] = problems;
    }
    if (Object.keys(errors).length > 0) return answer(response, 422, { errors });
    for (const statement of statements) stored.set(String(statement.puid), statement);
    if (losing) {
      losing = false;
      return response.destroy();
    }
    return answer(response, 201, { statements: statements.map((statement) => ({ ...statement, uuid: 'u' })) });
  };

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (failing === 'no answer') return response.destroy();
      if (failing === 'error 500') return answer(response, 500, { message: 'Server Error' });
      if (failing === 'token' || request.headers.authorization !== `Bearer ${token}`) {
        return answer(response, 401, { message: 'Unauthenticated.' });
      }
      const path = request.url ?? '';
      const puid = /^\/api\/v1\/statement\/existing-puid\/(.+)$/.exec(path)?.[1];
      if (puid !== undefined) {
        return stored.has(puid)
          ? answer(response, 302, undefined, { location: '/statement/u' })
          : answer(response, 404);
      }
      if (path !== '/api/v1/statements') return answer(response, 404);
      return store(response, (body as { statements?: Fields[] }).statements ?? []);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    stored,
    calls,
    fail(how) {
      failing = how;
    },
    loseNextAnswer() {
      losing = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : JSON.parse(text);
}
