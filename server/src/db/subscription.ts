/** Who wants to hear which events. The list of all is `server/src/subscriptions.ts`. */
import type { DomainEvent } from './outbox.ts';

export interface Subscription {
  /** Stable: what is owed to it is stored under this name. */
  readonly name: string;
  readonly types: readonly string[];
  /**
   * At least once per event, in order per key: it must not mind hearing one twice. Throwing means "again later"; the
   * events of that key wait behind it until it succeeds or is parked.
   */
  handle(event: DomainEvent): Promise<void>;
}

/** Ties the handler to the events it names: `on<ChannelEvent>()('name', ['channel.followed'], async (event) => …)`. */
export function on<E extends DomainEvent>() {
  return <T extends E['type']>(
    name: string,
    types: readonly T[],
    handle: (event: Extract<E, { readonly type: T }>) => Promise<void>,
  ): Subscription => ({
    name,
    types,
    // The dispatcher hands over only events of these types, written by `announce` with the same declaration.
    handle: (event) => handle(event as Extract<E, { readonly type: T }>),
  });
}
