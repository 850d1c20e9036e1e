/** Sign-in, sessions and second factors: better-auth's own endpoints. Import lazily; most pages need none of it. */
import { passkeyClient } from '@better-auth/passkey/client';
import { createAuthClient } from 'better-auth/client';
import { twoFactorClient } from 'better-auth/client/plugins';
import { authProblem } from './auth-problem.ts';

export const auth = createAuthClient({
  basePath: '/api/auth',
  plugins: [twoFactorClient(), passkeyClient()],
});

/** The data of an answer, or an `ApiProblem`. */
export function answered<T>(result: { data: T; error: unknown }): NonNullable<T> {
  if (result.error) throw authProblem(result.error);
  return result.data as NonNullable<T>;
}
