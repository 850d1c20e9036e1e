/** What the ledger does by itself: fold balances, close days, check the books at night. */
import type { UserId } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import { z } from 'zod';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { profiles } from '../../db/schema/index.ts';
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import { notifyAll } from '../notifications/index.ts';
import { type BooksCheck, checkBooks } from './check-books.ts';
import { closeDay, openDays, takeSnapshots } from './check-store.ts';
import type { ProviderBalances } from './invariants.ts';

const MINUTE = 60_000;
/** Entries of an account that are added up at each look before a sum of them is kept. */
const SNAPSHOT_TAIL = 1_000;
/** A day is closed this long after its end. */
const AFTER_MIDNIGHT_MS = 60 * MINUTE;

export interface LedgerJobDeps {
  readonly logger: Logger;
  readonly providerBalances: ProviderBalances | null;
}

export function ledgerJobs(deps: LedgerJobDeps): JobHandler[] {
  return [
    defineJob({
      kind: 'ledger.take-snapshots',
      schema: z.object({}),
      every: 10 * MINUTE,
      async run(tx, _payload, { now }) {
        await takeSnapshots(tx, SNAPSHOT_TAIL, now);
      },
    }),
    defineJob({
      kind: 'ledger.close-days',
      schema: z.object({}),
      every: 60 * MINUTE,
      run: (tx, _payload, { now }) => closeDays(tx, now),
    }),
    defineJob({
      kind: 'ledger.check',
      schema: z.object({}),
      every: 24 * 60 * MINUTE,
      async run(tx, _payload, { now }) {
        const check = await checkBooks(tx, { askedBy: null, at: now, providerBalances: deps.providerBalances });
        if (!check.isSound) await tellAdmins(tx, deps, check);
      },
    }),
  ];
}

/** Each day's fingerprint goes into the audit log, where nobody can change it afterwards. */
async function closeDays(tx: Tx, now: Date): Promise<void> {
  for (const day of await openDays(tx, new Date(now.getTime() - AFTER_MIDNIGHT_MS))) {
    const closed = await closeDay(tx, day, now);
    if (closed === null) continue;
    await recordAudit(tx, {
      type: 'LEDGER_DIGESTED',
      entity: 'instance',
      entityId: day,
      actorId: null,
      at: now,
      details: { day, ...closed },
    });
  }
}

async function tellAdmins(tx: Tx, { logger }: LedgerJobDeps, check: BooksCheck): Promise<void> {
  const broken = check.results.filter(({ state }) => state === 'broken');
  logger.error({ broken }, 'the books do not add up');
  const invariants = broken.map(({ id }) => id).join(', ');
  const admins = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.role, 'admin'));
  await notifyAll(
    tx,
    admins.map(({ id }) => ({
      // Our own row.
      userId: id as UserId,
      sentBy: null,
      kind: 'ledger.broken',
      text: `The nightly check of the ledger found something that must not be: ${invariants}. The finance page shows what.`,
      data: { invariants },
      at: check.at,
    })),
  );
}
