/** What the server says to one connection about itself. */
import { z } from 'zod';
import { ackError } from './problems.ts';
import { broadcast } from './socket-events.ts';

export const commandRefused = broadcast({
  name: 'command-refused',
  room: 'sender',
  summary: 'A command failed whose sender asked for no acknowledgement.',
  payload: z.object({ command: z.string(), error: ackError }),
});

export const sessionEnded = broadcast({
  name: 'session-ended',
  room: 'sender',
  summary: 'The server ends this connection; coming back at once is refused or pointless.',
  payload: z.object({ reason: z.enum(['banned', 'signed_out', 'rate_limited']) }),
});
