/** Puts the parts of chat together. Lives as long as the server does. */
import type { ChannelId, StreamId, UserId } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/index.ts';
import type { NodeSignal } from '../../db/node-signals.ts';
import { type BucketSize, BucketsByKey, type CommandBinding, type Realtime } from '../../realtime/index.ts';
import type { TextModeration } from '../moderation/index.ts';
import type { Presence } from '../presence/index.ts';
import { type ChatHistoryQuery, chatHistory } from './chat-history.ts';
import type { LineDecided } from './events.ts';
import { fanOutMessage, spreadAgain, spreadLine } from './fan-out.ts';
import { GroupCommit } from './group-commit.ts';
import type { RoomTips } from './join-stream.ts';
import { JoinedChannels } from './joined-channels.ts';
import * as current from './keep-current.ts';
import { hearLine, type LineChanges, lineChanged } from './line-changes.ts';
import { chatMetrics } from './metrics.ts';
import { type PersonRef, personIn, spreadPerson } from './person-signal.ts';
import { Reactions } from './reactions.ts';
import { Rooms } from './rooms.ts';
import { type ChatCommandDeps, chatCommands } from './socket.ts';

const MESSAGES_PER_ROOM: BucketSize = { burst: 400, perSecond: 200 };

/** Where no tips are taken. */
const NO_TIPS: RoomTips = { load: async () => undefined, recent: () => [] };

export interface ChatOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
  readonly presence: Presence;
  readonly moderation: TextModeration;
  readonly rateLimits: boolean;
  /** What one room takes from everybody together; the default is more than anybody can read. */
  readonly messagesPerRoom?: BucketSize;
  readonly tips?: RoomTips;
  readonly logger: Logger;
  readonly registry: Registry;
}

export class Chat {
  readonly commands: readonly CommandBinding[];
  readonly #database: Database;
  readonly #current: current.KeepCurrent;
  readonly #lines: LineChanges;
  readonly #rooms: Rooms;
  readonly #groupCommit: GroupCommit;
  readonly #reactions: Reactions;

  constructor(options: ChatOptions) {
    const { database, clock, realtime, presence, logger } = options;
    const metrics = chatMetrics(options.registry);
    this.#database = database;
    this.#rooms = new Rooms({
      database,
      clock,
      logger,
      metrics,
      spread: (room, line) => spreadLine(realtime, room, line, null),
      isOccupied: (streamId) => presence.isWatched(streamId),
    });
    this.#groupCommit = new GroupCommit({
      database,
      metrics,
      logger,
      renew: (room) => this.#rooms.renew(room),
      fanOut: (message) => fanOutMessage(realtime, message),
      spread: (room, line) => spreadAgain(realtime, room, line),
    });
    this.#reactions = new Reactions({ database, clock, realtime, logger });
    this.#lines = { database, rooms: this.#rooms, realtime, groupCommit: this.#groupCommit };
    this.#current = { rooms: this.#rooms, presence, realtime, clock };
    this.commands = chatCommands(commandDeps(options, this.#rooms, this.#groupCommit, this.#reactions));
  }

  history(actor: Actor, query: ChatHistoryQuery) {
    return chatHistory(this.#database, actor, query);
  }

  personChanged(channelId: ChannelId, userId: UserId): Promise<void> {
    return current.personChanged(this.#current, channelId, userId);
  }
  profileChanged(userId: UserId): Promise<void> {
    return current.profileChanged(this.#current, userId);
  }
  streamChanged(streamId: StreamId): Promise<void> {
    return current.streamChanged(this.#current, streamId);
  }
  streamEnded(streamId: StreamId): Promise<void> {
    return current.streamEnded(this.#current, streamId);
  }
  lineChanged(line: Pick<LineDecided, 'streamId' | 'messageId'>): Promise<void> {
    return lineChanged(this.#lines, line);
  }
  /** A role was given or taken away: here, and on every node. `channelId` null: a role on the platform, or a name. */
  async roleChanged(person: PersonRef): Promise<void> {
    await this.#follow(person);
    await spreadPerson(this.#database, person);
  }
  /** The word of another node: lines of rooms that this one holds, or what somebody may do in them. */
  async hear(word: NodeSignal): Promise<void> {
    const person = personIn(word);
    if (person === null) await hearLine(this.#lines, word);
    else await this.#follow(person);
  }
  #follow({ channelId, userId }: PersonRef): Promise<void> {
    return channelId === null ? this.profileChanged(userId) : this.personChanged(channelId, userId);
  }

  /** Stores what waits. Called when no command arrives any more. */
  async close(): Promise<void> {
    await this.#groupCommit.drain();
    await this.#reactions.close();
    this.#rooms.close();
  }
}

function commandDeps(
  { clock, presence, moderation, rateLimits, messagesPerRoom = MESSAGES_PER_ROOM, tips = NO_TIPS }: ChatOptions,
  rooms: Rooms,
  groupCommit: GroupCommit,
  reactions: Reactions,
): ChatCommandDeps {
  return {
    rooms,
    joined: new JoinedChannels(),
    presence,
    clock,
    tips,
    sending: {
      rooms,
      clock,
      moderation,
      groupCommit,
      limits: rateLimits
        ? {
            perPersonAndRoom: new BucketsByKey({ burst: 10, perSecond: 2 }),
            perRoom: new BucketsByKey(messagesPerRoom),
          }
        : null,
    },
    reacting: {
      rooms,
      reactions,
      clock,
      limits: rateLimits ? { perPerson: new BucketsByKey({ burst: 20, perSecond: 10 }) } : null,
    },
  };
}
