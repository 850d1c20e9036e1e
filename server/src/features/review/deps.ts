import type { ReportId, UserId } from '@virgil/contract';
import type { Clock } from '../../clock.ts';
import type { Database, Tx } from '../../db/database.ts';
import type { HeldContents } from './held-content.ts';

/** What people reported is decided with the text: the slice of reports does its part in the same transaction. */
export interface ReportsOfItems {
  /** The report is locked and pending. Returns the notices its reporters get. */
  resolve(
    tx: Tx,
    reportId: ReportId,
    resolution: {
      readonly decision: 'approved' | 'rejected';
      readonly reason: string;
      readonly by: UserId;
      readonly at: Date;
      readonly strikeId: string | null;
      readonly deliverAt: Date | undefined;
    },
  ): Promise<readonly string[]>;
  /** As if it had never been resolved: it waits again. */
  reopen(tx: Tx, reportId: ReportId): Promise<void>;
}

export interface ReviewDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly content: HeldContents;
  readonly reports: ReportsOfItems;
}
