/**
 * The rules of the house in words: versions that never change once they are published, each in both languages. A
 * decision names a rule as `community-rules/3#insults`, which leads to that text of that version for ever.
 */
import { z } from 'zod';
import { dmcaSettings } from './dmca-shapes.ts';
import { operation } from './operations.ts';
import { instant, person, text } from './primitives.ts';
import { statementCategory } from './statement-shapes.ts';

const slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
const inBoth = (max: number) => z.strictObject({ en: text(1, max), de: text(1, max) });
export type InBoth = { readonly en: string; readonly de: string };

/** A policy and its version, or one rule of it. */
export const policyReference = z
  .string()
  .max(90)
  .regex(/^[a-z][a-z0-9-]{1,39}\/[1-9][0-9]{0,3}(#[a-z][a-z0-9-]{1,39})?$/);

export interface ReferenceParts {
  readonly policy: string;
  readonly version: number;
  /** Null: the policy as a whole. */
  readonly rule: string | null;
}

/** Null: it is none, such as free text of older decisions. */
export function partsOfReference(reference: string): ReferenceParts | null {
  if (!policyReference.safeParse(reference).success) return null;
  const [place = '', rule] = reference.split('#');
  const [policy = '', version] = place.split('/');
  return { policy, version: Number(version), rule: rule ?? null };
}

export const referenceTo = (policy: string, version: number, rule?: string): string =>
  `${policy}/${version}${rule === undefined ? '' : `#${rule}`}`;

export const policyRule = z.strictObject({
  /** Stays with the rule from version to version. */
  id: slug,
  /** As it stands on the page, `2.1`; may change from version to version. */
  number: z.string().regex(/^[0-9]{1,2}(\.[0-9]{1,2}){0,2}$/),
  title: inBoth(120),
  text: inBoth(2000),
  /** Which category of breaches it is about; decisions about that category name it. At most one rule each. */
  category: statementCategory.nullable(),
});
export type PolicyRule = z.infer<typeof policyRule>;

/** What one version says. */
export const policyContent = z.strictObject({
  title: inBoth(120),
  summary: inBoth(500),
  /** Prose around the rules. */
  sections: z.array(z.strictObject({ title: inBoth(120), paragraphs: z.array(inBoth(4000)).min(1).max(20) })).max(20),
  /** Rules by what they are about. */
  categories: z
    .array(z.strictObject({ id: slug, title: inBoth(120), rules: z.array(policyRule).min(1).max(30) }))
    .max(20),
  /** What follows from a breach, the mildest first. */
  ladder: z.array(z.strictObject({ title: inBoth(120), text: inBoth(1000) })).max(20),
});
export type PolicyContent = z.infer<typeof policyContent>;

const policyVersion = z.object({
  version: z.int().positive(),
  /** The day from which it holds. */
  effectiveFrom: z.iso.date(),
  publishedAt: instant,
  /** Null: it came with the software. */
  author: person.nullable(),
});
export type PolicyVersion = z.infer<typeof policyVersion>;

export const policy = policyContent.extend({
  /** Part of the page's address: `/policies/repeat-infringers`. */
  id: z.string(),
  ...policyVersion.shape,
  /** Every version there is, newest first, also those announced for a later day. */
  versions: z.array(policyVersion),
  /** The one in force today. */
  inForce: z.int().positive(),
});
export type Policy = z.infer<typeof policy>;

export const listPolicies = operation({
  id: 'policies.list',
  method: 'GET',
  path: '/api/v1/policies',
  who: 'anyone',
  scope: 'read',
  summary: 'The policies in force, and the designated agent for notices of claimed infringement.',
  output: z.object({
    items: z.array(policy),
    nextCursor: z.string().nullable(),
    designatedAgent: dmcaSettings.shape.agent,
  }),
  errors: [],
  openToBanned: true,
});

const policyParams = z.strictObject({ policy: slug });

export const getPolicyVersion = operation({
  id: 'policies.get',
  method: 'GET',
  path: '/api/v1/policies/:policy/:version',
  who: 'anyone',
  scope: 'read',
  summary: 'One published version of a policy, word for word as it was published.',
  params: policyParams.extend({ version: z.coerce.number().int().min(1).max(9999) }),
  output: policy,
  errors: ['not_found'],
  openToBanned: true,
});

const draftNote = z.object({
  /** Counts up with each save; publishing names the one that was read. */
  revision: z.int().positive(),
  /** The version it was begun from. */
  baseVersion: z.int().positive(),
  updatedAt: instant,
  updatedBy: person.nullable(),
});

const policyDraft = draftNote.extend({ policy: z.string(), content: policyContent });
export type PolicyDraft = z.infer<typeof policyDraft>;

const adminPolicy = z.object({
  id: z.string(),
  title: inBoth(120),
  versions: z.array(policyVersion),
  inForce: z.int().positive(),
  draft: draftNote.nullable(),
});
export type AdminPolicy = z.infer<typeof adminPolicy>;

export const listAdminPolicies = operation({
  id: 'admin.policies.list',
  method: 'GET',
  path: '/api/admin/policies',
  who: 'admin',
  scope: 'admin',
  summary: 'Every policy with its versions and the draft of the next one.',
  output: z.object({ items: z.array(adminPolicy), nextCursor: z.string().nullable() }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const getPolicyDraft = operation({
  id: 'admin.policies.draft',
  method: 'GET',
  path: '/api/admin/policies/:policy/draft',
  who: 'admin',
  scope: 'admin',
  summary: 'The draft of the next version.',
  params: policyParams,
  output: policyDraft,
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const savePolicyDraft = operation({
  id: 'admin.policies.save',
  method: 'PUT',
  path: '/api/admin/policies/:policy/draft',
  who: 'admin',
  scope: 'admin',
  summary: 'Write the draft of the next version; refused when somebody else saved since it was read.',
  params: policyParams,
  /** `revision`: of the draft that was read, 0 when there was none. */
  body: z.strictObject({ revision: z.int().min(0).max(1_000_000), content: policyContent }),
  output: policyDraft,
  audit: { none: 'a draft decides nothing; what is published is recorded' },
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'already_decided'],
});

export const discardPolicyDraft = operation({
  id: 'admin.policies.discard',
  method: 'DELETE',
  path: '/api/admin/policies/:policy/draft',
  who: 'admin',
  scope: 'admin',
  summary: 'Throw the draft away.',
  params: policyParams,
  audit: { none: 'a draft decides nothing; what is published is recorded' },
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const publishPolicy = operation({
  id: 'admin.policies.publish',
  method: 'POST',
  path: '/api/admin/policies/:policy/publish',
  who: 'admin',
  scope: 'admin',
  summary: 'Publish the draft as the next version, which nobody can change afterwards.',
  params: policyParams,
  /** `effectiveFrom`: today (UTC) when absent; not before today, nor before the newest version there is. */
  body: z.strictObject({ revision: z.int().positive().max(1_000_000), effectiveFrom: z.iso.date().optional() }),
  output: policy,
  status: 201,
  audit: 'POLICY_PUBLISHED',
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'already_decided'],
});
