/** The rooms this process holds: opened on demand from the database, forgotten when nobody used them for a while. */
import type { ChannelId, ChatMessage, StreamId, UserId } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Actor, Person } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import type { ChatMetrics } from './metrics.ts';
import { type KnownPerson, Room } from './room.ts';
import { readPerson, readRoom, readStream } from './store.ts';

const IDLE_MS = 10 * 60_000;
const SWEEP_MS = 60_000;

export interface RoomsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: ChatMetrics;
  /** Sends out a line that was stored while its commit seemed to fail. */
  readonly spread: (room: Room, line: ChatMessage) => void;
  /** Whether anybody is in the room. */
  readonly isOccupied: (streamId: StreamId) => boolean;
}

/** A person who is being read from the database at this moment. */
interface Reading {
  readonly userId: UserId;
  isStale: boolean;
}

export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<StreamId, Room>();
  readonly #opening = new Map<StreamId, Promise<Room>>();
  readonly #sweep: NodeJS.Timeout;
  readonly #readings = new Set<Reading>();

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => this.#forgetIdle(), SWEEP_MS);
    this.#sweep.unref();
  }

  /** Throws `not_found` for a livestream that does not exist, `stream_ended` for one that ended: neither is held. */
  async open(streamId: StreamId): Promise<Room> {
    const known = this.#rooms.get(streamId);
    if (known) {
      known.lastUsedAtMs = performance.now();
      return known;
    }
    let opening = this.#opening.get(streamId);
    if (!opening) {
      opening = this.#load(streamId).finally(() => this.#opening.delete(streamId));
      this.#opening.set(streamId, opening);
    }
    return opening;
  }

  held(streamId: StreamId): Room | undefined {
    return this.#rooms.get(streamId);
  }
  ofChannel(channelId: ChannelId): Room[] {
    return [...this.#rooms.values()].filter((room) => room.stream.channelId === channelId);
  }
  knowing(userId: UserId): Room[] {
    return [...this.#rooms.values()].filter((room) => room.knows(userId) !== undefined);
  }

  async #load(streamId: StreamId): Promise<Room> {
    // Asked by anybody who makes up an id, so the messages are read only for a stream that runs.
    const stream = await this.#options.database.publicRead((tx) => readStream(tx, streamId));
    const content = stream?.isActive
      ? await this.#options.database.asSystem('a chat room holds the messages of everybody', (tx) =>
          readRoom(tx, streamId),
        )
      : null;
    if (!stream) throw new AppError('not_found', { detail: 'There is no such livestream.' });
    if (!content?.stream.isActive) throw new AppError('stream_ended', { detail: 'The livestream has ended.' });
    const room = new Room(content);
    this.#rooms.set(streamId, room);
    this.#options.metrics.rooms.set(this.#rooms.size);
    return room;
  }

  async renew(room: Room): Promise<void> {
    const content = await this.#options.database.asSystem('a chat room holds the messages of everybody', (tx) =>
      readRoom(tx, room.streamId),
    );
    for (const line of content ? room.renew(content) : []) this.#options.spread(room, line);
  }

  /** The room in memory, also one that is being opened at this moment; none when that fails. */
  async opened(streamId: StreamId): Promise<Room | undefined> {
    await this.#opening.get(streamId)?.catch(() => undefined);
    return this.#rooms.get(streamId);
  }

  /** Reads the stream's own facts again: it ended, its modes or its realm changed. */
  async renewStream(streamId: StreamId): Promise<Room | undefined> {
    // A room that is being opened may have read what just changed; one that cannot be opened needs no renewal.
    const room = await this.opened(streamId);
    const stream = room && (await this.#options.database.publicRead((tx) => readStream(tx, streamId)));
    if (room && stream) room.stream = stream;
    if (room && stream && !stream.isActive) this.#forget(streamId);
    return room;
  }

  /** Reads from the database who someone is here; at the start of a session and when an event says it changed. */
  async meet(room: Room, actor: Actor): Promise<KnownPerson | null> {
    if (actor.kind === 'guest') return null;
    for (;;) {
      const reading: Reading = { userId: actor.userId, isStale: false };
      this.#readings.add(reading);
      const person = await this.#options.database
        .asActor(actor, (tx) => readPerson(tx, actor, room.stream.channelId, this.#options.clock.now()))
        .finally(() => this.#readings.delete(reading));
      if (!person) throw new AppError('sign_in_required', { detail: 'This account is gone.' });
      if (reading.isStale) continue;
      room.remember(person);
      return person;
    }
  }

  /** This person changed: whoever is reading them now may have read what was before, and reads again. */
  outdate(userId: UserId): void {
    for (const reading of this.#readings) if (reading.userId === userId) reading.isStale = true;
  }

  /** Who is known here already, else from the database. */
  async person(room: Room, actor: Person): Promise<KnownPerson> {
    const person = room.knows(actor.userId) ?? (await this.meet(room, actor));
    if (!person) throw new AppError('sign_in_required', { detail: 'Sign in first.' });
    return person;
  }

  #forgetIdle(): void {
    for (const [streamId, room] of this.#rooms) {
      const isIdle = performance.now() - room.lastUsedAtMs > IDLE_MS;
      if (isIdle && !this.#options.isOccupied(streamId)) this.#forget(streamId);
    }
  }

  /** What is under way keeps the room it began with. */
  #forget(streamId: StreamId): void {
    this.#rooms.delete(streamId);
    this.#options.metrics.rooms.set(this.#rooms.size);
  }

  close(): void {
    clearInterval(this.#sweep);
  }
}
