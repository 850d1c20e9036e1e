/**
 * The words row policies are made of. Roles form a chain, `app_guest` < `app_user` < `app_mod` < `app_admin`, each
 * inheriting what the one before may do; `app` is the login and may do only what is granted to it by name (the
 * public reads without a transaction). The functions are declared in the first migration; they stand in sub-selects
 * so that PostgreSQL computes them once a statement, not once a row.
 */
import { type SQL, sql } from 'drizzle-orm';
import { pgPolicy } from 'drizzle-orm/pg-core';

export const GUEST = 'app_guest';
export const USER = 'app_user';
/** Moderators of the platform; they may watch what patrons may. */
export const STAFF = 'app_mod';
export const ADMIN = 'app_admin';
const SYSTEM = 'app_system';
/** The bare login and guests: what everybody may read. */
export const EVERYBODY = ['app', GUEST];

/** The acting person's id; null for a guest, and then no comparison holds. */
export const me = sql`(select app_me())`;
/** Channels the acting person owns or moderates. */
export const channelsIModerate = sql`(select app_channels_i_moderate())`;
/** The same as an array, for `= any (…)`: known before the scan, so that an index on the channel finds the rows. */
export const channelsIModerateAsArray = sql`array(select app_channels_i_moderate())`;
/** Channels whose patron-only things the acting person may see: patron, moderator or owner there. */
export const channelsIPatronise = sql`(select app_channels_i_patronise())`;

export const systemDoesAll = () =>
  pgPolicy('system_all', { for: 'all', to: SYSTEM, using: sql`true`, withCheck: sql`true` });
export const adminReads = () => pgPolicy('admin_read', { for: 'select', to: ADMIN, using: sql`true` });
export const everybodyReads = (which: SQL = sql`true`) =>
  pgPolicy('public_read', { for: 'select', to: EVERYBODY, using: which });
