/**
 * One livestream's chat in memory: its rules, the people in it, and the newest messages for whoever comes or comes
 * back. The process that holds a room alone gives `seq`; the database is the truth a room is made from.
 */
import type { ChannelId, ChatMessage, MessageId, Realm, StreamId, UserId } from '@virgil/contract';
import type { PersonFacts, RoomFacts } from './policy.ts';

export const REPLAY_SIZE = 200;
const HISTORY_ON_JOIN = 50;
const REMEMBERED_SENDS = 2000;

export interface StreamFacts extends RoomFacts {
  readonly streamId: StreamId;
  readonly channelId: ChannelId;
  readonly danteRealm: Realm;
  readonly title: string;
}

/** Someone signed in, as this room knows them. */
export interface KnownPerson extends PersonFacts {
  readonly userId: UserId;
  readonly displayName: string;
}

export interface SentMessage {
  readonly id: MessageId;
  readonly status: 'published' | 'held' | 'blocked';
}

export interface RoomContent {
  readonly stream: StreamFacts;
  /** The highest one given so far, whatever became of the message. */
  readonly seq: number;
  /** Published lines by `seq`, and whether older ones exist that are not among them. */
  readonly published: readonly ChatMessage[];
  readonly hasOlder: boolean;
  readonly held: readonly ChatMessage[];
  readonly sends: readonly (SentMessage & {
    readonly userId: UserId;
    readonly clientId: string | null;
    readonly at: Date;
  })[];
}

export interface History {
  readonly messages: ChatMessage[];
  readonly gap: boolean;
}

export class Room {
  stream: StreamFacts;
  readonly #people = new Map<UserId, KnownPerson>();
  #seq: number;
  #published: ChatMessage[];
  /** Every published line after this `seq` is among `#published`. */
  #completeAfter: number;
  #held: ChatMessage[];
  readonly #lastMessageAt = new Map<UserId, Date>();
  readonly #recentWords = new Map<string, number>();
  readonly #sends = new Map<string, Promise<SentMessage>>();
  /** One person's messages are stored in the order they were sent, however long scoring each takes. */
  readonly #queues = new Map<UserId, Promise<unknown>>();
  lastUsedAtMs = performance.now();

  constructor(content: RoomContent) {
    this.stream = content.stream;
    this.#seq = content.seq;
    this.#published = [...content.published];
    this.#completeAfter = content.hasOlder ? (content.published[0]?.seq ?? content.seq + 1) - 1 : 0;
    this.#held = [...content.held];
    for (const { userId, clientId, at, id, status } of content.sends) {
      this.#lastMessageAt.set(userId, at);
      if (clientId !== null) this.#sends.set(sendKey(userId, clientId), Promise.resolve({ id, status }));
    }
  }

  get streamId(): StreamId {
    return this.stream.streamId;
  }
  get seq(): number {
    return this.#seq;
  }
  nextSeq(): number {
    return ++this.#seq;
  }

  /**
   * The database is asked again after a commit whose outcome is unknown; what lives only in memory stays. Returns the
   * lines that turn out to be stored although nobody was told of them, in order.
   */
  renew(content: RoomContent): readonly ChatMessage[] {
    const told = new Set([...this.#published, ...this.#held].map(stateKey));
    const lastTold = Math.max(
      this.#completeAfter,
      ...[...this.#published, ...this.#held].map((message) => message.seq),
    );
    this.stream = content.stream;
    this.#seq = Math.max(this.#seq, content.seq);
    for (const { userId, clientId, id, status } of content.sends) {
      if (clientId !== null) this.#sends.set(sendKey(userId, clientId), Promise.resolve({ id, status }));
    }
    return [...content.published, ...content.held]
      .filter((message) => message.seq > lastTold && !told.has(stateKey(message)))
      .sort((a, b) => a.seq - b.seq);
  }

  knows(userId: UserId): KnownPerson | undefined {
    return this.#people.get(userId);
  }
  remember(person: KnownPerson): void {
    this.#people.set(person.userId, person);
  }
  get people(): Iterable<KnownPerson> {
    return this.#people.values();
  }

  publish(message: ChatMessage): void {
    // An approved message comes with its old id and a new place.
    this.#held = this.#held.filter((held) => held.id !== message.id);
    this.#published.push(message);
    while (this.#published.length > REPLAY_SIZE)
      this.#completeAfter = this.#published.shift()?.seq ?? this.#completeAfter;
  }

  hold(message: ChatMessage): void {
    this.#held.push(message);
    if (this.#held.length > REPLAY_SIZE) this.#held.shift();
  }

  remove(ids: ReadonlySet<MessageId>): void {
    this.#published = this.#published.filter((message) => !ids.has(message.id));
    this.#held = this.#held.filter((message) => !ids.has(message.id));
  }

  /** A published line at its place; older than what this room keeps, it is in the database alone. */
  putBack(line: ChatMessage): void {
    this.remove(new Set([line.id]));
    this.#seq = Math.max(this.#seq, line.seq);
    if (line.seq <= this.#completeAfter) return;
    this.#published = [...this.#published, line].sort((a, b) => a.seq - b.seq);
  }

  /** As this room has it in memory. */
  shows(id: MessageId): ChatMessage | undefined {
    return this.#published.find((line) => line.id === id) ?? this.#held.find((line) => line.id === id);
  }

  /** What a client gets on joining: the newest lines, or what it missed since `lastSeq`. */
  history(reader: { readonly userId: UserId | null; readonly seesHeld: boolean }, lastSeq?: number): History {
    const held = this.#held.filter((message) => reader.seesHeld || message.userId === reader.userId);
    const isReplay = lastSeq !== undefined && lastSeq >= this.#completeAfter && lastSeq <= this.#seq;
    if (isReplay) {
      const missed = [...this.#published, ...held].filter((message) => message.seq > lastSeq);
      return { messages: missed.sort((a, b) => a.seq - b.seq), gap: false };
    }
    const newest = [...this.#published, ...held].sort(byArrival).slice(-HISTORY_ON_JOIN);
    return { messages: newest, gap: lastSeq !== undefined };
  }

  lastMessageAt(userId: UserId): Date | null {
    return this.#lastMessageAt.get(userId) ?? null;
  }

  /** Counted when it is sent, not when it is stored, so that two at once cannot both pass. Returns the way back. */
  noteMessage(userId: UserId, words: string, at: Date): () => void {
    const previousAt = this.#lastMessageAt.get(userId);
    const previousWords = this.#recentWords.get(words);
    this.#lastMessageAt.set(userId, at);
    this.#recentWords.delete(words);
    this.#recentWords.set(words, at.getTime());
    if (this.#recentWords.size > REMEMBERED_SENDS) deleteOldest(this.#recentWords);
    return () => {
      if (previousAt) this.#lastMessageAt.set(userId, previousAt);
      else this.#lastMessageAt.delete(userId);
      if (previousWords === undefined) this.#recentWords.delete(words);
      else this.#recentWords.set(words, previousWords);
    };
  }

  saidAt(words: string): number | null {
    return this.#recentWords.get(words) ?? null;
  }

  /** The first attempt under this client id, running or done. */
  sent(userId: UserId, clientId: string): Promise<SentMessage> | undefined {
    return this.#sends.get(sendKey(userId, clientId));
  }

  noteSend(userId: UserId, clientId: string, sending: Promise<SentMessage>): void {
    const key = sendKey(userId, clientId);
    this.#sends.set(key, sending);
    if (this.#sends.size > REMEMBERED_SENDS) deleteOldest(this.#sends);
    // A refused attempt may be repeated under the same id.
    sending.catch(() => {
      if (this.#sends.get(key) === sending) this.#sends.delete(key);
    });
  }

  /** Runs `enqueue` after this person's earlier messages were enqueued. */
  async inOrder<T>(userId: UserId, enqueue: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(userId) ?? Promise.resolve();
    const mine = before.then(enqueue, enqueue);
    const settled = mine.catch(() => undefined);
    this.#queues.set(userId, settled);
    void settled.then(() => {
      if (this.#queues.get(userId) === settled) this.#queues.delete(userId);
    });
    return mine;
  }
}

function byArrival(a: ChatMessage, b: ChatMessage): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** A held line that was released is news. */
const stateKey = ({ id, status }: ChatMessage): string => `${id} ${status}`;

function sendKey(userId: UserId, clientId: string): string {
  return `${userId} ${clientId}`;
}

function deleteOldest(map: Map<string, unknown>): void {
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
