/** An SFU worker that is always there: forked, and forked again when it died. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { MediaChild } from './media-child.ts';
import type { MediaLog } from './parts.ts';
import { type WorkerEvent, type WorkerRequest, workerEvent } from './worker-messages.ts';

export interface SfuWorkerOptions {
  readonly name: string;
  readonly bindAddress: string | null;
  /** 0 takes a free one, and keeps it over restarts. */
  readonly udpPort: number;
  readonly announcedIp: string | null;
  readonly log: MediaLog;
  readonly onEvent: (event: WorkerEvent) => void;
  /** The worker died: every session in it is gone. */
  readonly onLost: (reason: string) => void;
  /** It is back and empty; runs before any other request is let through. */
  readonly onBack: (request: (body: WorkerRequest) => Promise<unknown>) => Promise<void>;
  /** It could not be started; the next try follows. */
  readonly onStuck: (reason: string) => void;
}

const ready = z.object({ udpPort: z.int() });
/** Deaths within this time of each other slow the restarts down. */
const troubledMs = 10_000;

export class SfuWorker {
  readonly #options: SfuWorkerOptions;
  #udpPort: number;
  #child: MediaChild<WorkerRequest, WorkerEvent> | null = null;
  #started: Promise<void> = Promise.resolve();
  #deaths: number[] = [];
  #stopped = false;

  constructor(options: SfuWorkerOptions) {
    this.#options = options;
    this.#udpPort = options.udpPort;
  }

  get udpPort(): number {
    return this.#udpPort;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async start(): Promise<void> {
    await this.#fork();
  }

  /** Waits while the worker is starting again. */
  async request(body: WorkerRequest): Promise<unknown> {
    await this.#started;
    if (this.#child === null) throw new Error('the worker was stopped');
    return this.#child.request(body);
  }

  stop(): void {
    this.#stopped = true;
    this.#child?.kill();
    this.#child = null;
  }

  async #fork(): Promise<void> {
    const { name, log, onEvent, bindAddress, announcedIp } = this.#options;
    const child: MediaChild<WorkerRequest, WorkerEvent> = new MediaChild({
      name,
      script: new URL('./sfu/worker.ts', import.meta.url),
      args: [JSON.stringify({ bindAddress, udpPort: this.#udpPort, announcedIp })],
      event: workerEvent,
      onEvent,
      onExit: (reason) => {
        if (this.#child === child) this.#lost(reason);
      },
      log,
    });
    try {
      const { udpPort } = ready.parse(await child.ready());
      this.#udpPort = udpPort;
    } catch (error) {
      child.kill();
      throw error;
    }
    if (this.#stopped) child.kill();
    else this.#child = child;
  }

  #lost(reason: string): void {
    this.#child = null;
    if (this.#stopped) return;
    this.#options.log.error({ child: this.#options.name, reason }, 'media worker died');
    this.#options.onLost(reason);
    this.#started = this.#comeBack();
  }

  async #comeBack(): Promise<void> {
    while (!this.#stopped) {
      const now = performance.now();
      this.#deaths = [...this.#deaths.filter((at) => now - at < troubledMs), now];
      // The first restart is immediate: viewers wait.
      if (this.#deaths.length > 1) await wait(Math.min(5_000, 100 * 2 ** this.#deaths.length));
      try {
        await this.#fork();
        const child = this.#child;
        if (child !== null) await this.#options.onBack((body) => child.request(body));
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#options.log.error({ child: this.#options.name, reason }, 'media worker cannot be started');
        this.#options.onStuck(reason);
      }
    }
  }
}
