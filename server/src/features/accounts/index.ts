/** The door of accounts. */
export { sessionCookieName } from './auth.ts';
export { type AccountsDoor, type AccountsOptions, createAccounts } from './create-accounts.ts';
export type { AccountEvent, ProfileChanged, StreamKeyReset } from './events.ts';
export { createMailer, type Mailer } from './mailer.ts';
export { migrateAuthSchema } from './migrate-auth.ts';
export type { NameKeys } from './name-skeleton.ts';
export { setPaidTier } from './paid-tier.ts';
export { ensureStreamKey } from './stream-key.ts';
