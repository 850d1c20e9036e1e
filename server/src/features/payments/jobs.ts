/** What becomes of payments with time, and what is asked of the provider again. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import { platformSettings } from '../../db/schema/index.ts';
import { defineJob, type JobHandler, schedule } from '../../jobs/index.ts';
import { giveUp } from './charge.ts';
import type { PaymentDeps } from './deps.ts';
import {
  MATURE,
  matureJob,
  paymentPayload,
  payoutPayload,
  READ_FEE,
  REPAIR_GAPS,
  RETURN_TRANSFER,
  refundPayload,
  SEND_PAYOUT,
  SEND_REFUND,
  sendPayoutJob,
  sendRefundJob,
} from './job-kinds.ts';
import { accountsAwaiting, stillRequested } from './payout-store.ts';
import { sendRefund } from './refund-payment.ts';
import { returnTransfer, sendPayout } from './request-payout.ts';
import { settleBooks } from './settle-books.ts';
import { abandonedPayments, lockPayment } from './store.ts';
import { takeEvent } from './take-event.ts';

const REPAIR_EVERY_MS = 10 * 60_000;
/** Events may be listed late, and clocks differ. */
const OVERLAP_MS = 60 * 60_000;
/** How far back the first look goes; Stripe keeps events for 30 days. */
const FIRST_LOOK_MS = 24 * 3_600_000;

export function paymentJobs(deps: PaymentDeps): JobHandler[] {
  const jobs = [
    defineJob({ kind: MATURE, schema: paymentPayload, run: (tx, { paymentId }) => mature(deps, tx, paymentId) }),
    defineJob({ kind: READ_FEE, schema: paymentPayload, run: (tx, { paymentId }) => readFee(deps, tx, paymentId) }),
    defineJob({
      kind: SEND_PAYOUT,
      schema: payoutPayload,
      alone: true,
      run: (_tx, { payoutId }) => sendPayout(deps, payoutId),
    }),
    defineJob({
      kind: RETURN_TRANSFER,
      schema: payoutPayload,
      alone: true,
      run: (_tx, { payoutId }) => returnTransfer(deps, payoutId),
    }),
    defineJob({
      kind: SEND_REFUND,
      schema: refundPayload,
      alone: true,
      run: (_tx, { refundId }) => sendRefund(deps, refundId),
    }),
  ];
  if (deps.provider === null) return jobs;
  const repair = defineJob({
    kind: REPAIR_GAPS,
    schema: z.object({}),
    every: REPAIR_EVERY_MS,
    alone: true,
    run: () => repairGaps(deps),
  });
  return [...jobs, repair];
}

/** The risk delay may have been made longer; the money moves at the end of the one it was credited under. */
async function mature(deps: PaymentDeps, tx: Tx, paymentId: string): Promise<void> {
  const at = deps.clock.now();
  const row = await lockPayment(tx, paymentId);
  if (row === null || row.maturedAt !== null || row.availableAt === null) return;
  if (row.availableAt > at) return schedule(tx, matureJob(row.id, row.availableAt));
  await settleBooks(tx, row, { maturedAt: at }, 'release', at);
}

async function readFee(deps: PaymentDeps, tx: Tx, paymentId: string): Promise<void> {
  const row = await lockPayment(tx, paymentId);
  if (row === null || row.chargeId === null || row.provider !== deps.provider?.name) return;
  const fee = await deps.provider.feeOf(row.chargeId);
  // The provider has not made up its bill: the job fails and comes again.
  if (fee === null) throw new Error('the provider does not know its fee yet');
  if (fee === row.providerFee) return;
  await settleBooks(tx, row, { providerFee: fee }, 'provider_fee', deps.clock.now());
}

const CURSOR = 'payments-repaired-until';
const cursorValue = z.object({ provider: z.string(), until: z.iso.datetime() });

/** Asks for what webhooks should have told. Everything in transactions of its own; most of it is known. */
async function repairGaps(deps: PaymentDeps): Promise<void> {
  const { clock, database, logger, provider } = deps;
  if (provider === null) return;
  const at = clock.now();
  const { abandoned, recipients, until } = await database.asSystem(
    'look for gaps in what a provider told',
    async (tx) => {
      // What was promised and is still not asked for: its job may have given up while the provider was away for long.
      for (const { id, kind } of await stillRequested(tx, provider.name, new Date(at.getTime() - REPAIR_EVERY_MS))) {
        await schedule(tx, kind === 'payout' ? sendPayoutJob(id, at) : sendRefundJob(id, at));
      }
      return {
        abandoned: await abandonedPayments(tx, new Date(at.getTime() - FIRST_LOOK_MS)),
        recipients: await accountsAwaiting(tx, provider.name),
        until: (await readCursor(tx, provider.name)) ?? at.getTime() - FIRST_LOOK_MS,
      };
    },
  );
  for (const id of abandoned) {
    await database.asSystem('give up a payment that never came to the provider', (tx) =>
      giveUp(deps, tx, id, 'expired'),
    );
  }
  let found = 0;
  for await (const event of provider.listEvents(new Date(until - OVERLAP_MS), recipients)) {
    if (await takeEvent(deps, event)) found += 1;
  }
  if (found > 0) logger.info({ found, provider: provider.name }, 'events came without a webhook');
  await database.asSystem('remember until when events are known', (tx) => writeCursor(tx, provider.name, at));
}

/** Until when this provider's events are known, in milliseconds; null when it was never asked. */
async function readCursor(tx: Tx, provider: string): Promise<number | null> {
  const [row] = await tx
    .select({ value: platformSettings.value })
    .from(platformSettings)
    .where(eq(platformSettings.key, CURSOR));
  const known = row === undefined ? null : cursorValue.parse(row.value);
  return known?.provider === provider ? new Date(known.until).getTime() : null;
}

async function writeCursor(tx: Tx, provider: string, at: Date): Promise<void> {
  const value = { provider, until: at.toISOString() };
  await tx
    .insert(platformSettings)
    .values({ key: CURSOR, value, updatedAt: at })
    .onConflictDoUpdate({ target: platformSettings.key, set: { value, updatedAt: at } });
}
