/** Where no e-mail is sent, an admin hands out the link by which someone sets a new password. */
import { randomBytes } from 'node:crypto';
import type { accounts, OutputOf, UserId } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { notify } from '../notifications/index.ts';
import { personOf } from './actor-of.ts';
import { resetPageUrl } from './auth.ts';
import type { AccountsDeps } from './deps.ts';

const LINK_LIFE_MS = 24 * 3600_000;

export async function issueResetLink(
  deps: AccountsDeps,
  caller: Caller,
  id: UserId,
): Promise<OutputOf<typeof accounts.issueResetLink>> {
  const admin = personOf(caller);
  const user = await deps.users.byId(id);
  if (user === null)
    throw new AppError('not_found', { detail: 'There is no such person, or no account to sign in with.' });
  await deps.database.asActor(caller.actor, async (tx) => {
    const at = deps.clock.now();
    await recordAudit(tx, {
      type: 'RESET_LINK_ISSUED',
      entity: 'profile',
      entityId: id,
      actorId: admin.userId,
      at,
      details: {},
    });
    await notify(tx, {
      userId: id,
      kind: 'reset_link_issued',
      text: 'An admin issued a link by which a new password can be set for your account.',
      data: {},
      sentBy: admin.userId,
      at,
    });
  });
  // The same record better-auth makes for a link by e-mail. Links live on real time, like sessions.
  const token = randomBytes(24).toString('base64url');
  const expiresAt = new Date(Date.now() + LINK_LIFE_MS);
  const { internalAdapter } = await deps.auth.$context;
  await internalAdapter.createVerificationValue({ identifier: `reset-password:${token}`, value: id, expiresAt });
  return { url: resetPageUrl(deps.publicUrl, token), expiresAt: expiresAt.toISOString() };
}
