import { useQuery } from '@tanstack/react-query';
import { type BodyInputOf, type OutputOf, type PolicyContent, policies } from '@virgil/contract';
import { call } from './call.ts';
import { queryOf, refresh } from './queries.ts';

export function usePolicies() {
  return useQuery({ ...queryOf(policies.listPolicies, {}), staleTime: 300_000 });
}

/** A published version never changes, so it is asked for once. Which versions there are does change. */
export function usePolicyVersion(policy: string, version: number | undefined) {
  return useQuery({
    ...queryOf(policies.getPolicyVersion, { params: { policy, version: String(version ?? 0) as unknown as number } }),
    enabled: version !== undefined,
    staleTime: 300_000,
  });
}

export const useAdminPolicies = () => useQuery(queryOf(policies.listAdminPolicies, {}));

export function usePolicyDraft(policy: string, isThere: boolean) {
  return useQuery({
    ...queryOf(policies.getPolicyDraft, { params: { policy } }),
    enabled: isThere,
    staleTime: Infinity,
  });
}

type Saved = OutputOf<typeof policies.savePolicyDraft>;

export async function savePolicyDraft(policy: string, revision: number, content: PolicyContent): Promise<Saved> {
  const saved = await call(policies.savePolicyDraft, { params: { policy }, body: { revision, content } });
  await refresh(policies.listAdminPolicies);
  return saved;
}

export async function discardPolicyDraft(policy: string): Promise<void> {
  await call(policies.discardPolicyDraft, { params: { policy } });
  await refresh(policies.listAdminPolicies, policies.getPolicyDraft);
}

export async function publishPolicy(
  policy: string,
  body: BodyInputOf<typeof policies.publishPolicy>,
): Promise<OutputOf<typeof policies.publishPolicy>> {
  const published = await call(policies.publishPolicy, { params: { policy }, body });
  await refresh(policies.listAdminPolicies, policies.getPolicyDraft, policies.listPolicies, policies.getPolicyVersion);
  return published;
}
