/**
 * Who watches one livestream: one viewer per person or guest session, however many connections. A viewer whose
 * connections are closed or silent does not count; back within a minute, the visit goes on as if never interrupted.
 */
import type { UserId } from '@virgil/contract';
import type { RoomSocket } from '../../realtime/index.ts';

const VISIT_CONTINUES_MS = 60_000;

export interface ViewerIdentity {
  /** The profile id, or the guest session prefixed `guest:`. */
  readonly key: string;
  readonly userId: UserId | null;
}

export interface Visit extends ViewerIdentity {
  readonly id: string;
  readonly joinedAt: Date;
}

interface Viewer extends ViewerIdentity {
  readonly sockets: Set<RoomSocket>;
  visit: Visit | null;
  isHere: boolean;
  leftAt: Date;
}

export interface Movement {
  readonly kind: 'joined' | 'left';
  readonly visit: Visit;
  readonly at: Date;
}

export class Audience {
  readonly #viewers = new Map<string, Viewer>();
  readonly #nextVisitId: () => string;
  #count = 0;

  constructor(nextVisitId: () => string) {
    this.#nextVisitId = nextVisitId;
  }

  get count(): number {
    return this.#count;
  }
  get isEmpty(): boolean {
    return this.#viewers.size === 0;
  }

  /** A visit that was open when the server stopped: its viewer may still come back. */
  resume(visit: Visit, leftAt: Date): void {
    const { key, userId } = visit;
    this.#viewers.set(key, { key, userId, sockets: new Set(), visit, isHere: false, leftAt });
  }

  enter(identity: ViewerIdentity, socket: RoomSocket, now: Date): Movement[] {
    let viewer = this.#viewers.get(identity.key);
    if (!viewer) {
      viewer = { ...identity, sockets: new Set(), visit: null, isHere: false, leftAt: now };
      this.#viewers.set(identity.key, viewer);
    }
    viewer.sockets.add(socket);
    return this.#look(viewer, now);
  }

  leave(key: string, socket: RoomSocket, now: Date): Movement[] {
    const viewer = this.#viewers.get(key);
    if (!viewer?.sockets.delete(socket)) return [];
    return this.#look(viewer, now);
  }

  /** Looks at everybody again: who fell silent, who is back, whose visit is over. */
  look(now: Date): Movement[] {
    return [...this.#viewers.values()].flatMap((viewer) => this.#look(viewer, now));
  }

  /** Everybody's visit is over. */
  end(now: Date): Movement[] {
    const movements = [...this.#viewers.values()].flatMap((viewer): Movement[] =>
      viewer.visit ? [{ kind: 'left', visit: viewer.visit, at: viewer.isHere ? now : viewer.leftAt }] : [],
    );
    this.#viewers.clear();
    this.#count = 0;
    return movements;
  }

  socketsOf(key: string): RoomSocket[] {
    return [...(this.#viewers.get(key)?.sockets ?? [])];
  }

  #look(viewer: Viewer, now: Date): Movement[] {
    const isHere = [...viewer.sockets].some((socket) => socket.isResponsive());
    const movements: Movement[] = [];
    if (viewer.isHere && !isHere) viewer.leftAt = now;
    const isOver = !viewer.isHere && now.getTime() - viewer.leftAt.getTime() >= VISIT_CONTINUES_MS;
    if (viewer.visit && isOver) {
      movements.push({ kind: 'left', visit: viewer.visit, at: viewer.leftAt });
      viewer.visit = null;
    }
    if (isHere && !viewer.visit) {
      viewer.visit = { id: this.#nextVisitId(), key: viewer.key, userId: viewer.userId, joinedAt: now };
      movements.push({ kind: 'joined', visit: viewer.visit, at: now });
    }
    if (isHere !== viewer.isHere) {
      viewer.isHere = isHere;
      this.#count += isHere ? 1 : -1;
    }
    if (!viewer.visit && viewer.sockets.size === 0) this.#viewers.delete(viewer.key);
    return movements;
  }
}
