/** A room's line to its packager: connected again for as long as both are there, and silent when it is not. */
import { connectFeed, type FeedConnection, type FeedMessage } from '../feed.ts';

const retryMs = 500;

export interface PackagerTapEvents {
  /** A new connection: it knows nothing yet. */
  connected(): void;
  wantsKeyframe(): void;
}

export class PackagerTap {
  readonly #events: PackagerTapEvents;
  #address: string | null = null;
  #feed: FeedConnection | null = null;

  constructor(events: PackagerTapEvents) {
    this.#events = events;
  }

  get connected(): boolean {
    return this.#feed !== null;
  }

  /** The packager that listens there takes the place of the one before. */
  async use(address: string): Promise<void> {
    if (this.#address === address) return;
    this.#drop();
    this.#address = address;
    await this.#connect(address);
  }

  send(message: FeedMessage): void {
    this.#feed?.send(message);
  }

  close(): void {
    this.#address = null;
    this.#drop();
  }

  /** Forgotten before it is closed, so that its end is no reason to connect again. */
  #drop(): void {
    const feed = this.#feed;
    this.#feed = null;
    feed?.close();
  }

  async #connect(address: string): Promise<void> {
    if (this.#address !== address) return;
    try {
      const feed = await connectFeed(address);
      if (this.#address !== address || this.#feed !== null) {
        feed.close();
        return;
      }
      this.#feed = feed;
      feed.onMessage((message) => {
        if (message.kind === 'keyframe-request') this.#events.wantsKeyframe();
      });
      feed.onClose(() => this.#lost(address, feed));
      this.#events.connected();
    } catch {
      // Not there yet, or just died: its supervisor will say where the next one is; until then this address is tried.
      this.#lost(address, null);
    }
  }

  #lost(address: string, feed: FeedConnection | null): void {
    if (this.#feed !== feed) return;
    this.#feed = null;
    if (this.#address === address) setTimeout(() => void this.#connect(address), retryMs).unref();
  }
}
