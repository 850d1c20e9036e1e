/** The child's side of `media-child.ts`: answers requests, sends events, and ends with its parent. */
import type { z } from 'zod';
import { MediaRefusal } from '../engine.ts';
import { requestFrame } from './child-messages.ts';

/**
 * `handle` answers one request. A parent that was killed closes the channel: then this process has no purpose and
 * ends, so that no orphan keeps a port.
 */
export function serveParent<Request>(schema: z.ZodType<Request>, handle: (body: Request) => Promise<unknown>): void {
  process.on('disconnect', () => process.exit(0));
  // Ctrl+C reaches the whole group; the server ends its children in their turn.
  process.on('SIGINT', () => {});
  process.on('message', (message) => {
    const { id, body } = requestFrame.parse(message);
    const parsed = schema.safeParse(body);
    const answered = parsed.success ? handle(parsed.data) : Promise.reject(parsed.error);
    answered.then(
      (value) => tellParent({ kind: 'answer', id, value: value ?? null }),
      (error: unknown) => tellParent({ kind: 'failure', id, failure: describe(error) }),
    );
  });
}

export function tellParent(message: object): void {
  // A closing channel: `disconnect` follows and ends this process.
  if (process.connected) process.send?.(message);
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof MediaRefusal) return { code: error.code, message: error.message };
  return { code: 'failed', message: error instanceof Error ? error.message : String(error) };
}
