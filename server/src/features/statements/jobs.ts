/**
 * Statements of reasons that waited are there to be read when their time has come; and all are handed over from time to
 * time, where the instance has an address and a token for it.
 */
import { DSA_BATCH } from '@virgil/contract';
import type { Logger } from 'pino';
import { z } from 'zod';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { type DsaDatabase, DsaDatabaseUnavailable } from '../../dsa-database/index.ts';
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import { dsaRecordOf } from './dsa-record.ts';
import { listWaiting, storeOutcomes } from './export-store.ts';
import { RELEASE_STATEMENT } from './job-kinds.ts';
import { releaseStatement } from './store.ts';
import { submitStatements } from './submit-statements.ts';

const EVERY_MS = 10 * 60_000;
/** A run holds a transaction, so it is short: what is left goes with the next. */
const BATCHES_A_RUN = 10;

export function statementJobs(deps: {
  readonly dsaDatabase: DsaDatabase | null;
  readonly logger: Logger;
}): JobHandler[] {
  const { dsaDatabase, logger } = deps;
  const release = defineJob({
    kind: RELEASE_STATEMENT,
    schema: z.object({}),
    run: (tx, _payload, { key }) => releaseStatement(tx, key),
  });
  if (dsaDatabase === null) return [release];
  return [
    release,
    defineJob({
      kind: 'statements.export',
      schema: z.object({}),
      every: EVERY_MS,
      async run(tx, _payload, { now }) {
        for (let batch = 0; batch < BATCHES_A_RUN; batch++) {
          if (!(await exportBatch(tx, dsaDatabase, logger, now))) return;
        }
      },
    }),
  ];
}

/** False when nothing is left, or the other side is away. */
async function exportBatch(tx: Tx, database: DsaDatabase, logger: Logger, now: Date): Promise<boolean> {
  const waiting = await listWaiting(tx, DSA_BATCH);
  const records = waiting.flatMap((statement) => dsaRecordOf(statement) ?? []);
  if (records.length === 0) return false;
  try {
    const outcomes = await submitStatements(database, records);
    await storeOutcomes(tx, outcomes, now);
    const sent = outcomes.filter(({ state }) => state === 'sent').length;
    const details = { sent, refused: outcomes.length - sent };
    await recordAudit(tx, {
      type: 'STATEMENTS_EXPORTED',
      entity: 'instance',
      entityId: 'statements',
      actorId: null,
      at: now,
      details,
    });
    if (details.refused > 0) logger.error(details, 'the DSA Transparency Database refused statements of reasons');
  } catch (error) {
    if (!(error instanceof DsaDatabaseUnavailable)) throw error;
    // The next run sends the same again; the other side knows them by their puid.
    logger.warn({ err: error, waiting: records.length }, 'the DSA Transparency Database is not available');
    return false;
  }
  return waiting.length === DSA_BATCH;
}
