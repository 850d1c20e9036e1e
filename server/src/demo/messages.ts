/** What the players tell the process that runs the server. */
import { z } from 'zod';

export const fromPlayers = z.discriminatedUnion('type', [
  /** These accounts belong to the demo. */
  z.object({ type: z.literal('made'), userIds: z.array(z.string()) }),
  /** Everybody is in place; pictures follow as they are made. */
  z.object({ type: z.literal('ready'), missing: z.string().nullable() }),
]);
export type FromPlayers = z.infer<typeof fromPlayers>;

export const toPlayers = z.object({ url: z.string(), password: z.string(), folder: z.string() });
export type ToPlayers = z.infer<typeof toPlayers>;
