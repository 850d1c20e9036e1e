/**
 * The thresholds of every text, from memory: asked for each message. A change is told to every node
 * (`db/node-signals.ts`); what was missed all the same is read again after a minute.
 */
import type { ChannelId } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Database, Tx } from '../../db/database.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';
import { DEFAULT_THRESHOLDS, effectiveThresholds, type Thresholds } from './policy.ts';
import { readChannelThresholds, readPlatformThresholds } from './thresholds-store.ts';

const CHANGED = 'moderation.thresholds';
const PLATFORM = 'platform';
const FRESH_MS = 60_000;
const CHANNELS_KEPT = 5_000;

/** Part of the transaction that changes them; null: the platform's. */
export const signalThresholds = (tx: Tx, channelId: ChannelId | null): Promise<void> =>
  signalNodes(tx, { kind: CHANGED, id: channelId === null ? PLATFORM : `channel ${channelId}` });

interface Known {
  readonly value: Promise<Thresholds>;
  readonly readAtMs: number;
}

export class ThresholdsInForce {
  readonly #database: Database;
  readonly #logger: Logger;
  #platform: Known | null = null;
  readonly #channels = new Map<ChannelId, Known>();
  /** What holds while the database does not answer. */
  #lastPlatform = DEFAULT_THRESHOLDS;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
  }

  platform(): Promise<Thresholds> {
    if (isFresh(this.#platform)) return this.#platform.value;
    const known = { value: this.#readPlatform(), readAtMs: performance.now() };
    this.#platform = known;
    return known.value;
  }

  /** Null: the text stands on nobody's channel. */
  async of(channelId: ChannelId | null): Promise<Thresholds> {
    if (channelId === null) return this.platform();
    const known = this.#channels.get(channelId);
    if (isFresh(known)) return known.value;
    const read = { value: this.#readChannel(channelId), readAtMs: performance.now() };
    this.#channels.delete(channelId);
    this.#channels.set(channelId, read);
    const oldest = this.#channels.keys().next();
    if (this.#channels.size > CHANNELS_KEPT && !oldest.done) this.#channels.delete(oldest.value);
    return read.value;
  }

  async #readPlatform(): Promise<Thresholds> {
    try {
      this.#lastPlatform = await this.#database.asSystem('thresholds are the platform’s', readPlatformThresholds);
    } catch (error) {
      this.#platform = null;
      this.#logger.error({ err: error }, 'moderation thresholds unreadable, the last ones hold');
    }
    return this.#lastPlatform;
  }

  async #readChannel(channelId: ChannelId): Promise<Thresholds> {
    const platform = await this.platform();
    try {
      const channel = await this.#database.asSystem('a channel’s thresholds judge whoever writes there', (tx) =>
        readChannelThresholds(tx, channelId),
      );
      return effectiveThresholds(platform, channel);
    } catch (error) {
      this.#channels.delete(channelId);
      this.#logger.error({ err: error }, 'a channel’s thresholds are unreadable, the platform’s hold');
      return platform;
    }
  }

  hear({ kind }: NodeSignal): void {
    if (kind === CHANGED) this.forget();
  }

  /** What is being read at this moment may be what was before, and is read again by the next text. */
  forget(): void {
    this.#platform = null;
    this.#channels.clear();
  }
}

const isFresh = (known: Known | null | undefined): known is Known =>
  known !== null && known !== undefined && performance.now() - known.readAtMs < FRESH_MS;
