/**
 * Who is where, on a worker's shared UDP port. The library sends each datagram to the session that has been seen at
 * its source address, and only looks at the ICE name when there is none. So when a player vanished without a goodbye
 * and the next one gets the same source port from its system, the dead session takes all its packets, until ICE
 * gives the dead one up after half a minute. (With 150 dead sessions, one new player in 190 met this.) Therefore a
 * session in the place of a new one ends, if it is silent: an offer alone must not throw out somebody who watches.
 */

export interface Tenant {
  /** `performance.now()` of the last packet from this peer. */
  readonly lastHeardAt: number;
  readonly connected: boolean;
  readonly closed: boolean;
  close(reason: string): void;
}

/** Players report about every second. */
const silentMs = 3_000;
const lookEveryMs = 250;
const lookForMs = 12_000;
const mostCandidates = 32;

export class PeerAddresses {
  readonly #tenants = new Map<string, Tenant>();

  settle(address: string, tenant: Tenant): void {
    this.#tenants.set(address, tenant);
  }

  leave(address: string, tenant: Tenant): void {
    if (this.#tenants.get(address) === tenant) this.#tenants.delete(address);
  }

  /** Ends silent sessions where `newcomer` says it is, until it is connected. */
  makeRoom(offer: string, newcomer: Tenant): void {
    const claimed = candidateAddresses(offer).filter((address) => this.#tenants.has(address));
    if (claimed.length === 0) return;
    const started = performance.now();
    const look = (): boolean => {
      for (const address of claimed) {
        const tenant = this.#tenants.get(address);
        if (tenant === undefined || tenant === newcomer) continue;
        if (performance.now() - tenant.lastHeardAt > silentMs) tenant.close('its address has a new session');
      }
      return newcomer.connected || newcomer.closed || performance.now() - started > lookForMs;
    };
    if (look()) return;
    const timer = setInterval(() => {
      if (look()) clearInterval(timer);
    }, lookEveryMs);
  }
}

function candidateAddresses(offer: string): string[] {
  const found = new Set<string>();
  for (const match of offer.matchAll(/^a=candidate:\S+ \d+ udp \d+ (\S+) (\d+) typ /gim)) {
    found.add(addressKey(match[1] as string, Number(match[2])));
    if (found.size >= mostCandidates) break;
  }
  return [...found];
}

export function addressKey(address: string, port: number): string {
  return `${address.toLowerCase()}:${port}`;
}
