/** Deferred work of privacy. */
import type { UserId } from '@virgil/contract';
import { z } from 'zod';
import { defineJob, type JobHandler, schedule } from '../../jobs/index.ts';
import { applyRetention } from './apply-retention.ts';
import type { PrivacyDeps } from './deps.ts';
import { erasePerson } from './erase-person.ts';
import { isBeingMade } from './export-store.ts';
import type { ExportWorker } from './export-worker.ts';
import {
  APPLY_RETENTION,
  ERASE_PERSON,
  erasePersonPayload,
  MAKE_EXPORT,
  makeExportJob,
  makeExportPayload,
} from './job-kinds.ts';

const DAY_MS = 86_400_000;
/** Longer than the lease of whoever makes a copy: then it is looked at again. */
const LOOK_AGAIN_MS = 150_000;

export function privacyJobs(deps: PrivacyDeps, worker: ExportWorker): JobHandler[] {
  return [
    defineJob({
      kind: MAKE_EXPORT,
      schema: makeExportPayload,
      async run(tx, _payload, { key, now }) {
        if (!(await isBeingMade(tx, key))) return;
        worker.wake();
        await schedule(tx, makeExportJob(key, new Date(now.getTime() + LOOK_AGAIN_MS)));
      },
    }),
    defineJob({
      kind: ERASE_PERSON,
      schema: erasePersonPayload,
      // The key is the id of the person who asked.
      run: (tx, _payload, { key }) => erasePerson(deps, tx, key as UserId),
    }),
    defineJob({
      kind: APPLY_RETENTION,
      schema: z.object({}),
      every: DAY_MS,
      run: (tx, _payload, { now }) => applyRetention(deps, tx, now),
    }),
  ];
}
