/** Reasons to choose from: the rules in force that fit the category first, and words of one's own. Pure. */
import { type Category, policies } from '@virgil/contract';

export interface Reason {
  /** `community-rules/1#insults`; null: not a published rule. */
  readonly reference: string | null;
  /** As the letter has it. */
  readonly text: string;
}

type InBoth = { readonly en: string; readonly de: string };

/** How a rule is named in a letter, “Rule 2.1, insults”. */
export type NameRule = (rule: { readonly number: string; readonly title: InBoth }) => string;

const POLICY = 'community-rules';

/** Those about the category first, then in the order of the page. */
export function rulesFor(found: readonly policies.Policy[], category: Category, name: NameRule): Reason[] {
  const policy = found.find(({ id }) => id === POLICY);
  if (policy === undefined) return [];
  const rules = policy.categories.flatMap((each) => each.rules);
  const fitting = (rule: policies.PolicyRule) => (rule.category === category ? 0 : 1);
  return rules
    .toSorted((a, b) => fitting(a) - fitting(b))
    .map((rule) => ({ reference: policies.referenceTo(policy.id, policy.version, rule.id), text: name(rule) }));
}

/** The chosen reason, then one's own words: what the person reads. */
export function reasonText(chosen: Reason | null, own: string): string {
  const words = own.trim();
  if (chosen === null) return words;
  const lead = chosen.text.trim();
  return words === '' ? lead : `${lead.replace(/\.$/, '')}. ${words}`;
}
