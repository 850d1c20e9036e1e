/**
 * One RTMP connection. The protocol is node-media-server's parser; around it stand the limits that the parser lacks,
 * for everybody can connect here. Its own sessions, HTTP server, store and logging are not used: they hold a path for
 * 30 s after a refusal, print stream paths, and end the process when a port is taken.
 */
import type { Socket } from 'node:net';
import Rtmp from 'node-media-server/src/protocol/rtmp.js';

export interface RtmpConnectionSink {
  /** Decides on a key. Resolves to null to refuse; else gets the messages until `gone`. */
  publish(streamKey: string): Promise<RtmpTagSink | null>;
  /** For logs; never holds the key. */
  refused(reason: string): void;
}

export interface RtmpTagSink {
  /** `body` may be kept: it is a copy. */
  tag(kind: 'audio' | 'video', timestampMs: number, body: Buffer): void;
  gone(): void;
}

/** Handshake, connect and publish are a few kilobytes. */
const maxBytesBeforePublish = 64 * 1024;
const maxMessageBeforePublish = 16 * 1024;
/** A key frame of 4K at a high rate. */
const maxMessage = 6 * 1024 * 1024;
const maxChunkStreams = 16;
const publishWithinMs = 10_000;
const silenceMs = 20_000;
const keyPattern = /^[A-Za-z0-9_-]{1,200}$/;
/** Media waits in the kernel while a key is looked up. */
type State = 'greeting' | 'deciding' | 'publishing' | 'over';

export class RtmpConnection {
  readonly #socket: Socket;
  readonly #rtmp = new Rtmp();
  readonly #sink: RtmpConnectionSink;
  readonly #deadline: NodeJS.Timeout;
  #state: State = 'greeting';
  #bytes = 0;
  #tags: RtmpTagSink | null = null;
  #held: Buffer[] = [];

  constructor(socket: Socket, sink: RtmpConnectionSink) {
    this.#socket = socket;
    this.#sink = sink;
    this.#guardParser();
    this.#deadline = setTimeout(() => this.end('no stream was published in time'), publishWithinMs);
    socket.setNoDelay(true);
    socket.setTimeout(silenceMs, () => this.end('nothing came for too long'));
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', () => this.end('the connection broke'));
    socket.on('close', () => this.end('the encoder left'));
  }

  /** Closes the connection, and tells the publisher's sink. */
  end(reason: string): void {
    if (this.#state === 'over') return;
    const wasPublishing = this.#state === 'publishing';
    this.#state = 'over';
    clearTimeout(this.#deadline);
    this.#held = [];
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), 1_000).unref();
    if (wasPublishing) this.#tags?.gone();
    else this.#sink.refused(reason);
  }

  #guardParser(): void {
    const rtmp = this.#rtmp;
    const allocate = rtmp.packetAlloc.bind(rtmp);
    // A header of twelve bytes makes the parser allocate up to 16 MB.
    rtmp.packetAlloc = () => {
      const limit = this.#state === 'publishing' ? maxMessage : maxMessageBeforePublish;
      if (rtmp.parserPacket.header.length > limit) throw new Error('a message is too large');
      if (rtmp.inPackets.size > maxChunkStreams) throw new Error('too many chunk streams');
      allocate();
    };
    // The answer to `publish` waits for the decision.
    rtmp.respondPublish = () => {};
    rtmp.onOutputCallback = (bytes) => this.#socket.write(bytes);
    rtmp.onPlayCallback = () => this.end('playing by RTMP is not offered');
    rtmp.onConnectCallback = ({ name }) => this.#decide(name);
    rtmp.onPushCallback = () => {};
    rtmp.onPacketCallback = ({ codec_type: type, dts, size, data }) => {
      if (this.#state !== 'publishing' || (type !== 8 && type !== 9)) return;
      this.#tags?.tag(type === 8 ? 'audio' : 'video', dts, Buffer.from(data.subarray(0, size)));
    };
  }

  #read(bytes: Buffer): void {
    if (this.#state === 'over') return;
    this.#bytes += bytes.length;
    if (this.#state === 'deciding') {
      this.#held.push(bytes);
      return;
    }
    if (this.#state === 'greeting' && this.#bytes > maxBytesBeforePublish) this.end('too much before publishing');
    else this.#parse(bytes);
  }

  #parse(bytes: Buffer): void {
    try {
      const failure = this.#rtmp.parserData(bytes);
      if (failure !== null) {
        this.end(failure);
        return;
      }
      if (!(this.#rtmp.inChunkSize >= 1)) this.end('a chunk size of nothing');
    } catch (error) {
      this.end(`not RTMP: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #decide(name: unknown): void {
    if (this.#state !== 'greeting') return;
    if (typeof name !== 'string' || !keyPattern.test(name)) {
      this.#refuse();
      return;
    }
    this.#state = 'deciding';
    clearTimeout(this.#deadline);
    this.#socket.pause();
    this.#sink.publish(name).then(
      (tags) => this.#decided(tags),
      () => this.#decided(null),
    );
  }

  #decided(tags: RtmpTagSink | null): void {
    if (this.#state !== 'deciding') {
      tags?.gone();
      return;
    }
    if (tags === null) {
      this.#refuse();
      return;
    }
    this.#state = 'publishing';
    this.#tags = tags;
    this.#answer('status', 'NetStream.Publish.Start', 'Published.');
    const held = this.#held;
    this.#held = [];
    for (const bytes of held) if (!this.isOver) this.#parse(bytes);
    this.#socket.resume();
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  #refuse(): void {
    this.#answer('error', 'NetStream.Publish.BadName', 'This stream key is not valid now.');
    this.end('the stream key is not valid');
  }

  #answer(level: string, code: string, description: string): void {
    this.#rtmp.sendStatusMessage(this.#rtmp.streamId, level, code, description);
  }
}
