/** Frames of the IPC between the server process and a media child: numbered requests, their answers, and events. */
import { z } from 'zod';

export const requestFrame = z.object({ id: z.int(), body: z.unknown() });

const failure = z.object({ code: z.string(), message: z.string() });

/** From the child: `ready` once, answers by id, events whenever. */
export function childMessage<Event extends z.ZodType>(event: Event) {
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ready'), value: z.unknown() }),
    z.object({ kind: z.literal('unable'), message: z.string() }),
    z.object({ kind: z.literal('answer'), id: z.int(), value: z.unknown() }),
    z.object({ kind: z.literal('failure'), id: z.int(), failure }),
    z.object({ kind: z.literal('event'), event }),
  ]);
}
