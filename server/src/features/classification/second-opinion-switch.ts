/**
 * Whether texts are sent elsewhere for a second opinion: a setting of the platform, off until an admin turns it on. Off
 * as well while it cannot be read, and on every node within moments after it was turned off (`db/node-signals.ts`).
 */
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Database, Tx } from '../../db/database.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';
import { platformSettings } from '../../db/schema/index.ts';

const KEY = 'classification.second-opinion';
const CHANGED = 'classification.second-opinion';
const FRESH_MS = 30_000;
const stored = z.object({ version: z.literal(1), value: z.object({ isOn: z.boolean() }) });

/** Needs the system's rights, as does writing it. */
export async function readSwitch(tx: Tx): Promise<boolean> {
  const [row] = await tx
    .select({ version: platformSettings.version, value: platformSettings.value })
    .from(platformSettings)
    .where(eq(platformSettings.key, KEY));
  return row === undefined ? false : stored.parse(row).value.isOn;
}

export async function writeSwitch(tx: Tx, isOn: boolean, at: Date): Promise<void> {
  const row = { version: 1, value: { isOn }, updatedAt: at };
  await tx
    .insert(platformSettings)
    .values({ key: KEY, ...row })
    .onConflictDoUpdate({ target: platformSettings.key, set: row });
  await signalNodes(tx, { kind: CHANGED, id: String(isOn) });
}

export class SecondOpinionSwitch {
  readonly #database: Database;
  readonly #logger: Logger;
  #isOn = false;
  #changes = 0;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> = Promise.resolve();

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
  }

  /** From memory; looks again by itself every half minute. */
  isOn(): boolean {
    if (performance.now() - this.#readAtMs > FRESH_MS) void this.renew();
    return this.#isOn;
  }

  /** One after another, so that the newest reading has the last word. */
  renew(): Promise<void> {
    this.#readAtMs = performance.now();
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      // Changed meanwhile: what was read may be what was before, and is read again.
      let changes: number;
      let isOn: boolean;
      do {
        changes = this.#changes;
        isOn = await this.#database.asSystem('a second opinion is asked only where an admin wants it', readSwitch);
      } while (changes !== this.#changes);
      this.#isOn = isOn;
    } catch (error) {
      this.#isOn = false;
      this.#logger.error({ err: error }, 'whether a second opinion is wanted is unreadable: none is asked');
    }
  }

  async hear({ id, kind }: NodeSignal): Promise<void> {
    if (kind !== CHANGED) return;
    this.#changes++;
    // At once, before anything is read.
    if (id === 'false') this.#isOn = false;
    await this.renew();
  }
}
