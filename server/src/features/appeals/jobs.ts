/** Deferred work of appeals: pictures that no appeal names any more are removed. */
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import type { AppealDeps } from './deps.ts';
import { addressOfScreenshot, keyOfScreenshot, type ScreenshotStore } from './screenshot-store.ts';
import { namedScreenshots } from './store.ts';

const DAY_MS = 86_400_000;
/** A file is named by its row a moment after it was written; an hour later it never will be. */
const AGE_MS = 3_600_000;

export function appealJobs({ screenshots }: Pick<AppealDeps, 'screenshots'>): JobHandler[] {
  return [
    defineJob({
      kind: 'appeals.sweepScreenshots',
      schema: z.object({}),
      every: DAY_MS,
      run: async (tx) => void (await sweepScreenshots(tx, screenshots, AGE_MS)),
    }),
  ];
}

/** Left by a process that was killed between file and row, by an erasure, and by what is kept no longer. */
export function sweepScreenshots(tx: Tx, screenshots: ScreenshotStore, ageMs: number): Promise<number> {
  return screenshots.sweep(async (keys) => {
    const named = await namedScreenshots(tx, keys.map(addressOfScreenshot));
    return new Set(named.map(keyOfScreenshot));
  }, ageMs);
}
