/**
 * Who is looking at which item, on every node. Nothing of it is kept: each open page says it again every half minute,
 * so that whoever's node died is forgotten by itself.
 */
import type { desk as contract, Person } from '@virgil/contract';

/** Real time; a page says it again every 20 s. */
export const FORGOTTEN_AFTER_MS = 50_000;

interface Look {
  readonly person: Person;
  readonly itemId: contract.ReviewItemId;
  readonly saidAtMs: number;
}

export class Looking {
  readonly #nowMs: () => number;
  /** By socket: a person may have several pages open. */
  readonly #looks = new Map<string, Look>();

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** The items whose onlookers are others now. */
  set(socketId: string, person: Person, itemId: contract.ReviewItemId | null): contract.ReviewItemId[] {
    const before = this.#looks.get(socketId);
    const changed = new Set<contract.ReviewItemId>();
    if (before !== undefined && before.itemId !== itemId) changed.add(before.itemId);
    if (itemId === null) this.#looks.delete(socketId);
    else {
      if (before?.itemId !== itemId) changed.add(itemId);
      this.#looks.set(socketId, { person, itemId, saidAtMs: this.#nowMs() });
    }
    return [...changed];
  }

  at(itemId: contract.ReviewItemId): Person[] {
    this.#sweep();
    const people = new Map<string, Person>();
    for (const look of this.#looks.values()) if (look.itemId === itemId) people.set(look.person.id, look.person);
    return [...people.values()];
  }

  /** Every item that somebody looks at. */
  items(): contract.ReviewItemId[] {
    this.#sweep();
    return [...new Set([...this.#looks.values()].map(({ itemId }) => itemId))];
  }

  /** Items that nobody looks at any more because whoever did fell silent. */
  silent(): contract.ReviewItemId[] {
    const before = new Set([...this.#looks.values()].map(({ itemId }) => itemId));
    const people = new Map([...before].map((id) => [id, this.#countAt(id)]));
    this.#sweep();
    return [...before].filter((id) => this.#countAt(id) !== people.get(id));
  }

  #countAt(itemId: contract.ReviewItemId): number {
    let count = 0;
    for (const look of this.#looks.values()) if (look.itemId === itemId) count += 1;
    return count;
  }

  #sweep(): void {
    const now = this.#nowMs();
    for (const [socketId, { saidAtMs }] of this.#looks) {
      if (now - saidAtMs > FORGOTTEN_AFTER_MS) this.#looks.delete(socketId);
    }
  }
}
