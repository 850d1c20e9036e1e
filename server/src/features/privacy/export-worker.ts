/**
 * Makes copies one after the other, apart from the jobs: one may take minutes, and a ban must not wait behind it. Who
 * makes one holds a lease on it and renews it; after a crash another begins anew.
 */
import { rm } from 'node:fs/promises';
import type { UserId } from '@virgil/contract';
import { notify } from '../notifications/index.ts';
import { archivePath } from './archive-path.ts';
import type { PrivacyDeps } from './deps.ts';
import { claimExport, updateExport } from './export-store.ts';
import { readPerson } from './people-store.ts';
import { readCopy } from './read-copy.ts';
import { readRetention } from './retention.ts';
import { writeArchive } from './write-archive.ts';

/** Real time: whether a process still works has nothing to do with the product's clock. */
const LEASE_MS = 120_000;
const DAY_MS = 86_400_000;

export class ExportWorker {
  readonly #deps: PrivacyDeps;
  readonly #publicName: string;
  #working: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(deps: PrivacyDeps, publicName: string) {
    this.#deps = deps;
    this.#publicName = publicName;
  }

  /** Looks for copies to make; while one is being made, once more after it. */
  wake(): void {
    this.#again = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  /** What is being made is finished; nothing new is begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }

  /** For tests: nothing is left to make. */
  async settle(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        while (!this.#stopped && (await this.#makeOne())) this.#again = false;
      } catch (error) {
        // It is still in the table, and its job wakes us again.
        this.#deps.logger.warn({ err: error }, 'a copy of data could not be made');
      }
    }
  }

  async #makeOne(): Promise<boolean> {
    const { clock, database } = this.#deps;
    const claimed = await database.asSystem('take an asked-for copy of data', (tx) =>
      claimExport(tx, new Date(), new Date(Date.now() + LEASE_MS)),
    );
    if (claimed === null) return false;
    const { id, userId } = claimed;
    const madeAt = clock.now();
    const [person, copy, retention] = await database.asSystem(
      'read everything of one person for their copy',
      async (tx) =>
        [await readPerson(tx, userId), await readCopy(this.#deps, tx, userId), await readRetention(tx)] as const,
    );
    if (person === null) return true;
    const head = { ...person, madeAt, publicName: this.#publicName };
    const path = archivePath(this.#deps.archiveFolder, id);
    const sizeBytes = await writeArchive(path, head, copy, this.#progressOf(id));
    const kept = await database.asSystem('tell that a copy of data is ready', async (tx) => {
      const at = clock.now();
      const expiresAt = new Date(at.getTime() + retention.exportDays * DAY_MS);
      const done = await updateExport(tx, id, {
        status: 'ready',
        progress: 100,
        readyAt: at,
        expiresAt,
        sizeBytes,
        leaseUntil: null,
      });
      if (!done) return false;
      await notify(tx, {
        userId: userId as UserId,
        sentBy: null,
        kind: 'export_ready',
        text: `The copy of your data is ready. It can be downloaded until ${expiresAt.toISOString().slice(0, 10)}.`,
        data: { exportId: id, expiresAt: expiresAt.toISOString() },
        at,
      });
      return true;
    });
    // Its person was erased while it was made.
    if (!kept) await rm(path, { force: true });
    return true;
  }

  /** Written now and then, which also renews the lease. */
  #progressOf(id: string): (percent: number) => void {
    let last = 0;
    let lastAt = Date.now();
    return (percent) => {
      if (percent - last < 5 && Date.now() - lastAt < LEASE_MS / 4) return;
      last = percent;
      lastAt = Date.now();
      const leaseUntil = new Date(lastAt + LEASE_MS);
      void this.#deps.database
        .asSystem('say how far a copy is', (tx) =>
          updateExport(tx, id, { progress: Math.min(99, percent), leaseUntil }),
        )
        .catch(() => undefined);
    };
  }
}
