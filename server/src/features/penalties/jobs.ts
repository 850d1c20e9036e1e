/** Deferred work of penalties: the end of a temporary one is told, whenever the server is up again. */
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import { END_PENALTY, endPenaltyPayload } from './job-kinds.ts';
import { liftPenalty } from './lift-penalty.ts';
import { findPenalty } from './store.ts';

export function penaltyJobs(): JobHandler[] {
  return [
    defineJob({
      kind: END_PENALTY,
      schema: endPenaltyPayload,
      async run(tx, { penaltyId }) {
        const row = await findPenalty(tx, penaltyId);
        // It ended by the clock at that moment, not when this job came to run.
        if (row?.expiresAt == null) return;
        const reason = 'Its time is over.';
        await liftPenalty(tx, penaltyId, { at: row.expiresAt, by: null, reason, cause: 'time' });
      },
    }),
  ];
}
