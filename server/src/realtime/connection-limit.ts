/**
 * Counts open connections per address. Up to `perAddress` are served; the next ones are let in only to be told
 * `rate_limited` in a `connect_error`; from twice as many on the handshake itself is refused, so that telling
 * costs nothing either.
 */
import { addressKey } from '../http/index.ts';
import { BucketsByKey } from './token-bucket.ts';

export type ConnectionVerdict = 'serve' | 'refuse-with-reason' | 'refuse-handshake';

export class ConnectionLimit {
  readonly #open = new Map<string, number>();
  readonly #perAddress: number;
  readonly #handshakes: BucketsByKey;
  readonly #enabled: boolean;

  constructor(options: { readonly perAddress: number; readonly enabled: boolean }) {
    this.#perAddress = options.perAddress;
    this.#enabled = options.enabled;
    this.#handshakes = new BucketsByKey({ burst: options.perAddress * 4, perSecond: 50 });
  }

  /** Before a connection exists. */
  judgeHandshake(address: string): ConnectionVerdict {
    if (!this.#enabled) return 'serve';
    const open = this.#open.get(addressKey(address)) ?? 0;
    if (open >= this.#perAddress * 2) return 'refuse-handshake';
    return this.#handshakes.take(addressKey(address)).admitted ? 'serve' : 'refuse-handshake';
  }

  /** Counts a new connection and says whether it may stay. */
  opened(address: string): ConnectionVerdict {
    const key = addressKey(address);
    const open = (this.#open.get(key) ?? 0) + 1;
    this.#open.set(key, open);
    return this.#enabled && open > this.#perAddress ? 'refuse-with-reason' : 'serve';
  }

  closed(address: string): void {
    const key = addressKey(address);
    const open = (this.#open.get(key) ?? 1) - 1;
    if (open <= 0) this.#open.delete(key);
    else this.#open.set(key, open);
  }
}
