/** The load client's processes, and the lines that they speak. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** By the event that each line names. */
interface Lines {
  readonly connected: object;
  readonly joined: { readonly joinMs: readonly number[]; readonly failed: number };
  readonly measured: { readonly packets: number; readonly lost: number };
  readonly churned: { readonly joinMs: readonly number[]; readonly failed: number; readonly withoutMedia: number };
}

export class PionClient {
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(binary: string, ...args: (string | number)[]) {
    this.#child = spawn(binary, args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** The next line, which must be this one: the program is ours, built from the sources beside this file. */
  async next<Event extends keyof Lines>(event: Event): Promise<Lines[Event]> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('the load client ended early');
    const line = JSON.parse(value) as Lines[Event] & { event: string };
    if (line.event !== event) throw new Error(`the load client said ${line.event} instead of ${event}`);
    return line;
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}
