/** An audit log on a database and in a data folder of its own, with acts to put into it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Registry } from 'prom-client';
import { type AuditEntry, createTestClock, recordAudit, type StoreLogger } from '../../src/db/index.ts';
import { AuditLog } from '../../src/features/audit/index.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { silentLogger } from './silent-logger.ts';

export interface AuditKit {
  readonly db: TestDatabase;
  readonly folder: string;
  readonly log: AuditLog;
  /** Acts of the system, each in a transaction of its own. */
  record(...entries: readonly Partial<AuditEntry>[]): Promise<string[]>;
  /** The same data folder and database under a server that starts anew. */
  restart(): Promise<AuditLog>;
  close(): Promise<void>;
}

export interface AuditKitOptions {
  readonly db?: TestDatabase;
  /** A data folder that another one leaves behind. */
  readonly folder?: string;
  readonly witness?: { readonly url: string; readonly key: string };
  readonly logger?: StoreLogger;
}

export async function auditKit(options: AuditKitOptions = {}): Promise<AuditKit> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'virgil-audit-')));
  const clock = createTestClock();
  const db = options.db ?? (await testDatabase({ clock }));
  const open = () =>
    AuditLog.open({
      handle: db,
      clock,
      logger: options.logger ?? silentLogger,
      registry: new Registry(),
      dataFolder: folder,
      publicUrl: 'https://virgil.test',
      witness: options.witness ?? null,
    });
  let log = await open();
  let number = 0;
  return {
    db,
    folder,
    get log() {
      return log;
    },
    async record(...entries) {
      const ids: string[] = [];
      for (const entry of entries.length === 0 ? [{}] : entries) {
        const whole: AuditEntry = {
          type: 'STRIKE_ISSUED',
          entity: 'strike',
          entityId: `strike-${++number}`,
          actorId: null,
          at: clock.now(),
          ...entry,
        };
        ids.push(...(await db.database.asSystem('a test', (tx) => recordAudit(tx, whole))));
      }
      return ids;
    },
    async restart() {
      await log.stop();
      log = await open();
      return log;
    },
    async close() {
      await log.stop();
      clock.stop();
      if (options.db === undefined) await db.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
