import { useQuery } from '@tanstack/react-query';
import { accounts, type BodyInputOf } from '@virgil/contract';
import { call } from './call.ts';
import { ApiProblem } from './problem.ts';
import { queryClient } from './queries.ts';
import { renewSocket } from './socket.ts';

type Me = accounts.Me;

const meKey = [accounts.getMe.id] as const;

/** Null: nobody is signed in. */
export const meQuery = {
  queryKey: meKey,
  staleTime: 60_000,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Me | null> => {
    try {
      return await call(accounts.getMe, { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'sign_in_required') return null;
      throw error;
    }
  },
};

/** `undefined` while unknown, `null` when nobody is signed in. */
export function useMe(): Me | null | undefined {
  return useQuery(meQuery).data;
}

function keep(me: Me): Me {
  queryClient.setQueryData(meKey, me);
  return me;
}

/** After signing in or out nothing cached may stay: it was seen with other eyes. */
export async function sessionChanged(): Promise<void> {
  renewSocket();
  await queryClient.cancelQueries();
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
  await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
}

export async function signedOut(): Promise<void> {
  renewSocket();
  queryClient.setQueryData(meKey, null);
  // What only signed-in people see leaves the page first, so that nothing asks for it again.
  await new Promise((resolve) => setTimeout(resolve));
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] && !query.isActive() });
  await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
}

/** A new account speaks the language and lives in the time zone that its person was seen with. */
export async function introduceMe(language: Me['language']): Promise<void> {
  await updateMe({ language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
}

export const updateMe = async (body: BodyInputOf<typeof accounts.updateMe>): Promise<Me> =>
  keep(await call(accounts.updateMe, { body }));
export const setAvatar = async (file: Blob): Promise<Me> => keep(await call(accounts.setAvatar, { file }));
export const removeAvatar = async (): Promise<Me> => keep(await call(accounts.removeAvatar, {}));

/** After something changed that the profile shows, such as the second factor. */
export async function refreshMe(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: meKey });
}
