/** What follows from why money moved. */
import type { TransferKind } from '@virgil/contract';

/** Taken even where it leaves less than nothing: who was paid and must give back owes it. The database knows them too. */
const FORCED: ReadonlySet<TransferKind> = new Set(['refund', 'dispute', 'dispute_lost', 'dispute_fee', 'reversal']);
export const isForced = (kind: TransferKind): boolean => FORCED.has(kind);

/** Divided 90/10. */
const SPLIT: ReadonlySet<string> = new Set<TransferKind>(['tip', 'patronage']);
export const isSplit = (kind: string): boolean => SPLIT.has(kind);
