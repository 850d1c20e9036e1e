/** Judges text by rules alone: fast, explainable, blind to meaning. What is left when the classifier is away. */
import { createHash } from 'node:crypto';
import type { Category } from '@virgil/contract';
import { holdsCardNumber, holdsIban } from './account-numbers.ts';
import type { Assessment, Classifier } from './classifier.ts';
import { PHRASES, REPORTS_ABUSE } from './lexicon.ts';
import { imitatesBrand, isKnownPhishing, isSuspiciousHost, KNOWN_PHISHING_HASH, linksOf } from './links.ts';
import { comparableText, readings, visibleText } from './normalise-text.ts';

const MAX_LENGTH = 2000;
/** What a text that only tells of abuse scores at most: held for a person, never blocked. */
const REPORTED_SPEECH_MAX = 0.62;
const SPEECH: ReadonlySet<Category> = new Set<Category>(['hate', 'harassment', 'threat', 'toxicity']);

/** Counted up by hand when the code here changes what it finds; what the lists hold is told by their hash. */
const CODE_VERSION = '1';
const LISTS = [
  ...PHRASES.map(({ category, pattern, score }) => `${category} ${score} ${pattern.source}`),
  KNOWN_PHISHING_HASH,
];
const VERSION = `${CODE_VERSION}+${createHash('sha256').update(LISTS.join('\n')).digest('hex').slice(0, 8)}`;

interface Finding {
  readonly category: Category;
  readonly score: number;
  readonly reason: string;
  /** What was read; without: the visible characters. */
  readonly view?: string;
}

export const ruleFilter: Classifier = {
  name: 'rules',
  version: VERSION,
  assess: async (text) => assessByRules(text),
};

export function assessByRules(text: string): Assessment {
  const visible = visibleText(text).slice(0, MAX_LENGTH);
  const findings = [
    ...phraseFindings(visible),
    ...linkFindings(visible),
    ...numberFindings(visible),
    ...floodFindings(visible),
  ];
  const breakdown: Partial<Record<Category, number>> = {};
  for (const { category, score } of findings) breakdown[category] = Math.max(breakdown[category] ?? 0, score);
  const worst = findings.reduce<Finding | null>(
    (found, finding) => (found === null || finding.score > found.score ? finding : found),
    null,
  );
  const judged = { breakdown, version: VERSION };
  if (worst === null) {
    return { ...judged, score: 0, category: null, reason: 'nothing found', normalised: comparableText(visible) };
  }
  const { category, reason, score, view } = worst;
  return { ...judged, score, category, reason, normalised: view ?? comparableText(visible) };
}

function phraseFindings(visible: string): Finding[] {
  const views = readings(visible);
  const tellsOfAbuse = views.some((view) => REPORTS_ABUSE.test(view));
  const findings: Finding[] = [];
  for (const { category, score, reason, pattern } of PHRASES) {
    const view = views.find((reading) => pattern.test(reading));
    if (view === undefined) continue;
    const reported = tellsOfAbuse && SPEECH.has(category);
    findings.push({ category, reason, score: reported ? Math.min(score, REPORTED_SPEECH_MAX) : score, view });
  }
  return findings;
}

const LURE =
  /(?<!\p{L})(?:free|gratis|kostenlos|gift|geschenk|giveaway|gewinn(?:e|en|spiel)?|nitro|claim|skins?|v-?bucks|robux|airdrop|bonus|promo|verify|verifizier\p{L}*|login|limited|click|klick\p{L}*)(?!\p{L})/iu;

function linkFindings(visible: string): Finding[] {
  const links = linksOf(visible);
  if (links.length === 0) return [];
  const lured = LURE.test(visible);
  const findings: Finding[] = [];
  for (const { host, hasCredentials } of links) {
    if (isKnownPhishing(host)) {
      findings.push({ category: 'fraud', score: lured ? 0.92 : 0.8, reason: 'link known for phishing' });
    }
    if (imitatesBrand(host)) {
      findings.push({ category: 'fraud', score: lured ? 0.88 : 0.72, reason: 'link imitates a brand' });
    }
    if (isSuspiciousHost(host) || hasCredentials) {
      findings.push({ category: 'spam', score: lured ? 0.76 : 0.62, reason: 'link hides where it leads' });
    }
  }
  if (lured) findings.push({ category: 'spam', score: links.length > 1 ? 0.66 : 0.5, reason: 'link with a lure' });
  findings.push({ category: 'spam', score: links.length > 3 ? 0.64 : 0.2, reason: 'links' });
  return findings;
}

function numberFindings(visible: string): Finding[] {
  const findings: Finding[] = [];
  if (holdsCardNumber(visible)) findings.push({ category: 'pii', score: 0.7, reason: 'card number' });
  if (holdsIban(visible)) findings.push({ category: 'pii', score: 0.66, reason: 'bank account number' });
  return findings;
}

/** Noise is no breach: it stays below the default threshold, and a channel with a stricter one holds it. */
function floodFindings(visible: string): Finding[] {
  const characters = [...visible.replace(/\s/gu, '')];
  if (characters.length < 20) return [];
  const findings: Finding[] = [];
  const letters = characters.filter((character) => /\p{L}/u.test(character));
  const capitals = letters.filter((letter) => /\p{Lu}/u.test(letter));
  if (letters.length >= 20 && capitals.length / letters.length > 0.8) {
    findings.push({ category: 'spam', score: 0.3, reason: 'capitals' });
  }
  if (new Set(characters).size <= Math.max(3, characters.length / 20)) {
    findings.push({ category: 'spam', score: 0.5, reason: 'repeated characters' });
  }
  const emoji = characters.filter((character) => /\p{Extended_Pictographic}/u.test(character));
  if (emoji.length >= 15 && emoji.length / characters.length > 0.8) {
    findings.push({ category: 'spam', score: 0.5, reason: 'flood of emotes' });
  }
  return findings;
}
