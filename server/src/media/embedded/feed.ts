/**
 * A media feed between two processes of one machine: SFU worker to packager, RTMP ingest to SFU worker. The side
 * that takes the media listens and gives out an address; the side that has it connects. Both may send.
 *
 * Bounded: when the reader falls behind, RTP is dropped and counted. The reader sees a sequence gap, as after loss
 * on a network, and asks for a key frame.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeFeedMessage, FeedDecoder, type FeedMessage } from './feed-messages.ts';

export type { FeedMessage, FeedSource, FeedTrack } from './feed-messages.ts';

/** About eight seconds of 4 Mbit/s. */
const maxBufferedBytes = 4 * 1024 * 1024;
const secretBytes = 16;
/** `sun_path` holds 108 bytes on Linux, 104 on macOS. */
const maxSocketPath = 100;

export interface FeedListener {
  /** To give to `connectFeed` in another process; holds a secret. */
  readonly address: string;
  close(): void;
}

/** One end of a feed. Lives until either side closes it. */
export class FeedConnection {
  /** RTP packets not sent because the other side did not read. */
  dropped = 0;
  readonly #socket: Socket;
  readonly #decoder = new FeedDecoder();
  #corked = false;
  #closed = false;
  #onMessage: (message: FeedMessage) => void = () => {};
  #onClose: (reason: string) => void = () => {};

  constructor(socket: Socket, alreadyRead: Buffer) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#end(error.message));
    socket.on('close', () => this.#end('closed'));
    // What came with the secret: after the owner set its listeners (in this turn), before any further data.
    if (alreadyRead.length > 0) process.nextTick(() => this.#read(alreadyRead));
  }

  onMessage(listener: (message: FeedMessage) => void): void {
    this.#onMessage = listener;
  }

  onClose(listener: (reason: string) => void): void {
    this.#onClose = listener;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength;
  }

  /** False when the message was dropped. Only RTP is ever dropped on an open feed. */
  send(message: FeedMessage): boolean {
    if (this.#closed) return false;
    if (message.kind === 'rtp' && this.#socket.writableLength > maxBufferedBytes) {
      this.dropped += 1;
      return false;
    }
    // One write for all packets of a turn of the event loop.
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      setImmediate(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    const [head, tail] = encodeFeedMessage(message);
    this.#socket.write(head);
    if (tail !== null) this.#socket.write(tail);
    return true;
  }

  /** Sends what is buffered, then closes. */
  close(): void {
    if (this.#closed) return;
    this.#socket.end();
    this.#end('closed here');
  }

  #read(chunk: Buffer): void {
    if (this.#closed) return;
    try {
      this.#decoder.push(chunk, this.#onMessage);
    } catch (error) {
      this.#socket.destroy();
      this.#end(`broken feed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose(reason);
  }
}

/** Waits for the other side. The listener may take several connections, e.g. after a peer was restarted. */
export async function listenFeed(onConnection: (connection: FeedConnection) => void): Promise<FeedListener> {
  const secret = randomBytes(secretBytes);
  const server = createServer((socket) => admit(socket, secret, onConnection));
  const folder = process.platform === 'win32' ? null : mkdtempSync(join(tmpdir(), 'virgil-feed-'));
  const path = folder === null ? null : join(folder, 'feed');
  const byPath = path !== null && path.length <= maxSocketPath;
  await listening(server, byPath ? { path } : { host: '127.0.0.1', port: 0 });
  server.unref();
  if (byPath) chmodSync(path, 0o600);
  const bound = server.address();
  const place = typeof bound === 'object' && bound !== null ? `tcp:${bound.port}` : `unix:${path}`;
  return {
    address: `${secret.toString('hex')}@${place}`,
    close: () => {
      server.close();
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A loopback port is open to every user of the machine, so both kinds of address carry a secret. */
function admit(socket: Socket, secret: Buffer, onConnection: (connection: FeedConnection) => void): void {
  let read: Buffer = Buffer.alloc(0);
  const timer = setTimeout(() => socket.destroy(), 5_000);
  const onData = (chunk: Buffer): void => {
    read = Buffer.concat([read, chunk]);
    if (read.length < secretBytes) return;
    clearTimeout(timer);
    socket.off('data', onData);
    if (!timingSafeEqual(read.subarray(0, secretBytes), secret)) {
      socket.destroy();
      return;
    }
    socket.removeAllListeners('error');
    onConnection(new FeedConnection(socket, read.subarray(secretBytes)));
  };
  socket.on('error', () => clearTimeout(timer));
  socket.on('close', () => clearTimeout(timer));
  socket.on('data', onData);
}

export async function connectFeed(address: string): Promise<FeedConnection> {
  const match = /^([0-9a-f]{32})@(?:tcp:(\d+)|unix:(.+))$/.exec(address);
  if (match === null) throw new Error('not a feed address');
  const [, secret, port, path] = match;
  const socket = path === undefined ? connect({ host: '127.0.0.1', port: Number(port) }) : connect({ path });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.removeAllListeners('error');
  socket.write(Buffer.from(secret as string, 'hex'));
  return new FeedConnection(socket, Buffer.alloc(0));
}

/** Removes the socket of a listener whose process was killed and could not close it. */
export function forgetFeed(address: string): void {
  const path = /@unix:(.+)$/.exec(address)?.[1];
  if (path !== undefined) rmSync(dirname(path), { recursive: true, force: true });
}

function listening(server: Server, where: { path: string } | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, resolve);
  });
}
