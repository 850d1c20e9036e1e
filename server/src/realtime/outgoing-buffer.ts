/**
 * How much of what we sent to a client still waits in this process. Engine.IO bounds nothing: a client that stops
 * reading grows without limit until its ping times out, and one that still answers pings grows for ever.
 * Neither figure has a public getter, so both are read from where Engine.IO 6 and ws 8 keep them.
 */
import type { Socket } from 'socket.io';

interface EngineConnection {
  readonly writeBuffer?: readonly { readonly data?: unknown }[];
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number; terminate?: () => void } };
  close(discard?: boolean): void;
}

function engineConnection(socket: Socket): EngineConnection {
  // The fields exist at run time; the published types declare them private.
  return socket.conn as unknown as EngineConnection;
}

export function bufferedBytes(socket: Socket): number {
  const connection = engineConnection(socket);
  let bytes = connection.transport?.socket?.bufferedAmount ?? 0;
  for (const packet of connection.writeBuffer ?? []) {
    if (typeof packet.data === 'string') bytes += packet.data.length;
    else if (ArrayBuffer.isView(packet.data)) bytes += packet.data.byteLength;
  }
  return bytes;
}

/** Ends the transport at once, without a goodbye that would wait behind the rest: a live client reconnects. */
export function cutConnection(socket: Socket): void {
  const connection = engineConnection(socket);
  const terminate = connection.transport?.socket?.terminate;
  if (terminate) terminate.call(connection.transport.socket);
  else connection.close(true);
}
