/** Viewers of all livestreams: counted at once, told at most once a second, written down within a second. */
import { livestreams as contract, type StreamId, type UserId } from '@virgil/contract';
import type { Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import type { Realtime, RoomSocket } from '../../realtime/index.ts';
import { Audience, type Movement, type ViewerIdentity } from './audience.ts';
import { type Entry, insertMovements, recoverVisits, updateViewers, type ViewerCounts } from './store.ts';

/** With a silence of 3.5 s and this, a lost viewer is gone from the count within 5 s even behind a full second's pause. */
const LOOK_MS = 250;
const TELL_MS = 1000;
const WRITE_MS = 500;
const BATCH = 500;

export interface PresenceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
  readonly logger: Logger;
}

interface Watched {
  readonly audience: Audience;
  toldCount: number;
  toldAtMs: number;
  writtenCount: number;
  /** The most at once since the last writing. */
  peak: number;
}

export class Presence {
  readonly #options: PresenceOptions;
  readonly #watched = new Map<StreamId, Watched>();
  readonly #streamsBySocket = new Map<RoomSocket, Set<StreamId>>();
  readonly #timers: NodeJS.Timeout[] = [];
  #journal: Entry[] = [];
  readonly #names = new Map<string, string>();
  #writing: Promise<void> | null = null;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  /** Takes over what the last process left behind. */
  async start(): Promise<void> {
    const open = await this.#options.database.asSystem('visits of everybody', recoverVisits);
    const now = this.#options.clock.now();
    for (const visit of open) this.#watch(visit.streamId).audience.resume(visit, now);
    this.#timers.push(
      setInterval(() => this.#look(), LOOK_MS),
      setInterval(() => void this.write(), WRITE_MS),
    );
    for (const timer of this.#timers) timer.unref();
  }

  /** Returns the viewers including this one. */
  enter(streamId: StreamId, socket: RoomSocket, displayName: string | null): number {
    const identity = identityOf(socket.caller.actor, socket);
    if (displayName !== null) this.#names.set(identity.key, displayName);
    const streams = this.#streamsBySocket.get(socket);
    if (streams) streams.add(streamId);
    else {
      this.#streamsBySocket.set(socket, new Set([streamId]));
      socket.onClose(() => this.#closed(socket));
      // It closed while it was being let in.
      if (!this.#streamsBySocket.has(socket)) return this.viewers(streamId);
    }
    const watched = this.#watch(streamId);
    this.#note(streamId, watched, watched.audience.enter(identity, socket, this.#options.clock.now()));
    return watched.audience.count;
  }

  leave(streamId: StreamId, socket: RoomSocket): void {
    this.#streamsBySocket.get(socket)?.delete(streamId);
    const watched = this.#watched.get(streamId);
    if (!watched) return;
    const { key } = identityOf(socket.caller.actor, socket);
    this.#note(streamId, watched, watched.audience.leave(key, socket, this.#options.clock.now()));
  }

  /** Someone was put out of the room. */
  expel(streamId: StreamId, userId: UserId): void {
    for (const socket of this.#watched.get(streamId)?.audience.socketsOf(userId) ?? []) this.leave(streamId, socket);
  }

  /** The stream is over and so are all visits. */
  end(streamId: StreamId): void {
    const watched = this.#watched.get(streamId);
    if (!watched) return;
    this.#note(streamId, watched, watched.audience.end(this.#options.clock.now()));
    for (const streams of this.#streamsBySocket.values()) streams.delete(streamId);
  }

  isWatched(streamId: StreamId): boolean {
    return !(this.#watched.get(streamId)?.audience.isEmpty ?? true);
  }

  viewers(streamId: StreamId): number {
    return this.#watched.get(streamId)?.audience.count ?? 0;
  }

  streamsOf(socket: RoomSocket): number {
    return this.#streamsBySocket.get(socket)?.size ?? 0;
  }

  /** Writes down what is not on disk yet. A failure leaves it for the next time. */
  write(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#writing;
    await this.write();
  }

  #closed(socket: RoomSocket): void {
    const streams = this.#streamsBySocket.get(socket) ?? [];
    this.#streamsBySocket.delete(socket);
    for (const streamId of streams) this.leave(streamId, socket);
  }

  #watch(streamId: StreamId): Watched {
    const known = this.#watched.get(streamId);
    if (known) return known;
    const watched = {
      audience: new Audience(uuid),
      toldCount: 0,
      toldAtMs: Number.NEGATIVE_INFINITY,
      writtenCount: 0,
      peak: 0,
    };
    this.#watched.set(streamId, watched);
    return watched;
  }

  #note(streamId: StreamId, watched: Watched, movements: readonly Movement[]): void {
    for (const { kind, visit, at } of movements) {
      const displayName = this.#names.get(visit.key) ?? null;
      this.#journal.push({ kind, streamId, visit, at, viewers: watched.audience.count, displayName });
      if (kind === 'left') this.#names.delete(visit.key);
    }
    this.#tell(streamId, watched);
  }

  #tell(streamId: StreamId, watched: Watched): void {
    const viewers = watched.audience.count;
    watched.peak = Math.max(watched.peak, viewers);
    const now = performance.now();
    if (viewers === watched.toldCount || now - watched.toldAtMs < TELL_MS) return;
    watched.toldCount = viewers;
    watched.toldAtMs = now;
    this.#options.realtime.toStream(streamId, contract.viewerCount, { streamId, viewers });
  }

  #look(): void {
    const now = this.#options.clock.now();
    for (const [streamId, watched] of this.#watched) {
      this.#note(streamId, watched, watched.audience.look(now));
      const isSettled = watched.toldCount === 0 && watched.writtenCount === 0;
      if (watched.audience.isEmpty && isSettled) this.#watched.delete(streamId);
    }
  }

  async #write(): Promise<void> {
    const entries = this.#journal.slice(0, BATCH);
    const counts = new Map<StreamId, ViewerCounts>();
    for (const [streamId, watched] of this.#watched) {
      const { audience, writtenCount, peak } = watched;
      if (audience.count === writtenCount && peak <= writtenCount) continue;
      counts.set(streamId, { now: audience.count, peak });
      watched.peak = audience.count;
    }
    if (entries.length === 0 && counts.size === 0) return;
    try {
      await this.#options.database.asSystem('viewers of everybody', async (tx) => {
        await insertMovements(tx, entries);
        await updateViewers(tx, counts);
      });
    } catch (error) {
      for (const [streamId, { peak }] of counts) {
        const watched = this.#watched.get(streamId);
        if (watched) watched.peak = Math.max(watched.peak, peak);
      }
      await this.#writeOneByOne(entries, error);
      return;
    }
    this.#journal.splice(0, entries.length);
    for (const [streamId, count] of counts) {
      const watched = this.#watched.get(streamId);
      if (watched) watched.writtenCount = count.now;
    }
  }

  /** An entry that the database will not have (its stream or account is gone) must not hold up the others. */
  async #writeOneByOne(entries: readonly Entry[], failure: unknown): Promise<void> {
    if (isAway(failure)) {
      this.#options.logger.warn({ waiting: this.#journal.length }, 'viewers wait for the database');
      return;
    }
    for (const entry of entries) {
      try {
        await this.#options.database.asSystem('viewers of everybody', (tx) => insertMovements(tx, [entry]));
      } catch (error) {
        if (isAway(error)) return;
        this.#options.logger.error({ err: error, streamId: entry.streamId }, 'a visit could not be written');
      }
      this.#journal.shift();
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === 'storage_unavailable';
}

function identityOf(actor: Actor, socket: RoomSocket): ViewerIdentity {
  if (actor.kind === 'person') return { key: actor.userId, userId: actor.userId };
  return { key: `guest:${actor.guestId ?? socket.id}`, userId: null };
}
