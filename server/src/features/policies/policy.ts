/** Which version holds, and what may be published. Facts in, decision out. */
import { type PolicyContent, statementCategory } from '@virgil/contract';

interface Dated {
  readonly version: number;
  /** A day of the calendar in UTC. */
  readonly effectiveFrom: string;
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The newest version whose day has come; a version can be announced before it holds. Versions oldest first. */
export function inForceOn<T extends Dated>(versions: readonly T[], today: string): T | undefined {
  // A clock before the first version shows the first, rather than no rules at all.
  return versions.findLast(({ effectiveFrom }) => effectiveFrom <= today) ?? versions[0];
}

export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** What a shape cannot say: that each rule is there once, so that a reference leads to one text. */
export function problemsOf(content: PolicyContent): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const seen = { id: new Set<string>(), number: new Set<string>(), category: new Set<string>() };
  const once = (kind: keyof typeof seen, value: string, path: string) => {
    if (seen[kind].has(value)) problems.push({ path: `content.${path}.${kind}`, message: `${value} is there twice` });
    seen[kind].add(value);
  };
  const headings = new Set<string>();
  content.categories.forEach((category, at) => {
    if (headings.has(category.id)) {
      problems.push({ path: `content.categories.${at}.id`, message: `${category.id} is there twice` });
    }
    headings.add(category.id);
    category.rules.forEach((rule, index) => {
      const path = `categories.${at}.rules.${index}`;
      once('id', rule.id, path);
      once('number', rule.number, path);
      if (rule.category !== null) once('category', rule.category, path);
    });
  });
  const rules = content.categories.reduce((sum, { rules }) => sum + rules.length, 0);
  if (rules + content.sections.length === 0) {
    problems.push({ path: 'content', message: 'neither a rule nor a section' });
  }
  return problems;
}

export type PublishDecision =
  | { readonly allowed: true; readonly version: number }
  | { readonly allowed: false; readonly because: 'nothing_changed' | 'in_the_past' | 'before_the_newest' | 'full' };

export interface PublishFacts {
  readonly today: string;
  readonly effectiveFrom: string;
  readonly newest: Dated;
  /** Of the draft against the newest version. */
  readonly changes: number;
}

/** In the order of numbers the days never go back, so that a newer version always follows an older one. */
export function mayPublish({ changes, effectiveFrom, newest, today }: PublishFacts): PublishDecision {
  if (changes === 0) return { allowed: false, because: 'nothing_changed' };
  if (newest.version >= 9999) return { allowed: false, because: 'full' };
  if (effectiveFrom < today) return { allowed: false, because: 'in_the_past' };
  if (effectiveFrom < newest.effectiveFrom) return { allowed: false, because: 'before_the_newest' };
  return { allowed: true, version: newest.version + 1 };
}

/** Decisions about these find no rule any more; the confirmation and the log name them. */
export function categoriesWithoutRule(contents: readonly PolicyContent[]): string[] {
  const named = new Set(contents.flatMap(rulesOf).map(({ category }) => category));
  return statementCategory.options.filter((category) => !named.has(category));
}

const rulesOf = ({ categories }: PolicyContent) => categories.flatMap(({ rules }) => rules);
