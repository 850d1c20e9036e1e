/** Puts accounts together: better-auth beside our tables, the answer to "who calls", and the operations. */
import type { accounts, UserId } from '@virgil/contract';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import type { Actor, Person } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { Binding, Identify, RateLimits } from '../../http/index.ts';
import { describeUser, findUser } from './admin-user-store.ts';
import { createApiKeys } from './api-keys.ts';
import { recordSecurity } from './audit-security.ts';
import { type AuthOptions, createAuth } from './auth.ts';
import { type AuthData, createAuthData } from './auth-data.ts';
import { noteReset, registerAuthRoutes } from './auth-routes.ts';
import { createAuthUsers } from './auth-users.ts';
import { createAvatarStore } from './avatar-store.ts';
import type { AccountsDeps } from './deps.ts';
import { freeName, isNameTaken, isReserved, parseDisplayName } from './display-name.ts';
import { ensureProfile } from './ensure-profile.ts';
import { ensureAdminFromEnvironment, isSetupNeeded, issueSetupLink } from './first-admin.ts';
import { createIdentify } from './identify.ts';
import { migrateAuth } from './migrate-auth.ts';
import { readStanding } from './profile-store.ts';
import { accountsRoutes, registerAvatarRoute } from './routes.ts';
import { createSessions } from './sessions.ts';
import { createSignInLimits } from './sign-in-limits.ts';

export interface AccountsOptions
  extends Pick<AccountsDeps, 'database' | 'clock' | 'logger' | 'publicUrl' | 'ingestOf' | 'endConnections'>,
    Pick<AuthOptions, 'mailer' | 'twitch' | 'secret' | 'ownOrigins'> {
  /** Logs in as better-auth's own role. */
  readonly authPool: Pool;
  readonly avatarFolder: string;
  readonly rateLimits: RateLimits;
  /** An admin needs a second factor (in production). */
  readonly secondFactorForAdmins: boolean;
}

export interface AccountsDoor {
  readonly identify: Identify;
  readonly bindings: readonly Binding[];
  /** Tables of better-auth; before anything is served. */
  migrate(): Promise<void>;
  register(fastify: FastifyInstance): void;
  isSetupNeeded(): Promise<boolean>;
  /** For those known by a media token alone. Null: there is no such person, or a penalty is in force. */
  personById(id: UserId): Promise<Person | null>;
  /** As the list of accounts shows them, by an admin's rights; null when there is no such person. */
  userById(actor: Actor, id: UserId): Promise<accounts.AdminUser | null>;
  ensureAdmin(admin: { readonly email: string; readonly password: string }): Promise<void>;
  /** Null when there is an admin. */
  issueSetupLink(): Promise<string | null>;
  /** Null: the account is gone. */
  mailAddressOf(userId: string): Promise<{ readonly address: string; readonly isVerified: boolean } | null>;
  /** A person's own data in better-auth's schema, and the end of their access. */
  readonly data: AuthData;
  /** Where a picture of a person lies. */
  avatarPath(key: string): string;
  /** Sessions were ended past better-auth: nobody is remembered. */
  forgetSessions(): void;
}

export function createAccounts(options: AccountsOptions): AccountsDoor {
  const { authPool, database, rateLimits } = options;
  let hasAdmin = false;
  const namesInFlight = new Set<string>();

  const auth = createAuth({
    ...options,
    pool: authPool,
    admitName: async (value) => {
      const { name, keys } = parseDisplayName(value, 'name');
      const taken = await database.asSystem('is a name free', (tx) => isNameTaken(tx, keys));
      if (taken || isReserved(keys) || namesInFlight.has(keys.skeleton)) throw new AppError('name_taken');
      // Between this check and the profile lies the hashing of a password: a second sign-up must not slip in.
      namesInFlight.add(keys.skeleton);
      setTimeout(() => namesInFlight.delete(keys.skeleton), NAME_HELD_MS).unref();
      return name;
    },
    adaptName: (value) => database.asSystem('a free name for a guest from elsewhere', (tx) => freeName(tx, value)),
    onSignedIn: (userId) => recordSecurity(options, 'ACCOUNT_SIGNED_IN', userId),
    onPasswordReset: async (userId) => {
      noteReset(userId);
      await recordSecurity(options, 'PASSWORD_CHANGED', userId);
    },
    onUserCreated: async (user) => {
      await database.asSystem('make the profile of a new account', (tx) => ensureProfile(tx, user));
    },
  });
  const users = createAuthUsers(authPool);
  const sessions = createSessions(auth);
  const apiKeys = createApiKeys(auth, authPool);
  const avatars = createAvatarStore(options.avatarFolder);
  const deps: AccountsDeps = { ...options, auth, users, apiKeys, avatars };
  const signInLimits = createSignInLimits(rateLimits);

  return {
    identify: createIdentify({ ...options, sessions, users, apiKeys }),
    bindings: accountsRoutes(deps),
    migrate: () => migrateAuth(auth, authPool),
    register(fastify) {
      registerAuthRoutes(fastify, { ...options, auth, sessions, limits: signInLimits });
      registerAvatarRoute(fastify, avatars);
    },
    async personById(id) {
      const standing = await database.publicRead((db) => readStanding(db, id, options.clock.now()));
      return standing === null || standing.isBanned ? null : { kind: 'person', userId: id, role: standing.role };
    },
    async isSetupNeeded() {
      // The last admin cannot step down, so once there is one there always is.
      hasAdmin ||= !(await isSetupNeeded(deps));
      return !hasAdmin;
    },
    async userById(actor, id) {
      const row = await database.asActor(actor, (tx) => findUser(tx, id, options.clock.now()));
      return row === null ? null : describeUser(row, (await users.byId(id)) ?? undefined);
    },
    ensureAdmin: (admin) => ensureAdminFromEnvironment(deps, admin),
    issueSetupLink: () => issueSetupLink(deps),
    async mailAddressOf(userId) {
      const user = await users.byId(userId);
      return user === null ? null : { address: user.email, isVerified: user.emailVerified };
    },
    data: createAuthData(authPool),
    avatarPath: (key) => avatars.pathOf(key),
    forgetSessions: () => sessions.forgetAll(),
  };
}

const NAME_HELD_MS = 2_000;
