/** Reactions are counted, not kept: told every 200 ms, added to the stream's totals within a second. */
import { type CommandInput, type chat, chat as contract, livestreamRoom, type StreamId } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Person } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import type { BucketsByKey, Realtime, RoomSocket } from '../../realtime/index.ts';
import { mayReact } from './policy.ts';
import { addReactions, type Counts } from './reaction-store.ts';
import type { Rooms } from './rooms.ts';
import { requireAllowed } from './send-message.ts';

const TELL_MS = 200;
const WRITE_MS = 500;
/** One entry a stream and interval in the audit trail, with the totals so far. */
const AUDIT_INTERVAL_MS = 5 * 60_000;

export interface ReactionsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
  readonly logger: Logger;
}

export class Reactions {
  readonly #options: ReactionsOptions;
  readonly #untold = new Map<StreamId, Counts>();
  #unwritten = new Map<StreamId, Counts>();
  readonly #auditedAt = new Map<StreamId, number>();
  readonly #timers: NodeJS.Timeout[];
  #writing: Promise<void> | null = null;

  constructor(options: ReactionsOptions) {
    this.#options = options;
    this.#timers = [setInterval(() => this.#tell(), TELL_MS), setInterval(() => void this.write(), WRITE_MS)];
    for (const timer of this.#timers) timer.unref();
  }

  count(streamId: StreamId, type: keyof Counts & string): void {
    addTo(this.#untold, streamId, { [type]: 1 });
    addTo(this.#unwritten, streamId, { [type]: 1 });
  }

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

  #tell(): void {
    for (const [streamId, counts] of this.#untold) {
      this.#options.realtime.toStream(streamId, contract.reactionsCounted, { streamId, counts });
    }
    this.#untold.clear();
  }

  async #write(): Promise<void> {
    const counted = this.#unwritten;
    this.#unwritten = new Map();
    const now = this.#options.clock.now();
    for (const [streamId, counts] of counted) {
      const isDue = now.getTime() - (this.#auditedAt.get(streamId) ?? 0) >= AUDIT_INTERVAL_MS;
      try {
        await this.#options.database.asSystem('reactions of everybody', (tx) =>
          addReactions(tx, { streamId, counts, auditAt: isDue ? now : null }),
        );
        if (isDue) this.#auditedAt.set(streamId, now.getTime());
      } catch (error) {
        const isAway = error instanceof AppError && error.code === 'storage_unavailable';
        if (isAway) addTo(this.#unwritten, streamId, counts);
        this.#options.logger.warn({ err: error, streamId, isAway }, 'reactions could not be written');
      }
    }
    for (const [streamId, at] of this.#auditedAt) {
      if (now.getTime() - at >= AUDIT_INTERVAL_MS) this.#auditedAt.delete(streamId);
    }
  }
}

function addTo(all: Map<StreamId, Counts>, streamId: StreamId, more: Counts): void {
  const sum: Counts = { ...all.get(streamId) };
  for (const type of contract.REACTION_TYPES) {
    const count = (sum[type] ?? 0) + (more[type] ?? 0);
    if (count > 0) sum[type] = count;
  }
  all.set(streamId, sum);
}

export interface React {
  readonly rooms: Rooms;
  readonly reactions: Reactions;
  readonly clock: Clock;
  /** Null: limits are off. */
  readonly limits: { readonly perPerson: BucketsByKey } | null;
}

export async function react(
  { rooms, reactions, clock, limits }: React,
  actor: Person,
  { streamId, type }: CommandInput<typeof chat.react>,
  socket: RoomSocket,
) {
  if (!socket.isIn(livestreamRoom(streamId)))
    throw new AppError('not_joined', { detail: 'Join the livestream first.' });
  const admission = limits?.perPerson.take(actor.userId);
  if (admission && !admission.admitted) {
    throw new AppError('rate_limited', { detail: 'Too many reactions.', retryAfterMs: admission.retryAfterMs });
  }
  const room = await rooms.open(streamId);
  const person = await rooms.person(room, actor);
  requireAllowed(mayReact(room.stream, person, clock.now()));
  reactions.count(streamId, type);
  return {};
}
