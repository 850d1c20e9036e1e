import type { StreamId, UserId } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database, Tx } from '../../db/database.ts';
import type { Currency, PaymentProvider } from '../../payments/provider.ts';

export type PurposeKind = 'tip' | 'patronage' | 'tier';

export interface Purpose {
  readonly kind: PurposeKind;
  /** The row of the feature whose payment it is. */
  readonly id: string;
}

/** A payment as the features see it whose purposes it serves. */
export interface SettledPayment {
  readonly id: string;
  readonly purpose: Purpose;
  /** Both maybe of accounts that are gone. */
  readonly payerId: UserId;
  readonly payeeId: UserId | null;
  readonly streamId: StreamId | null;
  /** Minor units. */
  readonly amount: bigint;
  readonly currency: Currency;
  readonly description: string;
  /** When it was paid, by the provider's word; of a failed one, when it failed. */
  readonly at: Date;
}

export interface RefundStep {
  readonly payment: SettledPayment;
  /** Minor units that went back in this step; below zero when a refund came back. */
  readonly amount: bigint;
  readonly refundedTotal: bigint;
  readonly isFull: boolean;
  /** Taken by a lost dispute, not given. */
  readonly lost: boolean;
}

export interface DisputeStep {
  readonly payment: SettledPayment;
  readonly disputeId: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly amount: bigint;
}

/**
 * What a purpose does with the fate of its payments, beyond money: the ledger is already posted. Runs in the
 * transaction that records the provider's event; throwing undoes both, and the event comes again.
 */
export interface Settlement {
  /** Once a payment, maybe late: after `failed`, or when what it was for has ended. */
  paid(tx: Tx, payment: SettledPayment): Promise<void>;
  /** `paid` may still follow. */
  failed(tx: Tx, payment: SettledPayment & { readonly failure: Failure }): Promise<void>;
  refunded(tx: Tx, refund: RefundStep): Promise<void>;
  disputed?(tx: Tx, dispute: DisputeStep): Promise<void>;
}
export type Settlements = Readonly<Record<PurposeKind, Settlement>>;

export type Failure = 'declined' | 'expired' | 'canceled' | 'refused';

export interface PaymentDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Null where no money is taken: production without a provider. */
  readonly provider: PaymentProvider | null;
  readonly settlements: Settlements;
  readonly publicUrl: () => string;
}
