/** What a decision names as its rule: found for ever in the version it names, offered from the version in force. */
import {
  policies as contract,
  type PolicyContent,
  type PolicyRule,
  type StatementCategory,
  statementCategory,
} from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { byPolicy, numberInForce } from './describe.ts';
import { dayOf } from './policy.ts';
import { ORDER } from './read-policies.ts';
import { findVersion, ruleOn, versionsOf } from './store.ts';

type InBoth = { readonly en: string; readonly de: string };

export interface ResolvedReference {
  /** `community-rules/3#insults`; without a rule `community-rules/3`. */
  readonly reference: string;
  readonly policy: string;
  readonly version: number;
  readonly policyTitle: InBoth;
  /** Null: the policy as a whole. */
  readonly rule: Pick<PolicyRule, 'id' | 'number' | 'title' | 'text' | 'category'> | null;
}

/**
 * What a decision of that moment may name, with anybody's rights. Null: there is no such version, it has no such rule,
 * or it is announced for a later day: nobody is judged by what does not hold yet.
 */
export async function resolvePolicyReference(tx: Tx, reference: string, at: Date): Promise<ResolvedReference | null> {
  const parts = contract.partsOfReference(reference);
  if (parts === null) return null;
  const row = await findVersion(tx, parts.policy, parts.version);
  // The first version holds also by a clock that runs before it.
  if (row === null || (row.version > 1 && row.effectiveFrom > dayOf(at))) return null;
  const rule = parts.rule === null ? null : findRule(row.content, parts.rule);
  if (parts.rule !== null && rule === null) return null;
  return { reference, policy: parts.policy, version: parts.version, policyTitle: row.content.title, rule };
}

export interface OfferedRule {
  readonly reference: string;
  readonly policy: string;
  readonly number: string;
  readonly title: InBoth;
  readonly text: InBoth;
  readonly category: StatementCategory | null;
  /** The heading it stands under. */
  readonly heading: InBoth;
}

/** Every rule in force at that moment, in the order of the pages: what a decision may choose from. */
export async function listRules(tx: Tx, at: Date): Promise<OfferedRule[]> {
  const today = dayOf(at);
  return byPolicy(await versionsOf(tx), ORDER).flatMap((versions) => {
    const row = versions.find(({ row }) => row.version === numberInForce(versions, today))?.row;
    if (row === undefined) return [];
    return row.content.categories.flatMap(({ rules, title: heading }) =>
      rules.map(({ category, id, number, text, title }) => ({
        reference: contract.referenceTo(row.policyId, row.version, id),
        policy: row.policyId,
        number,
        title,
        text,
        category,
        heading,
      })),
    );
  });
}

/** The rule in force that is about a category of breaches; null when none is. */
export const ruleAbout = (tx: Tx, category: StatementCategory, at: Date): Promise<string | null> =>
  ruleOn(tx, { category: statementCategory.parse(category), rule: null }, dayOf(at));

/** A rule in force by its own id, for decisions that no category names. */
export const ruleCalled = (tx: Tx, rule: string, at: Date): Promise<string | null> =>
  ruleOn(tx, { category: null, rule }, dayOf(at));

function findRule(content: PolicyContent, id: string): PolicyRule | null {
  return content.categories.flatMap(({ rules }) => rules).find((rule) => rule.id === id) ?? null;
}
