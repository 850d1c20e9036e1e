/**
 * Open desks hear of the queue within a second: items that come, are claimed and decided, and who is looking at what.
 * Every node follows a word that PostgreSQL carries (`db/node-signals.ts`) and tells its own sockets. What is told
 * names people and numbers but no text: whoever hears of an item reads it with their own rights.
 */
import { type ChannelId, desk, moderationRoom, type Person, type UserId } from '@virgil/contract';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Person as ActingPerson } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';
import type { Realtime, RoomSocket } from '../../realtime/index.ts';
import { personOf } from '../channels/index.ts';
import { dropClaim } from './claim-store.ts';
import { claimOf } from './describe-item.ts';
import { channelsOf, faceOf, heldBy, rolesOf } from './live-store.ts';
import { FORGOTTEN_AFTER_MS, Looking } from './looking.ts';
import { findInQueue, type QueuedItem } from './queue-store.ts';

/** Sent by the trigger of 0025. */
const ITEM_CHANGED = 'review.item';
const LOOKED = 'desk.looking';

const lookWord = z.object({ socketId: z.string(), userId: z.string(), itemId: desk.reviewItemId.nullable() });

export interface LiveDeskOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Pick<Realtime, 'toModerators' | 'toUser'>;
  readonly logger: Pick<Logger, 'warn'>;
}

interface OpenDesk {
  readonly person: ActingPerson;
  itemId: desk.ReviewItemId | null;
}

export class LiveDesk {
  readonly #options: LiveDeskOptions;
  /** Desks open on this node, by socket. */
  readonly #open = new Map<string, OpenDesk>();
  readonly #looking = new Looking();
  readonly #leaving = new Set<Promise<void>>();
  readonly #sweep: NodeJS.Timeout;

  constructor(options: LiveDeskOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => this.#forgetSilent(), FORGOTTEN_AFTER_MS / 2);
    this.#sweep.unref();
  }

  /** Once the sockets are closed: what they held is given back before the database goes. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await Promise.all(this.#leaving);
  }

  /** A desk says that it is open, and at which item. The caller has made sure that the person may read it. */
  async watch(socket: RoomSocket, person: ActingPerson, itemId: desk.ReviewItemId | null) {
    const known = this.#open.get(socket.id);
    // Again each time: a stream that is left takes its channel's room along, and roles are given meanwhile.
    const channels = await this.#options.database.asActor(person, channelsOf);
    for (const channelId of channels) socket.join(moderationRoom(channelId));
    this.#open.set(socket.id, { person, itemId });
    if (known === undefined) this.#leaveWith(socket);
    if (known?.itemId && known.itemId !== itemId) await this.#giveBack(person.userId, known.itemId);
    await this.#say(socket.id, person.userId, itemId);
    return this.#lookingFor(person);
  }

  #leaveWith(socket: RoomSocket): void {
    socket.onClose(() => {
      const left = this.#open.get(socket.id);
      this.#open.delete(socket.id);
      if (left === undefined) return;
      const leaving = this.#leave(socket.id, left).finally(() => this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
    });
  }

  async #leave(socketId: string, { itemId, person }: OpenDesk): Promise<void> {
    try {
      await this.#say(socketId, person.userId, null);
      if (itemId !== null) await this.#giveBack(person.userId, itemId);
    } catch (error) {
      // The claim then ends by the clock.
      this.#options.logger.warn({ err: error, itemId }, 'a closed desk did not give its item back');
    }
  }

  /** Unless another page of the same person is at it. */
  async #giveBack(userId: string, itemId: desk.ReviewItemId): Promise<void> {
    for (const other of this.#open.values()) {
      if (other.person.userId === userId && other.itemId === itemId) return;
    }
    await this.#options.database.asSystem('a desk was closed: its item is free', async (tx) => {
      if (await heldBy(tx, itemId, userId, this.#options.clock.now())) await dropClaim(tx, itemId, userId);
    });
  }

  async #say(socketId: string, userId: string, itemId: desk.ReviewItemId | null): Promise<void> {
    const id = JSON.stringify({ socketId, userId, itemId });
    await this.#options.database.asSystem('who is looking at what, to every node', (tx) =>
      signalNodes(tx, { kind: LOOKED, id }),
    );
  }

  async hear({ id, kind }: NodeSignal): Promise<void> {
    if (kind === ITEM_CHANGED) await this.#tellOfItem(id);
    if (kind !== LOOKED) return;
    const word = lookWord.parse(JSON.parse(id));
    const person = await this.#options.database.asSystem('the name of who is looking', (tx) => faceOf(tx, word.userId));
    if (person === null) return;
    for (const itemId of this.#looking.set(word.socketId, personOf(person), word.itemId))
      await this.#tellOfLooks(itemId);
  }

  #forgetSilent(): void {
    for (const itemId of this.#looking.silent()) {
      this.#tellOfLooks(itemId).catch((error: unknown) =>
        this.#options.logger.warn({ err: error }, 'desks were not told that somebody left'),
      );
    }
  }

  async #tellOfItem(id: string): Promise<void> {
    const found = await this.#find(id);
    if (found === null) return;
    const { row, staff } = found;
    const { item } = row;
    const by = (person: QueuedItem['decider']) => (person === null ? null : personOf(person));
    this.#tell(item, staff, {
      type: 'item',
      // Ids of our own rows.
      itemId: item.id as desk.ReviewItemId,
      channelId: item.channelId as ChannelId | null,
      status: item.resolutionStatus,
      headsQueue: item.headsQueue,
      riskScore: item.riskScore,
      claim: claimOf(item, row.claimer, this.#options.clock.now()),
      decided:
        item.resolutionTimestamp === null ? null : { by: by(row.decider), at: item.resolutionTimestamp.toISOString() },
      escalated: item.escalatedAt === null ? null : { by: by(row.escalator), at: item.escalatedAt.toISOString() },
    });
  }

  async #tellOfLooks(itemId: desk.ReviewItemId): Promise<void> {
    const found = await this.#find(itemId);
    if (found === null) return;
    const { row, staff } = found;
    const channelId = row.item.channelId as ChannelId | null;
    this.#tell(row.item, staff, { type: 'looking', itemId, channelId, people: this.#looking.at(itemId) });
  }

  /** With whoever of the open desks hears of it by their role on the platform, as it is now. */
  #find(id: string): Promise<{ readonly row: QueuedItem; readonly staff: readonly string[] } | null> {
    return this.#options.database.asSystem('what changed in the queue, for those who may see it', async (tx) => {
      const row = await findInQueue(tx, id);
      if (row === null) return null;
      const open = new Set([...this.#open.values()].map(({ person }) => person.userId));
      const roles = await rolesOf(tx, [...open]);
      const isAssigned = (userId: string) => userId === row.item.assignedModeratorId;
      const staff = [...roles].filter(([who, role]) => role === 'admin' || (role === 'moderator' && isAssigned(who)));
      return { row, staff: staff.map(([userId]) => userId) };
    });
  }

  /** To the channel's moderators, to whom it is assigned, and to admins at their desks; never to its author. */
  #tell(item: QueuedItem['item'], staff: readonly string[], event: desk.ModerationEvent): void {
    const { realtime } = this.#options;
    const author = item.userId as UserId;
    if (item.channelId !== null) {
      realtime.toModerators(item.channelId as ChannelId, desk.moderation, event, { exceptUser: author });
    }
    for (const userId of staff) {
      // Ids of our own rows.
      if (userId !== author) realtime.toUser(userId as UserId, desk.moderation, event);
    }
  }

  /** What one may see of it, at the moment a desk opens. */
  async #lookingFor(person: ActingPerson): Promise<{ itemId: desk.ReviewItemId; people: Person[] }[]> {
    const items = this.#looking.items();
    if (items.length === 0) return [];
    const mine = await this.#options.database.asActor(person, async (tx) => {
      const found: desk.ReviewItemId[] = [];
      for (const id of items) if ((await findInQueue(tx, id)) !== null) found.push(id);
      return found;
    });
    return mine.map((itemId) => ({ itemId, people: this.#looking.at(itemId) }));
  }
}
