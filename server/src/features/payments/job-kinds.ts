/** Deferred work of payments, by name. */
import { z } from 'zod';
import type { JobRequest } from '../../jobs/index.ts';

export const MATURE = 'payments.mature';
export const READ_FEE = 'payments.read-fee';
export const SEND_PAYOUT = 'payments.send-payout';
export const RETURN_TRANSFER = 'payments.return-transfer';
export const SEND_REFUND = 'payments.send-refund';
export const REPAIR_GAPS = 'payments.repair-gaps';

export const paymentPayload = z.object({ paymentId: z.string() });
export const payoutPayload = z.object({ payoutId: z.string() });
export const refundPayload = z.object({ refundId: z.string() });

/** The risk delay is over. */
export const matureJob = (paymentId: string, runAt: Date): JobRequest => ({
  kind: MATURE,
  key: paymentId,
  runAt,
  payload: { paymentId },
});

export const readFeeJob = (paymentId: string, runAt: Date): JobRequest => ({
  kind: READ_FEE,
  key: paymentId,
  runAt,
  payload: { paymentId },
});

/** Asked at once by the request itself; the job is for a process that died in between. */
export const sendPayoutJob = (payoutId: string, runAt: Date): JobRequest => ({
  kind: SEND_PAYOUT,
  key: payoutId,
  runAt,
  payload: { payoutId },
});

export const sendRefundJob = (refundId: string, runAt: Date): JobRequest => ({
  kind: SEND_REFUND,
  key: refundId,
  runAt,
  payload: { refundId },
});

/** A payout came back: its money returns from the creator's account at the provider to the platform's. */
export const returnTransferJob = (payoutId: string, runAt: Date): JobRequest => ({
  kind: RETURN_TRANSFER,
  key: payoutId,
  runAt,
  payload: { payoutId },
});
