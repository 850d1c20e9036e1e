/** An admin gives someone a tier or a platform role. */
import type { accounts, PlatformRole, Tier, UserId } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { notify } from '../notifications/index.ts';
import { actingAdmins } from '../penalties/index.ts';
import { personOf } from './actor-of.ts';
import { describeUser, findUser, type UserRow } from './admin-user-store.ts';
import type { AccountsDeps } from './deps.ts';
import { profileChanged } from './events.ts';
import { higherTier } from './paid-tier.ts';
import { lockAdmins, updateProfile } from './profile-store.ts';

export async function setTier(deps: AccountsDeps, caller: Caller, id: UserId, tier: Tier): Promise<accounts.AdminUser> {
  const admin = personOf(caller);
  const at = deps.clock.now();
  return changed(deps, caller, id, async (tx, before) => {
    // What someone pays for stays theirs, whatever is granted or taken back beside it.
    const inForce = higherTier(tier, before.paidTier);
    if (before.grantedTier === tier && before.tier === inForce) return;
    await updateProfile(tx, id, { grantedTier: tier, tier: inForce, updatedAt: at });
    const [receipt] = await recordAudit(tx, {
      type: 'USER_TIER_CHANGED',
      entity: 'profile',
      entityId: id,
      actorId: admin.userId,
      at,
      details: { from: before.tier, to: inForce, granted: tier },
    });
    if (before.tier === inForce) return;
    await notify(tx, {
      userId: id,
      kind: 'tier_changed',
      text: `Your tier is now ${inForce}.`,
      data: { tier: inForce, receipt },
      sentBy: admin.userId,
      at,
    });
    await announce(tx, profileChanged(id, at));
  });
}

export async function setRole(
  deps: AccountsDeps,
  caller: Caller,
  id: UserId,
  role: PlatformRole,
): Promise<accounts.AdminUser> {
  const admin = personOf(caller);
  const at = deps.clock.now();
  return changed(deps, caller, id, async (tx, before) => {
    if (before.role === role) return;
    if (before.role === 'admin') {
      await lockAdmins(tx);
      // One who is banned cannot act, so it takes another.
      if ((await actingAdmins(tx, at)).every((other) => other === id)) {
        throw new AppError('not_allowed', {
          detail: 'The last admin cannot step down: make someone else an admin first.',
        });
      }
    }
    await updateProfile(tx, id, { role, updatedAt: at });
    const [receipt] = await recordAudit(tx, {
      type: 'USER_ROLE_CHANGED',
      entity: 'profile',
      entityId: id,
      actorId: admin.userId,
      at,
      details: { from: before.role, to: role },
    });
    await notify(tx, {
      userId: id,
      kind: 'role_changed',
      text: `Your platform role is now ${role}.`,
      data: { role, receipt },
      sentBy: admin.userId,
      at,
    });
    await announce(tx, profileChanged(id, at));
  });
}

async function changed(
  deps: AccountsDeps,
  caller: Caller,
  id: UserId,
  change: (tx: Tx, before: UserRow) => Promise<void>,
): Promise<accounts.AdminUser> {
  const row = await deps.database.asActor(caller.actor, async (tx) => {
    const before = await findUser(tx, id, deps.clock.now());
    if (before === null) return null;
    await change(tx, before);
    return findUser(tx, id, deps.clock.now());
  });
  if (row === null) throw new AppError('not_found', { detail: 'There is no such person.' });
  return describeUser(row, (await deps.users.byId(id)) ?? undefined);
}
