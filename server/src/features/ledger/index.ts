/** The door of the ledger. Money is posted by the system, with a reason, in the transaction of what it is for. */
export type { TransferKind } from '@virgil/contract';
export {
  type CreatorPurpose,
  creatorAccount,
  type LedgerAccount,
  type PlatformPurpose,
  platformAccount,
} from './accounts.ts';
export { creditBonus } from './credit-bonus.ts';
export type { LedgerDeps } from './deps.ts';
export { checkInvariants, type InvariantResult, type ProviderBalances, STATEMENTS } from './invariants.ts';
export { ledgerJobs } from './jobs.ts';
export {
  type Currency,
  type Entry,
  NotEnoughMoney,
  type Posted,
  postTransfer,
  type TransferRequest,
} from './post-transfer.ts';
export {
  MoreThanWasPaid,
  type ReversalRequest,
  type Reversed,
  reverseTransfer,
} from './reverse-transfer.ts';
export { ledgerRoutes } from './routes.ts';
export { type Split, splitGross } from './split.ts';
export { balanceOf } from './store.ts';
