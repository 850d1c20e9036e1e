/** A child process of the media engine, as the server process holds it: requests with a deadline, events, its end. */
import { type ChildProcess, fork } from 'node:child_process';
import type { z } from 'zod';
import { MediaRefusal } from '../engine.ts';
import { childMessage } from './child-messages.ts';
import type { MediaLog } from './parts.ts';

export interface MediaChildOptions<Event> {
  readonly name: string;
  readonly script: URL;
  readonly args: readonly string[];
  readonly event: z.ZodType<Event>;
  readonly onEvent: (event: Event) => void;
  readonly onExit: (reason: string) => void;
  readonly log: MediaLog;
  /** Messages hold buffers and typed arrays. */
  readonly binary?: boolean;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

const requestTimeoutMs = 8_000;
const startTimeoutMs = 15_000;
const refusalCodes: readonly string[] = ['stream_not_started', 'invalid', 'media_unavailable', 'not_found'];

export class MediaChild<Request, Event> {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #options: MediaChildOptions<Event>;
  readonly #ready = Promise.withResolvers<unknown>();
  #nextId = 1;
  #gone = false;

  constructor(options: MediaChildOptions<Event>) {
    this.#options = options;
    this.#process = fork(options.script, [...options.args], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      serialization: options.binary === true ? 'advanced' : 'json',
    });
    this.#process.stderr?.on('data', (text: Buffer) => {
      options.log.warn({ child: options.name, stderr: text.toString().slice(0, 2_000) }, 'media child wrote to stderr');
    });
    const schema = childMessage(options.event);
    this.#process.on('message', (message) => {
      const parsed = schema.safeParse(message);
      if (parsed.success) this.#take(parsed.data);
      else
        options.log.error({ child: options.name, issues: parsed.error.issues }, 'media child sent what is no message');
    });
    this.#process.on('error', (error) => this.#end(error.message));
    this.#process.on('exit', (code, signal) => this.#end(signal ?? `exit code ${code}`));
  }

  /** What the child said with `ready`. Rejects when it cannot run here. */
  async ready(): Promise<unknown> {
    const timer = setTimeout(
      () => this.#ready.reject(new Error(`${this.#options.name} did not start`)),
      startTimeoutMs,
    );
    try {
      return await this.#ready.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  request(body: Request, timeoutMs = requestTimeoutMs): Promise<unknown> {
    if (this.#gone) return Promise.reject(unavailable());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new MediaRefusal('media_unavailable', `${this.#options.name} did not answer in time.`));
      }, timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#process.send({ id, body }, (error) => {
        if (error !== null) this.#settle(id)?.reject(unavailable(error));
      });
    });
  }

  /** At once; there is nothing in a worker that a goodbye would save. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  #take(message: z.infer<ReturnType<typeof childMessage<z.ZodType<Event>>>>): void {
    switch (message.kind) {
      case 'ready':
        this.#ready.resolve(message.value);
        return;
      case 'unable':
        this.#ready.reject(new Error(message.message));
        return;
      case 'answer':
        this.#settle(message.id)?.resolve(message.value);
        return;
      case 'failure': {
        const { code, message: text } = message.failure;
        const known = refusalCodes.includes(code);
        this.#settle(message.id)?.reject(
          known ? new MediaRefusal(code as MediaRefusal['code'], text) : new Error(`${this.#options.name}: ${text}`),
        );
        return;
      }
      case 'event':
        this.#options.onEvent(message.event);
        return;
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  #end(reason: string): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#ready.reject(new Error(`${this.#options.name} ended: ${reason}`));
    this.#ready.promise.catch(() => {
      // Whoever waits in `ready` hears of it; when nobody does, `onExit` tells.
    });
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(unavailable());
    this.#options.onExit(reason);
  }
}

function unavailable(cause?: unknown): MediaRefusal {
  return new MediaRefusal('media_unavailable', 'The media worker is starting again. Try once more.', { cause });
}
