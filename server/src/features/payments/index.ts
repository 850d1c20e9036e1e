/** The door of payments. */
export type { Charged, ChargeRequest } from './charge.ts';
export type {
  DisputeStep,
  Failure,
  PaymentDeps,
  Purpose,
  PurposeKind,
  RefundStep,
  SettledPayment,
  Settlement,
  Settlements,
} from './deps.ts';
export { paymentJobs } from './jobs.ts';
export { createPayments, type Payments } from './payments.ts';
export { paymentRoutes } from './routes.ts';
export { registerWebhooks } from './webhook-route.ts';
