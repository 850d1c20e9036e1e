/** Sign-in, sessions, second factors and keys: better-auth's own endpoints. Import lazily; it is large. */
import { apiKeyClient } from '@better-auth/api-key/client';
import { passkeyClient } from '@better-auth/passkey/client';
import { twoFactorClient } from 'better-auth/client/plugins';
import { createAuthClient } from 'better-auth/react';

export const auth = createAuthClient({
  basePath: '/api/auth',
  plugins: [twoFactorClient(), passkeyClient(), apiKeyClient()],
});
