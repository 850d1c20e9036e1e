/** A publisher that arrives as a feed: the RTMP ingest, which has made RTP of what an encoder sent. */
import { type FeedConnection, type FeedListener, listenFeed } from '../feed.ts';
import { KeyframeGate, type Publisher, type PublisherEvents } from './publisher.ts';
import { unixMsToNtp } from './rtcp.ts';

const connectWithinMs = 5_000;

export class FeedPublisher implements Publisher {
  readonly resourceId: string;
  readonly source = 'rtmp';
  readonly #events: PublisherEvents;
  readonly #gate: KeyframeGate;
  readonly #timer: NodeJS.Timeout;
  readonly #ssrcs = new Map<'video' | 'audio', number>();
  #listener: FeedListener | null = null;
  #feed: FeedConnection | null = null;
  #over = false;

  constructor(resourceId: string, events: PublisherEvents) {
    this.resourceId = resourceId;
    this.#events = events;
    this.#gate = new KeyframeGate(() => this.#feed?.send({ kind: 'keyframe-request' }));
    this.#timer = setTimeout(() => {
      if (this.#feed === null) this.close('the encoder did not connect');
    }, connectWithinMs);
  }

  /** Gives the address to send to. One sender is taken. */
  async listen(): Promise<string> {
    this.#listener = await listenFeed((feed) => this.#accept(feed));
    if (this.#over) this.#listener.close();
    return this.#listener.address;
  }

  #accept(feed: FeedConnection): void {
    clearTimeout(this.#timer);
    if (this.#feed !== null || this.#over) {
      feed.close();
      return;
    }
    this.#feed = feed;
    feed.onClose(() => this.close('the encoder left'));
    feed.onMessage((message) => {
      try {
        this.#take(message);
      } catch (error) {
        this.#events.failed(error);
      }
    });
  }

  #take(message: Parameters<Parameters<FeedConnection['onMessage']>[0]>[0]): void {
    switch (message.kind) {
      case 'source': {
        const { kind: _, ...source } = message;
        this.#events.described(source);
        return;
      }
      case 'rtp':
        this.#takeRtp(message.track, message.packet);
        return;
      case 'sr':
        this.#events.senderReport(message.track, {
          ssrc: this.#ssrcs.get(message.track) ?? 0,
          ...unixMsToNtp(message.ntpMs),
          rtpTimestamp: message.rtpTimestamp,
          packetCount: 0,
          octetCount: 0,
        });
        return;
      case 'end':
        this.close('the encoder left');
        return;
      case 'mute':
      case 'keyframe-request':
        return;
    }
  }

  #takeRtp(track: 'video' | 'audio', bytes: Buffer): void {
    if (bytes.length < 12 || (bytes[0] ?? 0) >> 6 !== 2) return;
    // A view into the socket's chunk: the slot keeps packets for two seconds and must not keep chunks alive.
    const packet = Buffer.from(bytes);
    const ssrc = packet.readUInt32BE(8);
    const restarted = this.#ssrcs.get(track) !== ssrc;
    this.#ssrcs.set(track, ssrc);
    this.#events.rtp(track, packet, performance.now(), restarted);
  }

  requestKeyframe(): void {
    this.#gate.request();
  }

  close(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#gate.stop();
    this.#feed?.close();
    this.#listener?.close();
    this.#events.gone(reason);
  }
}
