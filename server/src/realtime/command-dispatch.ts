/** What happens to each event a client sends, before and after its handler. */
import type { AckError, Command } from '@virgil/contract';
import type { Logger } from 'pino';
import type { Caller } from '../actor.ts';
import { AppError } from '../errors.ts';
import { addressKey } from '../http/index.ts';
import { toAckError } from './acknowledgement.ts';
import type { CommandBinding, RoomSocket } from './command-binding.ts';
import type { RealtimeMetrics } from './metrics.ts';
import { payloadSize } from './payload-size.ts';
import { type BucketSize, BucketsByKey } from './token-bucket.ts';

/** A frame up to the transport's limit is parsed and answered; a payload above this is refused as `too_large`. */
const MAX_PAYLOAD_SIZE = 64 * 1024;
const MAX_PENDING_PER_SOCKET = 64;
/** A client that goes on sending although it is refused costs work too: beyond this it is cut off. */
const REFUSALS: BucketSize = { burst: 500, perSecond: 10 };

const PER_SOCKET: BucketSize = { burst: 60, perSecond: 20 };
/** Guests have no name to count by, and an address may be a school. */
const GUESTS_PER_ADDRESS: BucketSize = { burst: 2000, perSecond: 400 };
const PER_PERSON: BucketSize = { burst: 120, perSecond: 40 };

export interface DispatchOptions {
  readonly commands: readonly CommandBinding[];
  readonly rateLimits: boolean;
  readonly logger: Logger;
  readonly metrics: RealtimeMetrics;
}

/** One connection's queue: `barrier` is the latest join or leave, which later commands wait for. */
export interface Conversation {
  readonly socket: RoomSocket;
  pending: number;
  barrier: Promise<unknown>;
  /** Sends the error half to a client that asked for no acknowledgement. */
  readonly refuse: (command: string, error: AckError) => void;
  readonly cutOff: () => void;
}

export class CommandDispatch {
  readonly #bindings: ReadonlyMap<string, CommandBinding>;
  readonly #perSocket = new BucketsByKey(PER_SOCKET);
  readonly #perPerson = new BucketsByKey(PER_PERSON);
  readonly #guestsPerAddress = new BucketsByKey(GUESTS_PER_ADDRESS);
  readonly #refusals = new BucketsByKey(REFUSALS);
  readonly #options: DispatchOptions;
  #inFlight = 0;
  #onIdle: (() => void)[] = [];
  #closing = false;

  constructor(options: DispatchOptions) {
    this.#options = options;
    this.#bindings = new Map(options.commands.map((binding) => [binding.command.name, binding]));
  }

  /** `args` are the event's arguments as Socket.IO delivers them; the last one is a function if the client wants an answer. */
  async receive(conversation: Conversation, event: unknown, args: unknown[]): Promise<void> {
    const startedAt = performance.now();
    const last = args.at(-1);
    const acknowledge = typeof last === 'function' ? (last as (answer: unknown) => void) : null;
    const payload = acknowledge ? args.slice(0, -1) : args;
    const binding = typeof event === 'string' ? this.#bindings.get(event) : undefined;
    const label = binding?.command.name ?? 'unknown';

    conversation.pending++;
    this.#inFlight++;
    try {
      const answer = await this.#answer(conversation, binding, payload);
      this.#count(label, 'ok', startedAt);
      acknowledge?.({ ok: true, ...answer });
    } catch (thrown) {
      const error = toAckError(thrown, this.#options.logger, label);
      this.#count(label, error.code, startedAt);
      if (acknowledge) acknowledge({ ok: false, error });
      else conversation.refuse(String(event).slice(0, 64), error);
    } finally {
      conversation.pending--;
      this.#inFlight--;
      if (this.#inFlight === 0) for (const wake of this.#onIdle.splice(0)) wake();
    }
  }

  async #answer(conversation: Conversation, binding: CommandBinding | undefined, payload: unknown[]) {
    const { socket } = conversation;
    if (this.#closing) throw new AppError('storage_unavailable', { detail: 'The server is restarting.' });
    const size = payloadSize(payload, MAX_PAYLOAD_SIZE);
    this.#admit(conversation, 1 + Math.floor(size / 4096));
    if (size > MAX_PAYLOAD_SIZE) throw new AppError('too_large', { detail: 'The payload is too large.' });
    if (!binding) throw new AppError('invalid', { detail: 'There is no such command.' });
    if (payload.length !== 1) throw new AppError('invalid', { detail: 'A command takes exactly one payload.' });
    refuseCaller(binding.command, socket.caller);

    const before = conversation.barrier;
    const running = before.then(() => binding.run(payload[0], socket.caller, socket));
    if (binding.changesMembership) conversation.barrier = running.catch(() => undefined);
    return running;
  }

  #admit(conversation: Conversation, cost: number): void {
    const { caller, id } = conversation.socket;
    if (conversation.pending > MAX_PENDING_PER_SOCKET) {
      throw this.#refusal(conversation, 'Too many commands at once.', 1000);
    }
    if (!this.#options.rateLimits) return;
    const bySocket = this.#perSocket.take(id, cost);
    if (!bySocket.admitted) throw this.#refusal(conversation, 'Too many commands.', bySocket.retryAfterMs);
    if (caller.actor.kind === 'person') {
      const byPerson = this.#perPerson.take(caller.actor.userId, cost);
      if (!byPerson.admitted) throw this.#refusal(conversation, 'Too many commands.', byPerson.retryAfterMs);
    } else {
      const byAddress = this.#guestsPerAddress.take(addressKey(caller.ip), cost);
      if (!byAddress.admitted) throw this.#refusal(conversation, 'Too many commands.', byAddress.retryAfterMs);
    }
  }

  #refusal(conversation: Conversation, detail: string, retryAfterMs: number): AppError {
    if (this.#options.rateLimits && !this.#refusals.take(conversation.socket.id).admitted) conversation.cutOff();
    return new AppError('rate_limited', { detail, retryAfterMs });
  }

  #count(command: string, result: string, startedAt: number): void {
    this.#options.metrics.commands.inc({ command, result });
    this.#options.metrics.commandSeconds.observe({ command }, (performance.now() - startedAt) / 1000);
  }

  /** Refuses new commands and resolves when the running ones are answered. */
  async drain(): Promise<void> {
    this.#closing = true;
    if (this.#inFlight === 0) return;
    await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }
}

function refuseCaller(command: Command, caller: Caller): void {
  // Whom the server holds back until a second factor is set up does nothing else, watching included.
  if (caller.mustEnrolTwoFactor) throw new AppError('not_allowed', { detail: 'Set up a second factor first.' });
  if (caller.isBanned) throw new AppError('banned', { detail: 'A penalty is in force.' });
  if (command.who === 'anyone') {
    if (!caller.scopes.has('read')) throw new AppError('not_allowed', { detail: 'This key may not read.' });
    return;
  }
  if (caller.actor.kind !== 'person') throw new AppError('sign_in_required', { detail: 'Sign in first.' });
  if (!caller.scopes.has('chat')) throw new AppError('not_allowed', { detail: 'This key may not chat.' });
}
