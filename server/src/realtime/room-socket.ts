import type { Socket } from 'socket.io';
import type { Caller } from '../actor.ts';
import type { RoomSocket } from './command-binding.ts';

/**
 * A live client answers a ping every `PING_INTERVAL_MS`, so silence of `SILENT_AFTER_MS` means that it is gone or
 * its network is: it stops counting as a viewer, well before the connection itself is given up after
 * `PING_INTERVAL_MS + PING_TIMEOUT_MS`. A phone in a tunnel is thus not thrown out, only not counted.
 */
export const PING_INTERVAL_MS = 2000;
export const PING_TIMEOUT_MS = 8000;
const SILENT_AFTER_MS = 3500;

export class ConnectedSocket implements RoomSocket {
  readonly id: string;
  readonly caller: Caller;
  readonly #socket: Socket;
  #heardAtMs = performance.now();

  constructor(socket: Socket, caller: Caller) {
    this.id = socket.id;
    this.caller = caller;
    this.#socket = socket;
    socket.conn.on('packet', () => {
      this.#heardAtMs = performance.now();
    });
  }

  join(room: string): void {
    // The in-memory adapter joins synchronously; with another one the promise is awaited by nobody who needs it.
    void this.#socket.join(room);
  }

  leave(room: string): void {
    void this.#socket.leave(room);
  }

  isIn(room: string): boolean {
    return this.#socket.rooms.has(room);
  }

  isResponsive(): boolean {
    return this.#socket.connected && performance.now() - this.#heardAtMs < SILENT_AFTER_MS;
  }

  onClose(listener: () => void): void {
    if (this.#socket.connected) this.#socket.once('disconnecting', listener);
    else listener();
  }
}
