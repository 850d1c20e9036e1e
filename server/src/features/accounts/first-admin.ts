/**
 * How the first admin comes in: from the environment, or by a one-time link that the terminal shows while there is no
 * admin. The link's token is kept by its hash, and each start makes a new one.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { accounts, BodyOf, OutputOf, UserId } from '@virgil/contract';
import { eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { setupTokens } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { AccountsDeps } from './deps.ts';
import { freeName, isNameTaken, parseDisplayName } from './display-name.ts';
import { ensureProfile } from './ensure-profile.ts';
import { hasAdmin, updateProfile } from './profile-store.ts';

type SetupBody = BodyOf<typeof accounts.redeemSetup>;

export async function isSetupNeeded(deps: AccountsDeps): Promise<boolean> {
  return deps.database.asSystem('is there an admin', async (tx) => !(await hasAdmin(tx)));
}

/** Makes sure of the admin named in the environment. The password is only for a new account: it is never reset here. */
export async function ensureAdminFromEnvironment(
  deps: AccountsDeps,
  admin: { readonly email: string; readonly password: string },
): Promise<void> {
  // A link an earlier start showed lies in a terminal or a log; whoever runs the server has chosen another way.
  await deps.database.asSystem('remove unused set-up links', removeUnusedLinks);
  const existing = await deps.users.byEmail(admin.email);
  if (existing !== null) {
    if (await isSetupNeeded(deps)) await deps.database.asSystem('first admin', (tx) => promote(tx, deps, existing.id));
    return;
  }
  const displayName = await deps.database.asSystem('a name for the admin', (tx) => freeName(tx, 'Virgil Admin'));
  const id = await createAccount(deps, { ...admin, displayName });
  await deps.database.asSystem('first admin', (tx) => promote(tx, deps, id));
}

/** The link for the terminal, or null when there is an admin. */
export async function issueSetupLink(deps: AccountsDeps): Promise<string | null> {
  if (!(await isSetupNeeded(deps))) return null;
  const token = randomBytes(24).toString('base64url');
  await deps.database.asSystem('issue the set-up link', async (tx) => {
    await removeUnusedLinks(tx);
    await tx.insert(setupTokens).values({ tokenHash: hashOf(token), createdAt: deps.clock.now() });
  });
  return `${deps.publicUrl}/setup?token=${token}`;
}

export async function redeemSetup(deps: AccountsDeps, body: SetupBody): Promise<OutputOf<typeof accounts.redeemSetup>> {
  const name = parseDisplayName(body.displayName, 'displayName');
  const tokenHash = hashOf(body.token);
  const read = (tx: Tx) => tx.select().from(setupTokens).where(eq(setupTokens.tokenHash, tokenHash));
  await deps.database.asSystem('check the set-up link', async (tx) => {
    const [token] = await read(tx);
    if (token === undefined) throw new AppError('not_found', { detail: 'This set-up link is not the newest one.' });
    if (token.usedAt !== null) throw new AppError('already_decided', { detail: 'This set-up link was used.' });
    await refuseWithAdmin(tx);
    if (await isNameTaken(tx, name.keys)) throw new AppError('name_taken');
  });
  if ((await deps.users.byEmail(body.email)) !== null) {
    throw new AppError('invalid', { errors: [{ path: 'email', message: 'has an account already' }] });
  }
  const id = await createAccount(deps, { email: body.email, password: body.password, displayName: name.name });
  try {
    await deps.database.asSystem('redeem the set-up link', async (tx) => {
      const [token] = await read(tx).for('update');
      if (token === undefined || token.usedAt !== null) {
        throw new AppError('already_decided', { detail: 'This set-up link was used.' });
      }
      await refuseWithAdmin(tx);
      await tx.update(setupTokens).set({ usedAt: deps.clock.now() }).where(eq(setupTokens.tokenHash, tokenHash));
      await promote(tx, deps, id);
    });
  } catch (error) {
    // Two people with the link at once: the second must not be left with an account nobody asked for.
    await deps.users.remove(id);
    throw error;
  }
  return { id: id as UserId };
}

/** An unused link must not be a key for later: it makes the first admin, never another. */
async function refuseWithAdmin(tx: Tx): Promise<void> {
  if (await hasAdmin(tx)) throw new AppError('already_decided', { detail: 'This instance has an admin already.' });
}

async function removeUnusedLinks(tx: Tx): Promise<void> {
  await tx.delete(setupTokens).where(isNull(setupTokens.usedAt));
}

/** Sign-up beyond the front door: no verification is asked of an address the operator typed in. */
async function createAccount(
  deps: AccountsDeps,
  account: { email: string; password: string; displayName: string },
): Promise<string> {
  const { internalAdapter, password } = await deps.auth.$context;
  const user = await internalAdapter.createUser(
    { email: account.email, name: account.displayName, emailVerified: true },
    { method: 'email-password' },
  );
  await internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    accountId: user.id,
    password: await password.hash(account.password),
  });
  await deps.database.asSystem('make the first admin’s profile', (tx) => ensureProfile(tx, user));
  return user.id;
}

async function promote(tx: Tx, deps: AccountsDeps, id: string): Promise<void> {
  const at = deps.clock.now();
  await updateProfile(tx, id, { role: 'admin', tier: 'premium', grantedTier: 'premium', updatedAt: at });
  await recordAudit(tx, {
    type: 'SETUP_REDEEMED',
    entity: 'profile',
    entityId: id,
    actorId: null,
    at,
    details: { role: 'admin', tier: 'premium' },
  });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
