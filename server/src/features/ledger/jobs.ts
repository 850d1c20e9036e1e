/** What the ledger does by itself: fold balances, close days, check the books at night. */
import type { UserId } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { profiles } from '../../db/schema/index.ts';
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import { notifyAll } from '../notifications/index.ts';
import { type BooksCheck, checkBooks } from './check-books.ts';
import { closeDay, openDays, takeSnapshots } from './check-store.ts';
import type { LedgerDeps } from './deps.ts';

const MINUTE = 60_000;
/** Entries of an account that are added up at each look before a sum of them is kept. */
const SNAPSHOT_TAIL = 1_000;
/** A day is closed this long after its end. */
const AFTER_MIDNIGHT_MS = 60 * MINUTE;

type Deps = Pick<LedgerDeps, 'database' | 'logger' | 'providerBalances'>;

/**
 * A job's transaction is shared with others that are due and ends with them. Closing a day stops all posting for a
 * moment, and a check may take minutes: both have transactions of their own, and repeating them does no harm.
 */
export function ledgerJobs(deps: Deps): JobHandler[] {
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
      alone: true,
      every: 60 * MINUTE,
      run: (_tx, _payload, { now }) => closeDays(deps, now),
    }),
    defineJob({
      kind: 'ledger.check',
      schema: z.object({}),
      alone: true,
      every: 24 * 60 * MINUTE,
      async run(_tx, _payload, { now }) {
        const { providerBalances } = deps;
        await deps.database.asSystem('check the books at night', async (own) => {
          const check = await checkBooks(own, { askedBy: null, at: now, providerBalances });
          if (!check.isSound) await tellAdmins(own, deps, check);
        });
      },
    }),
  ];
}

/** Each day's fingerprint goes into the audit log, where nobody can change it afterwards. */
async function closeDays({ database }: Deps, now: Date): Promise<void> {
  const before = new Date(now.getTime() - AFTER_MIDNIGHT_MS);
  const days = await database.asSystem('look for days to close', (tx) => openDays(tx, before));
  for (const day of days) {
    await database.asSystem('close a day of the ledger', async (tx) => {
      const closed = await closeDay(tx, day, now);
      if (closed === null) return;
      await recordAudit(tx, {
        type: 'LEDGER_DIGESTED',
        entity: 'instance',
        entityId: day,
        actorId: null,
        at: now,
        details: { day, ...closed },
      });
    });
  }
}

async function tellAdmins(tx: Tx, { logger }: Deps, check: BooksCheck): Promise<void> {
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
