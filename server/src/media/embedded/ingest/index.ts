/** The RTMP door as the supervisor holds it: one child process for all encoders. */
import { MediaChild } from '../media-child.ts';
import type { IngestHandle, IngestOptions, StartRtmpIngest } from '../parts.ts';
import { type IngestEvent, type IngestRequest, ingestEvent, ingestReady } from './ingest-messages.ts';

const restartDelayMs = 200;
const stopWithinMs = 1_000;

export const startRtmpIngest: StartRtmpIngest = async (options) => {
  const ingest = new Ingest(options);
  await ingest.start();
  return ingest;
};

class Ingest implements IngestHandle {
  port: number;
  readonly #options: IngestOptions;
  #child: MediaChild<IngestRequest, IngestEvent> | null = null;
  #stopping = false;

  constructor(options: IngestOptions) {
    this.#options = options;
    this.port = options.port;
  }

  async start(): Promise<void> {
    const child: MediaChild<IngestRequest, IngestEvent> = new MediaChild({
      name: 'RTMP ingest',
      script: new URL('./child.ts', import.meta.url),
      args: [JSON.stringify({ host: this.#options.host, port: this.port })],
      event: ingestEvent,
      onEvent: (event) => this.#take(child, event),
      onExit: (reason) => this.#exited(child, reason),
      log: this.#options.log,
    });
    try {
      this.port = ingestReady.parse(await child.ready()).port;
      this.#child = child;
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    await child.request({ type: 'stop' }, stopWithinMs).catch(() => null);
    child.kill();
  }

  #take(child: MediaChild<IngestRequest, IngestEvent>, event: IngestEvent): void {
    switch (event.type) {
      case 'publish':
        void this.#decide(child, event.question, event.streamKey);
        return;
      case 'refused':
        this.#options.log.debug({ reason: event.reason }, 'RTMP connection refused');
        return;
      case 'problem':
        this.#options.log.info({ problem: event.problem }, 'RTMP encoder sends what cannot be used');
        return;
    }
  }

  async #decide(child: MediaChild<IngestRequest, IngestEvent>, question: number, streamKey: string): Promise<void> {
    const feedAddress = await this.#feedFor(streamKey);
    await child.request({ type: 'decided', question, feedAddress }).catch((error: unknown) => {
      this.#options.log.debug({ error: String(error) }, 'RTMP ingest is gone');
    });
  }

  async #feedFor(streamKey: string): Promise<string | null> {
    const streamId = this.#options.lookup(streamKey);
    if (streamId === null) return null;
    try {
      return await this.#options.openFeed(streamId);
    } catch (error) {
      this.#options.log.warn({ streamId, error: String(error) }, 'RTMP publisher could not be taken');
      return null;
    }
  }

  /** Encoders connect again by themselves; the door must be open by then, on the same port. */
  #exited(child: MediaChild<IngestRequest, IngestEvent>, reason: string): void {
    if (this.#stopping || this.#child !== child) return;
    this.#child = null;
    this.#options.log.error({ reason }, 'RTMP ingest ended, starting again');
    setTimeout(() => {
      if (this.#stopping) return;
      this.start().catch((error: unknown) => {
        this.#options.log.error({ error: String(error) }, 'RTMP ingest did not start again');
      });
    }, restartDelayMs);
  }
}
