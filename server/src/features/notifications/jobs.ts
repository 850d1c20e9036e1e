/** A notice that waited is delivered when its time has come: once, also when the server was down then. */
import { z } from 'zod';
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import { DELIVER_NOTICE } from './job-kinds.ts';
import { announceSent } from './notify.ts';
import { releaseNotice } from './store.ts';

export function notificationJobs(): JobHandler[] {
  return [
    defineJob({
      kind: DELIVER_NOTICE,
      schema: z.object({}),
      async run(tx, _payload, { key, now }) {
        // Cancelled in the same moment: nothing is left to deliver.
        if (await releaseNotice(tx, key)) await announceSent(tx, [key], now);
      },
    }),
  ];
}
