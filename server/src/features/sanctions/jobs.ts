/** Deferred work of sanctions: their end is told, whenever the server is up again. */
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import { endChannelBan } from './ban-from-channel.ts';
import { END_CHANNEL_BAN, END_TIMEOUT, endPayload } from './job-kinds.ts';
import { endTimeout } from './time-out.ts';

export function sanctionJobs(): JobHandler[] {
  return [
    defineJob({ kind: END_TIMEOUT, schema: endPayload, run: (tx, { id }) => endTimeout(tx, id) }),
    defineJob({ kind: END_CHANNEL_BAN, schema: endPayload, run: (tx, { id }) => endChannelBan(tx, id) }),
  ];
}
