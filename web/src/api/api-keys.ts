import { useQuery } from '@tanstack/react-query';
import { accounts, type BodyInputOf } from '@virgil/contract';
import { call } from './call.ts';
import { queryOf, refresh } from './queries.ts';

export function useApiKeys() {
  return useQuery(queryOf(accounts.listApiKeys, {}));
}

/** The whole key is in this answer and never again. */
export async function createApiKey(body: BodyInputOf<typeof accounts.createApiKey>): Promise<string> {
  const { key } = await call(accounts.createApiKey, { body });
  await refresh(accounts.listApiKeys);
  return key;
}

export async function revokeApiKey(id: string): Promise<void> {
  await call(accounts.revokeApiKey, { params: { id } });
  await refresh(accounts.listApiKeys);
}
