/** One's own account, and what an admin does with accounts. Sign-in itself is better-auth under /api/auth/*. */
import { z } from 'zod';
import { operation, SCOPES } from './operations.ts';
import { instant, language, line, listOf, paging, platformRole, text, tier, userId } from './primitives.ts';
import { standing } from './standing-shapes.ts';

/** 2–32 code points. Unique after folding case, width and confusable letters (UTS #39 skeleton). */
export const displayName = line(2, 32);

export const me = z.object({
  id: userId,
  displayName: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  avatarUrl: z.string().nullable(),
  bio: z.string(),
  language,
  timeZone: z.string().describe('IANA name; UTC until the person says otherwise'),
  tier,
  role: platformRole,
  twoFactorEnabled: z.boolean(),
  /** In production an admin without a second factor reaches the enrolment page only. */
  mustEnrolTwoFactor: z.boolean(),
  /** A penalty is in force: appeals, inbox and export are open, nothing else. */
  isBanned: z.boolean(),
  createdAt: instant,
});
export type Me = z.infer<typeof me>;

export const getMe = operation({
  id: 'me.get',
  method: 'GET',
  path: '/api/v1/me',
  who: 'signed-in',
  scope: 'read',
  summary: 'The signed-in person’s own profile.',
  openToBanned: true,
  output: me,
  errors: ['sign_in_required'],
});

export const updateMe = operation({
  id: 'me.update',
  method: 'PATCH',
  path: '/api/v1/me',
  who: 'signed-in',
  scope: 'account',
  summary: 'Change display name, language, time zone or the words about oneself.',
  body: z.strictObject({
    displayName: displayName.optional(),
    bio: text(0, 500).optional(),
    language: language.optional(),
    timeZone: z.string().min(1).max(64).optional(),
  }),
  output: me,
  audit: 'PROFILE_UPDATED',
  errors: ['sign_in_required', 'name_taken'],
});

export const setAvatar = operation({
  id: 'me.setAvatar',
  method: 'PUT',
  path: '/api/v1/me/avatar',
  who: 'signed-in',
  scope: 'account',
  summary: 'Upload an avatar; it is re-encoded to a square WebP without metadata.',
  upload: { field: 'avatar', maxBytes: 5 * 1024 * 1024, types: ['image/png', 'image/jpeg', 'image/webp'] },
  output: me,
  audit: 'PROFILE_UPDATED',
  errors: ['sign_in_required'],
});

export const removeAvatar = operation({
  id: 'me.removeAvatar',
  method: 'DELETE',
  path: '/api/v1/me/avatar',
  who: 'signed-in',
  scope: 'account',
  summary: 'Go back to the drawn initial.',
  output: me,
  audit: 'PROFILE_UPDATED',
  errors: ['sign_in_required'],
});

/** The ways in for one's own channel. The key belongs to the channel until it is reset. */
export const ingest = z.object({ whipUrl: z.string(), rtmpUrl: z.string(), streamKey: z.string() });

export const getStreamKey = operation({
  id: 'me.getStreamKey',
  method: 'GET',
  path: '/api/v1/me/stream-key',
  who: 'signed-in',
  scope: 'stream',
  summary: 'The stream key and the addresses an encoder publishes to.',
  output: ingest,
  errors: ['sign_in_required'],
});

export const resetStreamKey = operation({
  id: 'me.resetStreamKey',
  method: 'POST',
  path: '/api/v1/me/stream-key/reset',
  who: 'signed-in',
  scope: 'stream',
  summary: 'Replace the stream key; the old one stops working at once.',
  output: ingest,
  audit: 'STREAM_KEY_RESET',
  errors: ['sign_in_required'],
});

/** A key for programs: `Authorization: Bearer <key>`. It may do what its scopes name, never more than its person. */
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** Its first characters, to tell it from others; the whole key is shown once. */
  start: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

export const listApiKeys = operation({
  id: 'me.apiKeys.list',
  method: 'GET',
  path: '/api/v1/me/api-keys',
  who: 'signed-in',
  scope: 'account',
  summary: 'One’s own API keys, newest first.',
  output: z.object({ items: z.array(apiKey) }),
  errors: ['sign_in_required'],
});

export const createApiKey = operation({
  id: 'me.apiKeys.create',
  method: 'POST',
  path: '/api/v1/me/api-keys',
  who: 'signed-in',
  scope: 'account',
  summary: 'Make an API key; by a session only, so that no key can make another.',
  body: z.strictObject({
    name: text(1, 64),
    scopes: z
      .array(z.enum(SCOPES))
      .min(1)
      .max(SCOPES.length)
      .refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice'),
    expiresInDays: z.int().min(1).max(365).optional(),
  }),
  output: z.object({ apiKey, key: z.string() }),
  status: 201,
  audit: 'API_KEY_CREATED',
  errors: ['sign_in_required', 'not_allowed'],
});

export const revokeApiKey = operation({
  id: 'me.apiKeys.revoke',
  method: 'DELETE',
  path: '/api/v1/me/api-keys/:id',
  who: 'signed-in',
  scope: 'account',
  summary: 'Revoke an API key; it stops working at once.',
  params: z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }),
  audit: 'API_KEY_REVOKED',
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const adminUser = z.object({
  id: userId,
  displayName: z.string(),
  email: z.string(),
  avatarUrl: z.string().nullable(),
  tier,
  role: platformRole,
  createdAt: instant,
  isLive: z.boolean(),
  isDemo: z.boolean(),
  standing,
  /** Strikes in force. */
  activeStrikes: z.int(),
});
export type AdminUser = z.infer<typeof adminUser>;

export const listUsers = operation({
  id: 'admin.users.list',
  method: 'GET',
  path: '/api/admin/users',
  who: 'admin',
  scope: 'admin',
  summary: 'Everyone with an account and how they stand, newest first, searched by name or e-mail.',
  query: z.strictObject({
    ...paging(),
    q: z.string().max(200).optional(),
    role: platformRole.optional(),
    tier: tier.optional(),
    standing: standing.optional(),
  }),
  output: listOf(adminUser).extend({
    counts: z.object({
      all: z.int(),
      free: z.int(),
      pro: z.int(),
      premium: z.int(),
      active: z.int(),
      warned: z.int(),
      banned: z.int(),
    }),
  }),
  errors: ['sign_in_required', 'not_allowed'],
});

const userParams = z.strictObject({ id: userId });

export const setTier = operation({
  id: 'admin.users.setTier',
  method: 'POST',
  path: '/api/admin/users/:id/tier',
  who: 'admin',
  scope: 'admin',
  summary: 'Give someone a tier.',
  params: userParams,
  body: z.strictObject({ tier }),
  output: adminUser,
  audit: 'USER_TIER_CHANGED',
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const setRole = operation({
  id: 'admin.users.setRole',
  method: 'POST',
  path: '/api/admin/users/:id/role',
  who: 'admin',
  scope: 'admin',
  summary: 'Give someone a platform role. The last admin cannot step down.',
  params: userParams,
  body: z.strictObject({ role: platformRole }),
  output: adminUser,
  audit: 'USER_ROLE_CHANGED',
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const issueResetLink = operation({
  id: 'admin.users.issueResetLink',
  method: 'POST',
  path: '/api/admin/users/:id/reset-link',
  who: 'admin',
  scope: 'admin',
  summary: 'A one-time link by which someone sets a new password, for instances without e-mail.',
  params: userParams,
  output: z.object({ url: z.string(), expiresAt: instant }),
  status: 201,
  audit: 'RESET_LINK_ISSUED',
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

/** First start without an admin in the environment: the link printed to the terminal carries this token. */
export const redeemSetup = operation({
  id: 'setup.redeem',
  method: 'POST',
  path: '/api/v1/setup',
  who: 'anyone',
  scope: 'account',
  summary: 'Create the first admin with the one-time link printed at first start.',
  body: z.strictObject({
    token: z.string().min(16).max(200),
    email: z.email().max(254),
    password: z.string().min(10).max(128),
    displayName,
  }),
  output: z.object({ id: userId }),
  status: 201,
  audit: 'SETUP_REDEEMED',
  errors: ['not_found', 'name_taken', 'already_decided'],
});
