import { policies } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import type { PolicyDeps } from './deps.ts';
import { discardDraft, getDraft, listAdminPolicies, saveDraft } from './drafts.ts';
import { publishPolicy } from './publish-version.ts';
import { getPolicyVersion, listPolicies } from './read-policies.ts';

export function policyRoutes(deps: PolicyDeps): Binding[] {
  return [
    bind(policies.listPolicies, async ({ caller }) => ({
      items: await listPolicies(deps, caller.actor),
      nextCursor: null,
      designatedAgent: await deps.designatedAgent(),
    })),
    bind(policies.getPolicyVersion, ({ caller, params }) => getPolicyVersion(deps, caller.actor, params)),
    bind(policies.listAdminPolicies, async ({ caller }) => ({
      items: await listAdminPolicies(deps, caller.actor),
      nextCursor: null,
    })),
    bind(policies.getPolicyDraft, ({ caller, params }) => getDraft(deps, caller.actor, params.policy)),
    bind(policies.savePolicyDraft, ({ body, caller, params }) => saveDraft(deps, caller.actor, params.policy, body)),
    bind(policies.discardPolicyDraft, async ({ caller, params }) => {
      await discardDraft(deps, caller.actor, params.policy);
      return undefined;
    }),
    bind(policies.publishPolicy, ({ body, caller, params }) => publishPolicy(deps, caller.actor, params.policy, body)),
  ];
}
