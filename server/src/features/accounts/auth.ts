/**
 * better-auth, configured once: passwords, sessions, second factors, passkeys and API keys, in a schema and under a
 * database role of its own. What a person is here (name, tier, role) is in our tables; `onUserCreated` joins the two.
 */
import { createHash } from 'node:crypto';
import { apiKey } from '@better-auth/api-key';
import { passkey } from '@better-auth/passkey';
import { APIError, betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Mailer } from './mailer.ts';
import { passwordHash } from './password-hash.ts';

export const AUTH_BASE_PATH = '/api/auth';
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;
const SECONDS_PER_DAY = 24 * 3600;

export interface NewUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAt: Date;
}

export interface AuthOptions {
  readonly pool: Pool;
  /** Where browsers reach us, without a trailing slash. */
  readonly publicUrl: string;
  readonly secret: string;
  readonly logger: Logger;
  /** Origins redirects may lead to and requests may come from. */
  readonly ownOrigins: (request?: Request) => string[];
  /** Null while the instance sends no e-mail: then none is asked to be verified. */
  readonly mailer: Mailer | null;
  readonly twitch: { readonly clientId: string; readonly clientSecret: string } | null;
  /** Checks a new person's name and returns the one to keep; throws an AppError to refuse. */
  readonly admitName: (name: string) => Promise<string>;
  /** The same for a name that came from elsewhere (Twitch): what is taken or refused becomes one that is free. */
  readonly adaptName: (name: string) => Promise<string>;
  readonly onUserCreated: (user: NewUser) => Promise<void>;
  readonly onSignedIn: (userId: string) => Promise<void>;
  readonly onPasswordReset: (userId: string) => Promise<void>;
}

export type Auth = ReturnType<typeof createAuth>;

export function createAuth(options: AuthOptions) {
  const { mailer, twitch } = options;
  return betterAuth({
    appName: 'Virgil',
    baseURL: options.publicUrl,
    basePath: AUTH_BASE_PATH,
    secret: options.secret,
    database: options.pool,
    trustedOrigins: (request) => options.ownOrigins(request),
    telemetry: { enabled: false },
    // The edge limits these paths itself, by address and by account.
    rateLimit: { enabled: false },
    // Keys are made through our own operations, which know scopes and write the audit trail.
    disabledPaths: [
      '/api-key/create',
      '/api-key/update',
      '/api-key/delete',
      '/api-key/get',
      '/api-key/list',
      '/update-user',
      '/delete-user',
      // No page joins two accounts or parts them, so nothing would tell a person, nor the audit trail, that it happened.
      '/link-social',
      '/unlink-account',
    ],
    logger: {
      log: (level, message, ...rest) => {
        const target = level === 'error' || level === 'warn' ? level : 'debug';
        options.logger[target](
          { details: rest.map((part) => (part instanceof Error ? withoutAddresses(part.message) : typeof part)) },
          withoutAddresses(message),
        );
      },
    },
    advanced: {
      cookiePrefix: 'virgil',
      useSecureCookies: options.publicUrl.startsWith('https://'),
      database: { generateId: () => uuidv7(), validateSchema: false },
      // The edge has already refused foreign origins, for every path alike.
      disableCSRFCheck: true,
      // Where redirects may lead is its own matter; said aloud, because under a test runner it would look away.
      disableOriginCheck: false,
      ipAddress: { disableIpTracking: true },
    },
    session: { expiresIn: 30 * SECONDS_PER_DAY, updateAge: SECONDS_PER_DAY },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      password: passwordHash,
      requireEmailVerification: mailer !== null,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: ({ user }) => options.onPasswordReset(user.id),
      resetPasswordTokenExpiresIn: 3600,
      ...(mailer === null
        ? {}
        : {
            sendResetPassword: ({ user, token }) =>
              mailer.sendPasswordReset(user.email, resetPageUrl(options.publicUrl, token)),
          }),
    },
    ...(mailer === null
      ? {}
      : {
          emailVerification: {
            sendOnSignUp: true,
            autoSignInAfterVerification: true,
            sendVerificationEmail: ({ user, url }) => mailer.sendVerification(user.email, url),
          },
        }),
    ...(twitch === null ? {} : { socialProviders: { twitch } }),
    account: { accountLinking: { enabled: true, disableImplicitLinking: true } },
    user: { changeEmail: { enabled: mailer !== null } },
    databaseHooks: {
      user: {
        create: {
          before: async (user, context) => {
            const fromElsewhere = context?.path.startsWith('/callback') === true;
            const name = fromElsewhere ? options.adaptName(user.name) : asAuthRefusal(options.admitName(user.name));
            return { data: { ...user, name: await name } };
          },
          after: (user) => options.onUserCreated(user),
        },
      },
      session: { create: { after: (session) => options.onSignedIn(session.userId) } },
    },
    plugins: [
      twoFactor({ issuer: 'Virgil', accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 } }),
      passkey({ rpName: 'Virgil', rpID: new URL(options.publicUrl).hostname }),
      apiKey({
        defaultPrefix: 'vgl_',
        startingCharactersConfig: { charactersLength: 10 },
        maximumNameLength: 64,
        // Its default is ten requests a day; the edge has limits for everybody.
        rateLimit: { enabled: false },
        enableSessionForAPIKeys: false,
      }),
    ],
  });
}

/** E-mail addresses do not belong in a log, and better-auth's own messages and PostgreSQL's carry them. */
export function withoutAddresses(text: string): string {
  return text.replace(/\S*(?:@|%40)\S*/gi, '[left out]');
}

/** better-auth answers with its own error shape; ours keeps its code inside it. */
async function asAuthRefusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'name_taken')
      throw new APIError('CONFLICT', { code: 'name_taken', message: 'This name is taken, or looks like one that is.' });
    if (code === 'invalid') throw new APIError('BAD_REQUEST', { code: 'invalid', message: (error as Error).message });
    throw error;
  }
}

/** better-auth prefixes its cookies where they are `Secure`. */
export function sessionCookieName(secure: boolean): string {
  return `${secure ? '__Secure-' : ''}virgil.session_token`;
}

export function resetPageUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/reset-password?token=${encodeURIComponent(token)}`;
}

/** What the tables depend on; changes when better-auth or our use of it does. */
export function authSchemaStamp(auth: Auth): string {
  const parts = [auth.options.plugins.map((plugin) => [plugin.id, Object.keys(plugin.schema ?? {})])];
  return createHash('sha256')
    .update(JSON.stringify(['1.7.6', '1.7.5', parts]))
    .digest('hex')
    .slice(0, 16);
}
