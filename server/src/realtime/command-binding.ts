/** Binds a command of the contract to what runs it. The payload is parsed here, so a handler trusts its input. */
import type { Command, CommandAck, CommandInput } from '@virgil/contract';
import type { z } from 'zod';
import type { Caller } from '../actor.ts';
import { AppError } from '../errors.ts';

/** A client's connection as commands see it. */
export interface RoomSocket {
  readonly id: string;
  readonly caller: Caller;
  join(room: string): void;
  leave(room: string): void;
  isIn(room: string): boolean;
  /** False when nothing was heard for longer than a live connection stays silent. Real time. */
  isResponsive(): boolean;
  /** Called once, before the rooms are left. */
  onClose(listener: () => void): void;
}

export interface CommandCall<C extends Command> {
  readonly caller: Caller;
  readonly input: CommandInput<C>;
  readonly socket: RoomSocket;
}

export interface CommandBinding {
  readonly command: Command;
  /** Joins and leaves: later commands of the same connection wait for them, so nobody must await the answer first. */
  readonly changesMembership: boolean;
  readonly run: (payload: unknown, caller: Caller, socket: RoomSocket) => Promise<Record<string, unknown>>;
}

export function bindCommand<C extends Command>(
  command: C,
  handler: (call: CommandCall<C>) => Promise<CommandAck<C>>,
  options: { readonly changesMembership?: boolean } = {},
): CommandBinding {
  return {
    command,
    changesMembership: options.changesMembership ?? false,
    run: async (payload, caller, socket) => {
      const parsed = command.input.safeParse(payload);
      if (!parsed.success) throw invalidPayload(parsed.error);
      // `command.input` is C's own schema; the constraint `Command` merely forgot its type.
      const input = parsed.data as CommandInput<C>;
      return handler({ caller, input, socket });
    },
  };
}

function invalidPayload(error: z.ZodError): AppError {
  const errors = error.issues.slice(0, 8).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 100).toWellFormed(),
    message: issue.message.slice(0, 200).toWellFormed(),
  }));
  const first = errors[0];
  const detail = first ? (first.path === '' ? first.message : `${first.path}: ${first.message}`) : 'invalid payload';
  return new AppError('invalid', { detail, errors });
}
