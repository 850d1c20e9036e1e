/** People. Their sign-in (e-mail, password, sessions) lives in better-auth's own schema `auth`. */
import { sql } from 'drizzle-orm';
import { boolean, check, index, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ADMIN, everybodyReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';

const TIERS = ['free', 'pro', 'premium'] as const;

export const profiles = pgTable(
  'profiles',
  {
    /** better-auth's user id; also the id of the person's channel. */
    id: id().primaryKey(),
    displayName: text('display_name').notNull(),
    /** The name folded for case, width and look-alike letters: unique, so nobody can pass as another. */
    displayNameSkeleton: text('display_name_skeleton').notNull(),
    /** The same with case folded first; null for people who did not come by signing up. */
    displayNameCaseless: text('display_name_caseless'),
    bio: text('bio').notNull().default(''),
    language: text('language', { enum: ['en', 'de'] })
      .notNull()
      .default('en'),
    timeZone: text('time_zone').notNull().default('UTC'),
    /** In force: the higher of the two below. */
    tier: text('tier', { enum: TIERS }).notNull().default('free'),
    /** By an admin; no payment that ends takes it away. */
    grantedTier: text('granted_tier', { enum: TIERS }).notNull().default('free'),
    paidTier: text('paid_tier', { enum: TIERS }).notNull().default('free'),
    role: text('role', { enum: ['user', 'moderator', 'admin'] })
      .notNull()
      .default('user'),
    avatarKey: text('avatar_key'),
    isDemo: boolean('is_demo').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** The person had everything erased: a place without a name, for what others' records refer to. */
    erasedAt: instant('erased_at'),
  },
  (table) => [
    uniqueIndex('profiles_skeleton_key').on(table.displayNameSkeleton),
    uniqueIndex('profiles_caseless_key').on(table.displayNameCaseless),
    index('profiles_newest').on(table.createdAt.desc(), table.id.desc()),
    check('profiles_language', sql`language in ('en', 'de')`),
    check('profiles_tier', sql`tier in ('free', 'pro', 'premium')`),
    check('profiles_granted_tier', sql`granted_tier in ('free', 'pro', 'premium')`),
    check('profiles_paid_tier', sql`paid_tier in ('free', 'pro', 'premium')`),
    check('profiles_role', sql`role in ('user', 'moderator', 'admin')`),
    everybodyReads(),
    pgPolicy('own_update', { for: 'update', to: USER, using: sql`id = ${me}`, withCheck: sql`id = ${me}` }),
    pgPolicy('admin_update', { for: 'update', to: ADMIN, using: sql`true`, withCheck: sql`true` }),
    systemDoesAll(),
  ],
).enableRLS();

/** The one-time link printed at first start, by hash; and links by which an admin lets someone set a password. */
export const setupTokens = pgTable(
  'setup_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    usedAt: instant('used_at'),
  },
  () => [systemDoesAll()],
).enableRLS();
