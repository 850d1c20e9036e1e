/** Operations of accounts, bound to what they do. */
import { accounts } from '@virgil/contract';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../errors.ts';
import { type Binding, bind, type Limit, sendProblem } from '../../http/index.ts';
import { personOf } from './actor-of.ts';
import { AVATAR_PATH, type AvatarStore } from './avatar-store.ts';
import type { AccountsDeps } from './deps.ts';
import { describeMe } from './describe-me.ts';
import { redeemSetup } from './first-admin.ts';
import { issueResetLink } from './issue-reset-link.ts';
import { listUsers } from './list-users.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './manage-api-keys.ts';
import { readProfile } from './profile-store.ts';
import { setAvatar } from './set-avatar.ts';
import { setRole, setTier } from './set-standing.ts';
import { getStreamKey, resetStreamKey } from './stream-key.ts';
import { updateMe } from './update-me.ts';

const PICTURES: Limit = { points: 20, seconds: 600 };
const GUESSES: Limit = { points: 10, seconds: 300 };
const KEYS: Limit = { points: 30, seconds: 3600 };

export function accountsRoutes(deps: AccountsDeps): Binding[] {
  return [
    bind(accounts.getMe, async ({ caller }) => {
      const { userId } = personOf(caller);
      const profile = await deps.database.asActor(caller.actor, (tx) => readProfile(tx, userId));
      return describeMe(caller, profile, await deps.users.byId(userId));
    }),
    bind(accounts.updateMe, ({ caller, body }) => updateMe(deps, caller, body)),
    bind(accounts.setAvatar, ({ caller, upload }) => setAvatar(deps, caller, upload), { limit: PICTURES }),
    bind(accounts.removeAvatar, ({ caller }) => setAvatar(deps, caller, null)),
    bind(accounts.getStreamKey, ({ caller }) => getStreamKey(deps, caller)),
    bind(accounts.resetStreamKey, ({ caller }) => resetStreamKey(deps, caller)),
    bind(accounts.listApiKeys, ({ caller }) => listApiKeys(deps, caller)),
    bind(accounts.createApiKey, ({ caller, body }) => createApiKey(deps, caller, body), { limit: KEYS }),
    bind(accounts.revokeApiKey, ({ caller, params }) => revokeApiKey(deps, caller, params.id)),
    bind(accounts.listUsers, ({ caller, query }) => listUsers(deps, caller, query)),
    bind(accounts.setTier, ({ caller, params, body }) => setTier(deps, caller, params.id, body.tier)),
    bind(accounts.setRole, ({ caller, params, body }) => setRole(deps, caller, params.id, body.role)),
    bind(accounts.issueResetLink, ({ caller, params }) => issueResetLink(deps, caller, params.id)),
    bind(accounts.redeemSetup, ({ body }) => redeemSetup(deps, body), { limit: GUESSES }),
  ];
}

export function registerAvatarRoute(fastify: FastifyInstance, avatars: AvatarStore): void {
  fastify.get<{ Params: { key: string } }>(`${AVATAR_PATH}/:key`, async (request, reply) => {
    const bytes = await avatars.read(request.params.key);
    if (bytes === null) return sendProblem(reply, new AppError('not_found'));
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-disposition', 'inline')
      .type('image/webp')
      .send(bytes);
  });
}
