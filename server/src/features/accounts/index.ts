/** The door of accounts. */
export { type AccountsDoor, type AccountsOptions, createAccounts } from './create-accounts.ts';
export type { AccountEvent, ProfileChanged, StreamKeyReset } from './events.ts';
export { nameSkeleton } from './name-skeleton.ts';
