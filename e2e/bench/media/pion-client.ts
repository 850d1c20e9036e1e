/** The load client's processes, and the lines that they speak. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';

const joined = z.object({ event: z.literal('joined'), joinMs: z.array(z.number()), failed: z.int() });
const measured = z.object({ event: z.literal('measured'), packets: z.int(), lost: z.int() });
const churned = z.object({
  event: z.literal('churned'),
  joinMs: z.array(z.number()),
  failed: z.int(),
  withoutMedia: z.int(),
});
const connected = z.object({ event: z.literal('connected') });

export class PionClient {
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(binary: string, ...args: (string | number)[]) {
    this.#child = spawn(binary, args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async #next<Line>(schema: z.ZodType<Line>): Promise<Line> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('the load client ended early');
    return schema.parse(JSON.parse(value));
  }

  connected = () => this.#next(connected);
  joined = () => this.#next(joined);
  measured = () => this.#next(measured);
  churned = () => this.#next(churned);

  end(): void {
    this.#child.kill('SIGKILL');
  }
}
