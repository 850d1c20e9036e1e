/** What privacy schedules: kinds and payloads, apart from the handlers so that use cases need none of those. */
import { z } from 'zod';
import type { JobRequest } from '../../jobs/index.ts';

export const MAKE_EXPORT = 'privacy.make-export';
export const makeExportPayload = z.object({});
export const makeExportJob = (exportId: string, runAt: Date): JobRequest => ({
  kind: MAKE_EXPORT,
  key: exportId,
  runAt,
});

export const ERASE_PERSON = 'privacy.erase-person';
export const erasePersonPayload = z.object({});
export const erasePersonJob = (userId: string, runAt: Date): JobRequest => ({
  kind: ERASE_PERSON,
  key: userId,
  runAt,
});

export const APPLY_RETENTION = 'privacy.apply-retention';
